/// Where a run is, for people and programs that watch it.
public struct TrainingProgress: Codable, Equatable, Sendable {
  /// Steps that are done.
  public var step: Int
  /// Steps of the whole run.
  public var steps: Int
  /// The mean loss since the last report.
  public var loss: Double
  /// Scans learned from per second, of all machines together.
  public var scansPerSecond: Double
  /// Seconds to the end at this speed.
  public var secondsLeft: Double
  /// The validation's IoU by class, where there was one since the last report.
  public var validation: [String: Double]?
}

/// What a run came to.
public struct TrainingSummary: Codable, Equatable, Sendable {
  /// Steps that are done.
  public var step: Int
  /// Steps of the whole run.
  public var steps: Int
  /// The last loss.
  public var loss: Double?
  /// The best validation score, and the step it was reached at.
  public var bestScore: Double?
  /// The step that the best score was reached at.
  public var bestStep: Int?
  /// The file of the best weights, if any were written.
  public var bestModel: String?
  /// The share of the time that steps waited for samples.
  public var dataWaitShare: Double
  /// Seconds that this process trained.
  public var seconds: Double
}
