/// How weights follow their gradients.
public struct OptimizerConfiguration: Codable, Equatable, Sendable {
  /// A rule of change.
  public enum Method: String, Codable, CaseIterable, Sendable {
    /// `v = momentum v + g; w -= rate v` (TensorFlow's MomentumOptimizer).
    case momentum
    /// Adam with the decay in the gradient (Kingma and Ba, arXiv 1412.6980, algorithm 1).
    case adam
    /// Adam with the decay beside the gradient (Loshchilov and Hutter, arXiv 1711.05101, algorithm 2).
    case adamW
  }

  /// What gradients are cut down to.
  public enum Clipping: String, Codable, CaseIterable, Sendable {
    /// Each tensor's norm by itself, as SqueezeSeg's authors do.
    case tensor
    /// The norm of all gradients together.
    case all
    /// Nothing.
    case none
  }

  /// The rule of change.
  public var method = Method.momentum
  /// The share of the last change that is kept.
  public var momentum = 0.9
  /// Adam's share of the mean square that is kept.
  public var secondMomentum = 0.999
  /// Adam's addend in the denominator.
  public var epsilon = 1e-8
  /// How strongly the weights of convolutions are drawn to zero; biases and normalisations are not.
  public var weightDecay = 1e-4
  /// What gradients are cut down to.
  public var clipping = Clipping.tensor
  /// The greatest norm.
  public var clipNorm = 1.0

  /// The authors' optimiser; see the properties.
  public init() {}

  /// Checks the figures.
  ///
  /// - Throws: `.invalidConfiguration`.
  public func validate() throws(TrainingError) {
    let shares = [momentum, secondMomentum]
    guard shares.allSatisfy({ (0..<1).contains($0) }) else {
      throw TrainingError(
        .invalidConfiguration, "momenta of \(shares) are not within 0..<1",
        remedy: "use shares from 0 to below 1")
    }
    guard weightDecay >= 0, weightDecay.isFinite, epsilon > 0, clipNorm > 0 else {
      throw TrainingError(
        .invalidConfiguration,
        "weightDecay \(weightDecay), epsilon \(epsilon) or clipNorm \(clipNorm) is out of range",
        remedy: "use a weightDecay of 0 or more, and an epsilon and a clipNorm above 0")
    }
  }
}

/// How the rate of learning changes.
public struct ScheduleConfiguration: Codable, Equatable, Sendable {
  /// A course of the rate after the warm-up.
  public enum Course: String, Codable, CaseIterable, Sendable {
    /// It stays.
    case constant
    /// It is multiplied with `decay` every `decaySteps` steps.
    case steps
    /// It falls along half a cosine to `finalRate` at the last step.
    case cosine
  }

  /// The rate after the warm-up.
  public var rate = 0.05
  /// The course after the warm-up.
  public var course = Course.steps
  /// Steps over which the rate rises linearly from nearly 0.
  public var warmupSteps = 0
  /// Steps between two drops.
  public var decaySteps = 10_000
  /// What the rate is multiplied with at each drop.
  public var decay = 0.5
  /// The rate at the end of a cosine, as a part of `rate`.
  public var finalRate = 0.01

  /// The authors' schedule; see the properties.
  public init() {}

  /// Checks the figures.
  ///
  /// - Throws: `.invalidConfiguration`.
  public func validate() throws(TrainingError) {
    guard rate > 0, rate.isFinite, warmupSteps >= 0, decaySteps > 0, decay > 0, decay <= 1,
      (0...1).contains(finalRate)
    else {
      throw TrainingError(
        .invalidConfiguration,
        "rate \(rate), warmupSteps \(warmupSteps), decaySteps \(decaySteps), decay \(decay) or "
          + "finalRate \(finalRate) is out of range",
        remedy: "use a rate above 0, steps of 0 or more, and shares from 0 to 1")
    }
  }

  /// The rate of a step, counted from 0, of `count`.
  public func rate(ofStep step: Int, of count: Int) -> Double {
    if step < warmupSteps { return rate * Double(step + 1) / Double(warmupSteps) }
    switch course {
    case .constant: return rate
    case .steps: return rate * power(decay, step / decaySteps)
    case .cosine:
      let progress = Double(step - warmupSteps) / Double(max(1, count - warmupSteps))
      return rate * (finalRate + (1 - finalRate) * (1 + cosine(.pi * min(progress, 1))) / 2)
    }
  }
}
