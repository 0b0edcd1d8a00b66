/// What to simulate, apart from how many scenes, with which sensor, and from which seed.
public struct SimulationConfiguration: Codable, Equatable, Sendable {
  /// What decides the label of a point.
  public enum LabelSource: String, CaseIterable, Codable, Sendable {
    /// What the pulse returned from.
    case surface
    /// The actor whose box holds the point, as KITTI's labels are made, ground and all; outside of
    /// boxes what the pulse returned from.
    case box
  }

  /// What decides the label of a point.
  public var labels = LabelSource.surface
  /// Scans of each scene, one after the other: from 1 to what 20 seconds hold.
  public var frames = 1
  /// Height of the sensor above the ground, in metres, from 0.2 to 5.
  public var sensorHeight: Float = 1.74
  /// How far the sensor looks down, in degrees, from -20 to 20: KITTI's by 0.6, within 0.2 in all
  /// drives.
  public var sensorPitch: Float = 0.6
  /// The streets.
  public var streets = StreetConfiguration()
  /// The sensor's imperfections.
  public var physics = SensorPhysics()

  /// The defaults of all fields.
  public init() {}

  /// Checks all numbers.
  ///
  /// - Throws: `invalidConfiguration`, naming the field and its limits.
  public func validate() throws(SimulatorError) {
    guard (1...10_000).contains(frames) else {
      throw SimulatorError(
        .invalidConfiguration, "frames is \(frames)", remedy: "give a number from 1 to 10000")
    }
    guard (0.2...5).contains(sensorHeight) else {
      throw SimulatorError(
        .invalidConfiguration, "sensorHeight is \(sensorHeight)",
        remedy: "give metres from 0.2 to 5")
    }
    guard (-20...20).contains(sensorPitch) else {
      throw SimulatorError(
        .invalidConfiguration, "sensorPitch is \(sensorPitch)",
        remedy: "give degrees from -20 to 20")
    }
    try streets.validate()
    try physics.validate()
  }
}
