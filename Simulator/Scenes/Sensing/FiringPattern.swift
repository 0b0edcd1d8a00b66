import Sensors

/// At which azimuths a spinning sensor fires during one turn.
///
/// The pulses leave at even steps; what the sensor reports is its encoder's reading, which is coarser
/// where the table names several steps: 0.168 degrees read in units of 0.09 give six steps of 0.18
/// and then one of 0.09.
struct FiringPattern: Sendable {
  /// Degrees between two pulses of a beam.
  let step: Double
  /// The encoder's unit in degrees; 0 where it is finer than the steps.
  let quantum: Double
  /// Pulses of a beam per turn.
  let count: Int

  /// The pattern of a sensor.
  ///
  /// - Throws: `unsuitableSensor` where the table says nothing of the steps, or where they are too
  ///   fine to be simulated.
  init(_ sensor: SensorTable) throws(SimulatorError) {
    let steps = sensor.azimuthSteps
    guard !steps.isEmpty else {
      throw SimulatorError(
        .unsuitableSensor, "the sensor \(sensor.name) has no azimuth_steps",
        remedy: "add them to its table, for example `- {step_deg: 0.2, share: 1}`")
    }
    step = steps.reduce(0) { $0 + $1.step * $1.share }
    quantum = steps.count > 1 ? steps.map(\.step).min() ?? 0 : 0
    count = Int(360 / step)
    guard (16...20_000).contains(count) else {
      throw SimulatorError(
        .unsuitableSensor, "the sensor \(sensor.name) would fire \(count) times per turn",
        remedy: "give azimuth steps of 0.018 to 22.5 degrees")
    }
  }

  /// The azimuths of a turn in degrees, growing from 0 to below 360.
  ///
  /// `phase` is where between two steps the turn begins, from 0 to below 1; where azimuths are
  /// quantised, those that are reported are readings of the encoder.
  func azimuths(phase: Double, isQuantised: Bool) -> [(pulse: Double, reading: Double)] {
    // The last step of a turn is the longer one: the turn is no whole number of steps.
    (0..<count).map { firing in
      let pulse = (Double(firing) + phase) * step
      guard isQuantised, quantum > 0 else { return (pulse, pulse) }
      return (pulse, (pulse / quantum).rounded(.down) * quantum)
    }
  }
}
