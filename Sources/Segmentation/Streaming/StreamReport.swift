/// What became of a stream: counts, and how long its stages took.
public struct StreamReport: Sendable {
  /// The stages a sweep goes through.
  public enum Stage: String, CaseIterable, Codable, Sendable {
    /// From packets or bytes to points.
    case decode
    /// Between the source and the network.
    case wait
    /// From points to cells.
    case project
    /// From cells to scores.
    case network
    /// From cells back to points.
    case carry
    /// To files or to whoever takes them.
    case write
    /// From the sweep's last byte until it was written.
    case total
  }

  /// Sweeps that came.
  public internal(set) var received = 0
  /// Sweeps that were labelled and written.
  public internal(set) var written = 0
  /// Sweeps that were given up for newer ones.
  public internal(set) var dropped = 0
  /// Sweeps that could not be labelled.
  public internal(set) var failed = 0
  /// Points of the written sweeps.
  public internal(set) var points = 0
  /// How long the stages took.
  public internal(set) var latencies: [Stage: LatencyHistogram] = Dictionary(
    uniqueKeysWithValues: Stage.allCases.map { ($0, LatencyHistogram()) })

  mutating func add(_ stage: Stage, _ milliseconds: Double) {
    latencies[stage]?.add(milliseconds)
  }
}
