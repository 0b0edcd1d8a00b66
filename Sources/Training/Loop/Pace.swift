/// Losses and times since the last report.
struct Pace {
  /// What a report says.
  struct Measured {
    var loss: Double
    var gradientNorm: Double
    var scansPerSecond: Double
    var secondsLeft: Double
    var dataWaitShare: Double
  }

  private let batch: Int
  private let beginning = ContinuousClock.now
  private var start = ContinuousClock.now
  private var losses: [Double] = []
  private var norms: [Double] = []
  private var waitedBefore = Duration.zero
  private(set) var lastLoss: Double?

  init(batch: Int) {
    self.batch = batch
  }

  mutating func add(_ result: StepResult) {
    losses.append(result.loss)
    norms.append(result.gradientNorm)
    lastLoss = result.loss
  }

  func measured(step: Int, of steps: Int, waited: Duration) -> Measured {
    let seconds = max((ContinuousClock.now - start) / .seconds(1), 1e-9)
    let count = Double(max(1, losses.count))
    return Measured(
      loss: losses.reduce(0, +) / count, gradientNorm: norms.reduce(0, +) / count,
      scansPerSecond: Double(losses.count * batch) / seconds,
      secondsLeft: Double(steps - step) * seconds / count,
      dataWaitShare: (waited - waitedBefore) / .seconds(1) / seconds)
  }

  mutating func reset(waited: Duration) {
    start = ContinuousClock.now
    waitedBefore = waited
    losses = []
    norms = []
  }

  /// Seconds since the beginning.
  var seconds: Double { (ContinuousClock.now - beginning) / .seconds(1) }

  /// The share of all the time that steps waited for samples.
  func waitShare(_ waited: Duration) -> Double { waited / .seconds(1) / max(seconds, 1e-9) }
}
