/// Where the lasers of one Velodyne sensor point: the facts of its calibration file.
///
/// In Velodyne's XML files (`db.xml`) offsets and distance corrections are in centimetres; here they
/// are metres. Angles are in degrees.
public struct VelodyneCalibration: Equatable, Sendable {
  /// One laser, in the order in which packets have them.
  public struct Laser: Equatable, Sendable {
    /// Angle above the horizontal (`vertCorrection`), in degrees.
    public var elevation: Double
    /// Angle by which the beam points left of the sensor's azimuth (`rotCorrection`), in degrees.
    public var rotationalCorrection: Double
    /// Height at which the beam's line crosses the axis (`vertOffsetCorrection`), in metres.
    public var verticalOffset: Double
    /// Distance of the beam from the axis, positive to its left (`horizOffsetCorrection`), in metres.
    public var horizontalOffset: Double
    /// What to add to distances (`distCorrection`), in metres.
    public var distanceCorrection: Double

    /// A laser; see the properties.
    public init(
      elevation: Double, rotationalCorrection: Double = 0, verticalOffset: Double = 0,
      horizontalOffset: Double = 0, distanceCorrection: Double = 0
    ) {
      self.elevation = elevation
      self.rotationalCorrection = rotationalCorrection
      self.verticalOffset = verticalOffset
      self.horizontalOffset = horizontalOffset
      self.distanceCorrection = distanceCorrection
    }
  }

  /// The lasers by their numbers in the packet.
  public let lasers: [Laser]
  /// The ring of each laser: 0 is the highest beam.
  public let rings: [Int]

  /// A calibration of lasers by their numbers in the packet.
  ///
  /// - Throws: `uncalibrated` where a number is not finite, or no sensor could be built so: elevations
  ///   of 90 degrees and more, corrections above 180 degrees, offsets above 10 m.
  public init(lasers: [Laser]) throws(PacketsError) {
    for (number, laser) in lasers.enumerated() {
      let lengths = [laser.verticalOffset, laser.horizontalOffset, laser.distanceCorrection]
      guard abs(laser.elevation) < 90, abs(laser.rotationalCorrection) <= 180,
        lengths.allSatisfy({ abs($0) <= 10 })
      else {
        throw PacketsError(
          .uncalibrated, "laser \(number) of the calibration cannot be: \(laser)",
          remedy: "Give angles in degrees and lengths in metres.")
      }
    }
    self.init(checked: lasers)
  }

  init(checked lasers: [Laser]) {
    self.lasers = lasers
    let order = lasers.indices.sorted { first, second in
      (-lasers[first].elevation, first) < (-lasers[second].elevation, second)
    }
    var rings = [Int](repeating: 0, count: lasers.count)
    for (ring, laser) in order.enumerated() { rings[laser] = ring }
    self.rings = rings
  }
}
