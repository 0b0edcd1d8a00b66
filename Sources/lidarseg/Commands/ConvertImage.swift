import Datasets
import Foundation
import PointCloudIO
import PointClouds
import RangeImages
import Sensors

/// Writes scans as SqueezeSeg's range images.
///
/// Each is an array [rows, columns, 6] of 32-bit floats with x, y, z, intensity, range and a class; all
/// are 0 where nothing returned. Rows are rings. An image of a scan without labels has no sixth value.
struct ConvertImage {
  let geometry: ImageGeometry
  var chooser: SensorChooser
  private(set) var count = ConvertImageCount()
  private let labelMap: LabelMap

  init(_ geometry: ImageGeometry, chooser: SensorChooser) throws {
    self.geometry = geometry
    self.chooser = chooser
    labelMap = try LabelMap.bundled("four-classes")
  }

  /// Projects a scan and writes its image.
  ///
  /// - Parameters:
  ///   - scan: the points; their labels are raw ids of SemanticKITTI.
  ///   - drive: what they belong to.
  ///   - path: the file.
  ///   - unknown: grows by ids that SemanticKITTI has not.
  /// - Throws: what projecting and writing throw.
  mutating func write(
    _ scan: Scan, drive: String, to path: String, unknown: inout LabelTranslation.UnknownCounts
  ) throws {
    let projection = try Projector.project(
      scan.cloud, labels: scan.labels, geometry: geometry,
      sensor: chooser.sensor(of: scan.cloud, drive: drive))
    var unknownCells = 0
    let values = values(of: projection.image, unknownCells: &unknownCells)
    let channels = scan.labels == nil ? 5 : 6
    try AtomicFile.write(
      NumpyArray.bytes(shape: [geometry.rows, geometry.columns, channels], values: values), to: path
    )
    for label in scan.labels ?? [] where labelMap.meaning(of: label.semantic) == .unknown {
      unknown[label.semantic, default: 0] += 1
    }
    count.add(projection.report)
    count.unknownCells += unknownCells
  }

  private func values(of image: RangeImage, unknownCells: inout Int) -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(image.count * 6)
    for cell in 0..<image.count {
      values.append(image.x[cell])
      values.append(image.y[cell])
      values.append(image.z[cell])
      values.append(image.intensity[cell])
      values.append(image.range[cell])
      guard let labels = image.labels else { continue }
      if case .index(let position) = labelMap.meaning(of: labels[cell].semantic) {
        values.append(Float(position))
      } else {
        values.append(0)
        if image.pointIndex[cell] >= 0 { unknownCells += 1 }
      }
    }
    return values
  }
}
