/// One point that a sensor measured.
public struct SweepPoint: Equatable, Sendable {
  /// Metres forward.
  public var x: Float
  /// Metres to the left.
  public var y: Float
  /// Metres upward.
  public var z: Float
  /// Where the sensor had turned to when the laser fired, in degrees from 0 to below 360, clockwise
  /// from forward as the sensor counts; with the laser's own correction.
  public var azimuth: Float
  /// When the laser fired, in nanoseconds of the sensor's clock; of an Ouster, when its column was
  /// measured.
  public var time: Int64
  /// Calibrated reflectivity from 0 to 255, as the sensor says it.
  ///
  /// Up to 100 it is the percentage of the light that a diffuse surface returns, above that are
  /// retroreflectors: with Velodyne and Ouster alike, which is why it is not an Ouster's signal, which
  /// falls with the distance. An Ouster whose reflectivity is not calibrated says 16 bits, of which
  /// this is the square root.
  public var intensity: UInt8
  /// The beam: 0 is the highest.
  public var ring: UInt8
  /// Which of a pair it is where the sensor reports two returns, in the order of its packet: 0 is a
  /// Velodyne's last return and an Ouster's strongest, 1 the strongest and the second strongest.
  public var returnIndex: UInt8

  /// A point; see the properties.
  public init(
    x: Float, y: Float, z: Float, azimuth: Float = 0, time: Int64 = 0, intensity: UInt8 = 0,
    ring: UInt8 = 0, returnIndex: UInt8 = 0
  ) {
    self.x = x
    self.y = y
    self.z = z
    self.azimuth = azimuth
    self.time = time
    self.intensity = intensity
    self.ring = ring
    self.returnIndex = returnIndex
  }
}
