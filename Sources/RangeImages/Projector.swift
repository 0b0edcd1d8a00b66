import PCLBridge
public import PointClouds
public import Sensors

/// Projects clouds onto spheres.
///
/// The column of a point is `floor((left - azimuth) * columns / span)`, counted around the circle;
/// nothing outside the image is moved into it. The nearest point of a cell is kept, and the first
/// in the file of equally near ones.
public enum Projector {
  /// Projects a cloud.
  ///
  /// Rows by `ring` are taken from the cloud's ring numbers; where it has none, from the beams of
  /// `sensor`, if the points lie on them (median within 0.03 degrees); else from the order of the
  /// points, if that tells as many sweeps as the sensor has beams (or the image rows, where no
  /// sensor is given). Rings beyond the last row are outside, below.
  ///
  /// - Parameters:
  ///   - cloud: the points.
  ///   - labels: one per point, or nothing.
  ///   - geometry: the image.
  ///   - sensor: the sensor that measured the points, where it is known.
  /// - Returns: the image, and where each point went.
  /// - Throws: `invalidGeometry`; `ringsUnknown` where the rows cannot be told.
  public static func project(
    _ cloud: PointCloud, labels: [PointLabel]? = nil, geometry: ImageGeometry,
    sensor: SensorTable? = nil
  ) throws(RangeImagesError) -> Projection {
    try geometry.validate()
    precondition((labels?.count ?? cloud.count) == cloud.count, "labels and points differ in count")
    let rows = try RowFinder(cloud, geometry: geometry, sensor: sensor).rows()
    let sphere = Sphere(
      rows: geometry.rows, columns: geometry.columns, left: geometry.left, span: geometry.span,
      top: geometry.top, height: geometry.top - geometry.bottom,
      maximumRange: geometry.maximumRange ?? .infinity)
    let found = sphere.project(
      x: cloud.x, y: cloud.y, z: cloud.z, intensity: cloud.intensity, row: rows.rowOfPoint,
      label: labels?.map(\.rawValue))
    return Projection(
      geometry: geometry,
      image: RangeImage(
        rows: geometry.rows, columns: geometry.columns, range: found.range, x: found.x, y: found.y,
        z: found.z, intensity: found.intensity, pointIndex: found.index,
        labels: labels.map { _ in found.label.map(PointLabel.init(rawValue:)) }),
      cellOfPoint: found.cell, fates: PointFate.all(rawValues: found.fate),
      rowSource: rows.source,
      outside: ProjectionReport.Outside(
        beside: found.outside.beside, beyond: found.outside.beyond, above: found.outside.above,
        below: found.outside.below, between: found.outside.between))
  }
}

extension PointFate {
  fileprivate static func all(rawValues: [UInt8]) -> [PointFate] {
    // The enum's only storage is its raw value, and the projection writes no other than these.
    rawValues.withUnsafeBufferPointer { values in
      [PointFate](unsafeUninitializedCapacity: values.count) { fates, count in
        for index in values.indices {
          fates.initializeElement(at: index, to: PointFate(rawValue: values[index]) ?? .invalid)
        }
        count = values.count
      }
    }
  }
}
