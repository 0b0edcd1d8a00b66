import PointClouds

/// How many labels of a data set mean each class of a label map.
struct ClassCount: Encodable {
  /// The label map's name.
  let labelMap: String
  /// Scans that have labels.
  private(set) var scans = 0
  /// Scans that could not be read.
  private(set) var skippedScans = 0
  /// Points by the name of their class.
  private(set) var points: [String: Int] = [:]
  /// Points of which nothing is known.
  private(set) var ignored = 0
  /// Points by ids that the map does not know.
  private(set) var unknown: [String: Int] = [:]
  /// The exit code of the first scan that could not be read.
  private(set) var worstStatus: ErrorReport.Status?
  private let map: LabelMap

  private enum CodingKeys: String, CodingKey {
    case labelMap, scans, skippedScans, points, ignored, unknown
  }

  init(_ map: LabelMap) {
    self.map = map
    labelMap = map.name
    for item in map.classes { points[item.name] = 0 }
  }

  /// Adds the labels of a scan, where it has some.
  mutating func add(_ labels: [PointLabel]?) {
    guard let labels else { return }
    scans += 1
    var counts = [Int](repeating: 0, count: Int(UInt16.max) + 1)
    for label in labels { counts[Int(label.semantic)] += 1 }
    for (id, count) in counts.enumerated() where count > 0 {
      switch map.meaning(of: UInt16(id)) {
      case .index(let position): points[map.classes[position].name, default: 0] += count
      case .ignored: ignored += count
      case .unknown: unknown["\(id)", default: 0] += count
      }
    }
  }

  /// Notes a scan that could not be read.
  mutating func fail(with fault: ErrorReport) {
    skippedScans += 1
    worstStatus = worstStatus ?? fault.status
  }

  var text: String {
    var lines = ["labels of \(scans) scans by \(labelMap):"]
    lines += map.classes.map { "  \($0.name): \(points[$0.name] ?? 0)" }
    lines.append("  ignored: \(ignored)")
    if !unknown.isEmpty {
      let ids = unknown.keys.compactMap(Int.init).sorted().map(String.init)
      lines.append(
        "  unknown: \(unknown.values.reduce(0, +)) (ids \(ids.joined(separator: ", ")))")
    }
    return lines.joined(separator: "\n")
  }
}
