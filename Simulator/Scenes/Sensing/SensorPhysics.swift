/// What a simulated sensor does that an ideal one would not.
///
/// Every effect can be switched off alone.
public struct SensorPhysics: Codable, Equatable, Sendable {
  /// Which return of a pulse that met several surfaces a sensor reports.
  public enum ReturnMode: String, CaseIterable, Codable, Sendable {
    /// The one of the most energy.
    case strongest
    /// The nearest one that is noticed.
    case first
  }

  /// Azimuths are the encoder's readings, so that steps are uneven and image cells stay empty.
  public var azimuthQuantisation = true
  /// Beams start beside the middle of the sensor, as its table says.
  public var beamOffsets = true
  /// Standard deviation of a range, in metres, from 0 to 1.
  public var rangeNoise: Float = 0.0065
  /// Ranges are whole multiples of the table's quantum.
  public var rangeQuantisation = true
  /// Standard deviation of a pulse's direction, in milliradians, from 0 to 20.
  public var pointingNoise: Float = 0.05
  /// Glass lets pulses through to what is behind it; otherwise it is a surface like others.
  public var glass = true
  /// Energy falls with the angle between pulse and surface.
  public var incidence = true
  /// Pulses of too little energy do not return.
  public var energyDrop = true
  /// Energy varies along rings and over patches of surfaces, so that lost pulses lie together.
  public var coherentDrop = true
  /// Fraction of pulses lost for no reason that the scene shows, from 0 to 1.
  public var randomDrop: Float = 0.006
  /// Intensity is measured with noise.
  public var intensityNoise = true
  /// Weak returns have intensity 0.
  public var intensityFloor = true
  /// Beams report intensities that lack the table's offsets.
  public var ringOffsets = true
  /// Retro-reflectors give the greatest intensity there is.
  public var retroreflection = true
  /// Pulses that meet an edge return from in between, or from one side with less energy.
  public var mixedPixels = true
  /// Which return is reported where an edge gives two.
  public var returnMode = ReturnMode.strongest
  /// The vehicle that carries the sensor hides what the table says.
  public var egoMask = true
  /// The sensor stands where the vehicle is when a pulse leaves, not where it was at the start.
  public var motionDistortion = true
  /// Points are moved to where they would have been seen from in the middle of the sweep.
  public var motionCompensation = false
  /// Mounting, thresholds and offsets differ from scene to scene.
  public var randomisation = true

  /// The defaults of all fields.
  public init() {}

  /// An ideal sensor: each pulse measures where it goes, and nothing else.
  public static var ideal: Self {
    var physics = Self()
    physics.azimuthQuantisation = false
    physics.rangeNoise = 0
    physics.rangeQuantisation = false
    physics.pointingNoise = 0
    physics.glass = false
    physics.incidence = false
    physics.energyDrop = false
    physics.coherentDrop = false
    physics.randomDrop = 0
    physics.intensityNoise = false
    physics.intensityFloor = false
    physics.ringOffsets = false
    physics.retroreflection = false
    physics.mixedPixels = false
    physics.egoMask = false
    physics.motionDistortion = false
    physics.randomisation = false
    return physics
  }

  /// Checks the numbers.
  ///
  /// - Throws: `invalidConfiguration`, naming the field and its limits.
  func validate() throws(SimulatorError) {
    let limits: [(String, Float, ClosedRange<Float>)] = [
      ("physics.rangeNoise", rangeNoise, 0...1), ("physics.pointingNoise", pointingNoise, 0...20),
      ("physics.randomDrop", randomDrop, 0...1),
    ]
    for (name, value, limit) in limits where !limit.contains(value) {
      throw SimulatorError(
        .invalidConfiguration, "\(name) is \(value)",
        remedy: "give a number from \(limit.lowerBound) to \(limit.upperBound)")
    }
  }
}
