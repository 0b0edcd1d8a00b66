public import Datasets
import Foundation
public import PointClouds

extension SweepTruth {
  /// The truth about a scan.
  ///
  /// It is the boxes of `boxes/FRAME.json` of its drive, KITTI's boxes (with the points of the labels'
  /// instances, where there are such), or its labels.
  ///
  /// - Returns: nothing where none is known.
  /// - Throws: what reading throws.
  public init?(of scan: DatasetScan, _ read: Scan, boxFile: String?) throws {
    if let boxFile {
      let boxes = try BoxFile(path: boxFile).objects.compactMap { entry in
        entry.box.map { (entry.objectClass, $0, Int?.some(Int(entry.id))) }
      }
      self.init(boxes: boxes, of: read.cloud)
      return
    }
    let labels = try scan.labels(of: read)
    if let objects = try scan.boxes() {
      let boxes = objects.compactMap { object in
        ObjectClass(object.kind).map { ($0, OrientedBox(object), Int?.none) }
      }
      self.init(
        boxes: boxes, of: read.cloud, isKnown: labels.map { $0.map { $0.semantic != 0 } },
        origin: .kittiBoxes)
      if let labels { nameByInstances(of: labels) }
      return
    }
    guard let labels else { return nil }
    self.init(labels: labels, of: read.cloud)
  }

  /// Gives objects of boxes the points, numbers and classes of the labels' instances, where most of the
  /// points in them have one: labels are more exact than the faces of boxes.
  private mutating func nameByInstances(of labels: [PointLabel]) {
    var members: [PointLabel: [Int]] = [:]
    for (index, label) in labels.enumerated() where label.instance > 0 {
      members[label, default: []].append(index)
    }
    for index in objects.indices {
      var counts: [PointLabel: Int] = [:]
      for point in objects[index].points { counts[labels[point], default: 0] += 1 }
      let most = counts.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }
      guard let label = most?.key, let points = members.removeValue(forKey: label),
        let objectClass = ObjectClass(semantic: label.semantic)
      else { continue }
      objects[index].points = points
      objects[index].id = Int(label.rawValue)
      objects[index].objectClass = objectClass
    }
  }
}

extension OrientedBox {
  /// A box that a data set's reader found, in the sensor's frame.
  init(_ object: ObjectBox) {
    let axis = object.forward
    self.init(bottom: object.bottom, size: object.size, heading: atan2(axis.y, axis.x))
  }
}
