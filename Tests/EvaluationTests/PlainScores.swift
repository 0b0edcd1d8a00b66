import Datasets
import Evaluation
import PointClouds
import RangeImages

/// The metrics again, written down as sets of points from their definitions and with nothing shared.
struct PlainScores {
  /// A point, or a pixel, with its class and the one that it was predicted as.
  struct Item {
    var index: Int
    var truth: String
    var prediction: String
    var range: Double
  }

  private static let names: [UInt16: String] = [
    99: "background", 18: "background", 10: "car", 30: "person", 31: "cyclist",
  ]
  static let classes = ["background", "car", "person", "cyclist"]

  let scan: EvaluatedScan
  let isFront: Bool

  /// The points that are scored.
  var items: [Item] {
    (0..<scan.cloud.count).compactMap { index in
      guard let truth = Self.names[scan.truth[index].semantic] else { return nil }
      let (x, y, z) = (
        Double(scan.cloud.x[index]), Double(scan.cloud.y[index]), Double(scan.cloud.z[index])
      )
      let range = (x * x + y * y + z * z).squareRoot()
      if isFront, !(x >= abs(y) && range <= 80) { return nil }
      return Item(
        index: index, truth: truth,
        prediction: Self.names[scan.prediction[index].semantic] ?? "background", range: range)
    }
  }

  /// The pixels that are scored.
  var pixels: [Item] {
    guard let image = scan.image else { return [] }
    let geometry = image.projection.geometry
    var pixels: [Item] = []
    for row in 0..<geometry.rows {
      for column in 0..<geometry.columns {
        let step = (geometry.left - geometry.right) / Double(geometry.columns)
        let azimuth = geometry.left - step * (Double(column) + 0.5)
        if isFront, azimuth > 45 || azimuth < -45 { continue }
        let cell = row * geometry.columns + column
        let point = Int(image.projection.image.pointIndex[cell])
        let said = point < 0 ? "background" : Self.classes[Int(image.classes[cell])]
        let truth = point < 0 ? "background" : Self.names[scan.truth[point].semantic]
        guard let truth else { continue }
        pixels.append(Item(index: cell, truth: truth, prediction: said, range: 0))
      }
    }
    return pixels
  }

  /// The boxes that hold a point, and those whose faces are near it.
  func boxes(of index: Int) -> (holding: [Int], shell: Bool) {
    let cloud = scan.cloud
    var (holding, shell): ([Int], Bool) = ([], false)
    for (number, box) in (scan.boxes ?? []).enumerated() {
      let place = box.place(x: cloud.x[index], y: cloud.y[index], z: cloud.z[index])
      let half = SIMD3(box.size.x / 2, box.size.y / 2, box.size.z / 2)
      let off = SIMD3(abs(place.x), abs(place.y), abs(place.z - half.z)) - half
      let farthest = max(off.x, max(off.y, off.z))
      if farthest <= 0 { holding.append(number) }
      if farthest <= 0 && place.z < 0.15 || farthest > 0 && farthest <= 0.1 { shell = true }
    }
    return (holding, shell)
  }

  /// Intersection over union by class.
  static func iou(_ items: [Item]) -> [String: Double?] {
    var iou: [String: Double?] = [:]
    for name in classes {
      let truth = Set(items.filter { $0.truth == name }.map(\.index))
      let said = Set(items.filter { $0.prediction == name }.map(\.index))
      let union = truth.union(said).count
      iou[name] = union == 0 ? .some(nil) : Double(truth.intersection(said).count) / Double(union)
    }
    let objects = ["car", "person", "cyclist"].compactMap { iou[$0] ?? nil }
    iou["mean"] = objects.isEmpty ? .some(nil) : objects.reduce(0, +) / Double(objects.count)
    return iou
  }

  /// How many objects there are of each class, and how many were found.
  var objects: (count: [String: Int], found: [String: Int]) {
    let kinds: [KITTIClass: String] = [
      .car: "car", .van: "car", .pedestrian: "person", .cyclist: "cyclist",
    ]
    var count = ["car": 0, "person": 0, "cyclist": 0]
    var found = count
    for (number, box) in (scan.boxes ?? []).enumerated() {
      guard let name = kinds[box.kind] else { continue }
      let own = items.filter { $0.truth == name && boxes(of: $0.index).holding.last == number }
      let right = own.count { $0.prediction == name }
      if !own.isEmpty { count[name, default: 0] += 1 }
      if !own.isEmpty, right * 2 >= own.count { found[name, default: 0] += 1 }
    }
    return (count, found)
  }

  /// The expected calibration error over 15 bins.
  var calibrationError: Double {
    guard let image = scan.image else { return .nan }
    let truths = Dictionary(uniqueKeysWithValues: items.map { ($0.index, $0.truth) })
    var sum = 0.0
    var total = 0.0
    for bin in 0..<15 {
      var (confidence, hits, points) = (0.0, 0.0, 0.0)
      for (cell, point) in image.projection.image.pointIndex.enumerated() {
        let sureness = Double(image.confidence[cell])
        let isIn =
          sureness >= Double(bin) / 15 && (sureness < Double(bin + 1) / 15 || bin == 14)
        guard isIn, let truth = truths[Int(point)] else { continue }
        points += 1
        confidence += sureness
        hits += truth == Self.classes[Int(image.classes[cell])] ? 1 : 0
      }
      total += points
      if points > 0 { sum += points * abs(hits / points - confidence / points) }
    }
    return sum / total
  }
}
