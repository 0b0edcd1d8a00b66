import Datasets
import PointClouds

/// Where the points of a scan lie with respect to its boxes.
struct BoxPlaces {
  /// Ground that KITTI's boxes hold, in metres above their bottom.
  static let groundHeight = 0.15
  /// How far around a box its faces may be off, in metres.
  static let shell = 0.1

  /// The last box that holds each point, or -1.
  private(set) var owners: [Int]
  /// Whether each point lies lower than `groundHeight` in a box, or outside a box and within `shell`
  /// of its faces.
  private(set) var isUnsure: [Bool]

  init(_ cloud: PointCloud, _ boxes: [ObjectBox]) {
    owners = Array(repeating: -1, count: cloud.count)
    isUnsure = Array(repeating: false, count: cloud.count)
    for (number, box) in boxes.enumerated() {
      for index in 0..<cloud.count {
        let place = box.place(x: cloud.x[index], y: cloud.y[index], z: cloud.z[index])
        guard box.holds(place, margin: Self.shell) else { continue }
        if box.holds(place) {
          owners[index] = number
          if place.z < Self.groundHeight { isUnsure[index] = true }
        } else {
          isUnsure[index] = true
        }
      }
    }
  }
}
