import PointClouds
import Sensors

/// Finds the row of every point of a cloud.
struct RowFinder {
  /// Rows, or nothing where they follow from elevation; -1 above all, -2 below, -3 between.
  typealias Rows = (rowOfPoint: [Int32]?, source: RowSource)

  let cloud: PointCloud
  let geometry: ImageGeometry
  let sensor: SensorTable?

  init(_ cloud: PointCloud, geometry: ImageGeometry, sensor: SensorTable?) {
    self.cloud = cloud
    self.geometry = geometry
    self.sensor = sensor
  }

  func rows() throws(RangeImagesError) -> Rows {
    switch geometry.rowRule {
    case .elevation: (nil, .elevation)
    case .unfolding: try unfolded()
    case .ring: try ringRows()
    }
  }

  private func unfolded() throws(RangeImagesError) -> Rows {
    let order = PointOrder(cloud)
    guard order.count <= geometry.rows else {
      throw RangeImagesError(
        .ringsUnknown,
        "the points make \(order.count) sweeps in the file's order, and the image has "
          + "\(geometry.rows) rows",
        remedy: "use --projection spherical, or ring with the sensor's table")
    }
    return (order.sweeps.map(Int32.init), .order)
  }

  private func ringRows() throws(RangeImagesError) -> Rows {
    if let rows = rowsOfField() { return (rows, .field) }
    if let sensor, let rows = BeamFinder(sensor).rows(of: cloud) { return (rows, .table) }
    let order = PointOrder(cloud)
    if order.count == 0 || order.count == sensor?.beams.count ?? geometry.rows {
      return (order.sweeps.map(Int32.init), .order)
    }
    let beams =
      sensor.map { "the \($0.beams.count) beams of \($0.name)" } ?? "a known sensor's beams"
    throw RangeImagesError(
      .ringsUnknown,
      "the points carry no ring numbers, do not lie on \(beams), and make \(order.count) sweeps in "
        + "the file's order", remedy: "use --projection spherical, or name the right --sensor")
  }

  /// Rows from the cloud's ring numbers, counted from the highest beam; nothing where the numbers
  /// do not follow the beams' heights.
  private func rowsOfField() -> [Int32]? {
    guard let ring = cloud.ring else { return nil }
    let sample = cloud.distancesAndHeights(count: 2000)
    let slope = correlation(sample.map { (Double(ring[$0.index]), $0.z / $0.rho) })
    guard let slope else { return ring.map(Int32.init) }
    guard abs(slope) > 0.8 else { return nil }
    guard slope > 0 else { return ring.map(Int32.init) }
    let last = max(ring.max() ?? 0, UInt16((sensor?.beams.count ?? 1) - 1))
    return ring.map { Int32(last - $0) }
  }

  /// Pearson's correlation; nothing where one of the two does not vary.
  private func correlation(_ pairs: [(Double, Double)]) -> Double? {
    let count = Double(pairs.count)
    let means = pairs.reduce((0.0, 0.0)) { ($0.0 + $1.0 / count, $0.1 + $1.1 / count) }
    var (a, b, ab) = (0.0, 0.0, 0.0)
    for pair in pairs {
      let (u, v) = (pair.0 - means.0, pair.1 - means.1)
      (a, b, ab) = (a + u * u, b + v * v, ab + u * v)
    }
    return a > 0 && b > 0 ? ab / (a * b).squareRoot() : nil
  }
}
