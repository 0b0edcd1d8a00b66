import Foundation
import PointCloudIO
import PointClouds
import Sensors

/// What one scan holds.
struct ScanSummary: Encodable {
  /// A field's name and the range of its finite values.
  struct Field: Encodable {
    var name: String
    var minimum: Double?
    var maximum: Double?
  }

  let path: String
  let format: String?
  let points: Int
  let withoutPosition: Int
  let sensor: String?
  let sensorResidualDegrees: Double?
  let fields: [Field]
  let labels: [String: Int]?
  let notes: [String]

  /// A scan that was read, with its labels.
  init(_ read: ReadScan, labels: [PointLabel]?) {
    self.init(
      read.scan.cloud, labels: labels, path: read.path, format: read.format.rawValue,
      notes: read.notes)
  }

  /// Points with their labels, wherever they come from.
  init(
    _ cloud: PointCloud, labels: [PointLabel]?, path: String, format: String? = nil,
    notes: [String] = []
  ) {
    let recognition = SensorRecognition.recognise(cloud)
    (self.path, self.format, self.notes) = (path, format, notes)
    points = cloud.count
    withoutPosition = (0..<cloud.count).count { !cloud.isMeasured($0) }
    sensor = recognition?.sensor.name
    sensorResidualDegrees = recognition?.best.residual
    fields = Self.fields(of: cloud)
    self.labels = labels.map { labels in
      Dictionary(labels.map { ("\($0.semantic)", 1) }, uniquingKeysWith: +)
    }
  }

  var text: String {
    let sensorText = sensor.map { name in
      "\(name) (median residual \(String(format: "%.4f", sensorResidualDegrees ?? 0)) degrees)"
    }
    var lines = [
      path + ": " + (format.map { "\($0), " } ?? "")
        + "\(points) points, \(withoutPosition) without a position",
      "sensor: \(sensorText ?? "not recognised")",
    ]
    for field in fields {
      let range = zip([field.minimum], [field.maximum]).map { low, high in
        "\(low.map { String(format: "%.3f", $0) } ?? "-") to \(high.map { String(format: "%.3f", $0) } ?? "-")"
      }
      lines.append("  \(field.name): \(range[0])")
    }
    if let labels {
      let counts = labels.sorted { (Int($0.key) ?? 0) < (Int($1.key) ?? 0) }
      lines.append("labels: " + counts.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    }
    return (lines + notes.map { "note: \($0)" }).joined(separator: "\n")
  }

  private static func fields(of cloud: PointCloud) -> [Field] {
    var columns: [(String, [Double])] = [
      ("x", cloud.x.map(Double.init)), ("y", cloud.y.map(Double.init)),
      ("z", cloud.z.map(Double.init)), ("intensity", cloud.intensity.map(Double.init)),
    ]
    if let ring = cloud.ring { columns.append(("ring", ring.map(Double.init))) }
    if let time = cloud.time { columns.append(("time", time.map(Double.init))) }
    if let index = cloud.returnIndex { columns.append(("return", index.map(Double.init))) }
    columns += cloud.extraFields.map { ($0.name, $0.values) }
    return columns.map { name, values in
      let finite = values.filter(\.isFinite)
      return Field(name: name, minimum: finite.min(), maximum: finite.max())
    }
  }
}
