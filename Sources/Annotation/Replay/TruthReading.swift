public import Datasets
import Foundation
public import PointClouds

extension SweepTruth {
  /// The truth about a scan: the boxes of `boxes/FRAME.json` of its drive, KITTI's boxes, or its
  /// labels.
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
      return
    }
    guard let labels else { return nil }
    self.init(labels: labels, of: read.cloud)
  }
}

extension OrientedBox {
  /// A box that a data set's reader found, in the sensor's frame.
  init(_ object: ObjectBox) {
    let axis = object.forward
    self.init(bottom: object.bottom, size: object.size, heading: atan2(axis.y, axis.x))
  }
}
