package import PointClouds

/// The sweeps of a beam that a cloud's points make up in the order of the file.
///
/// A file that stores one beam after the other starts each at the same azimuth, so that azimuths,
/// taken from 0 to 360 degrees, fall by more than 180 degrees where the next beam starts.
package struct PointOrder: Sendable {
  /// The sweep that each point belongs to, counted from 0; an unmeasured point belongs to the
  /// sweep of the point before it.
  package let sweeps: [UInt16]
  /// How many sweeps there are; 0 where nothing is measured.
  package let count: Int

  /// The sweeps of a cloud; counting stops at 65,535.
  package init(_ cloud: PointCloud) {
    let (x, y, z) = (cloud.x, cloud.y, cloud.z)
    var sweeps = [UInt16](repeating: 0, count: x.count)
    var sweep: UInt16 = 0
    var previous: (x: Float, y: Float)?
    for index in x.indices {
      let point = (x: x[index], y: y[index])
      let extent = abs(point.x) + abs(point.y) + abs(z[index])
      if extent.isFinite && extent > 0 {
        // Azimuth falls from below 360 to above 0, and by more than 180 degrees: the turn to the
        // left from the one point to the other is less than half a circle.
        if let previous, previous.y < 0, point.y >= 0,
          Double(previous.x) * Double(point.y) - Double(previous.y) * Double(point.x) > 0,
          sweep < .max
        {
          sweep += 1
        }
        previous = point
      }
      sweeps[index] = sweep
    }
    self.sweeps = sweeps
    count = previous == nil ? 0 : Int(sweep) + 1
  }
}
