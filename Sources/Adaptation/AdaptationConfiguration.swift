public import Training

/// How a trained model is adapted to scans without labels.
///
/// Every step can be switched off: alignment by `training.loss.alignment.weight`, self-training by
/// `rounds`, mixing by `training.augmentation.mix.probability`, calibration by `blends`.
public struct AdaptationConfiguration: Codable, Equatable, Sendable {
  /// How the model learns on, from the source's scans and the target's.
  ///
  /// Network, image, label map and initial weights are the model's.
  public var training = TrainingConfiguration()
  /// How often the target is labelled by the model and learned from; without any it is looked at once,
  /// by what aligns the domains.
  public var rounds = 1
  /// How many of the images are the target's, beside 1 of the source.
  public var targetWeight = 1.0
  /// How many of the target's scans are used, spread over all; 0 for all.
  public var targetScans = 0
  /// How many windows of each of them are labelled.
  ///
  /// One looks ahead, the others in drawn directions; for a network that sees whole sweeps there is one.
  public var windows = 4
  /// How often labelled scans come, beside 1 of the source, where some are given.
  public var labelledWeight = 0.5
  /// How the target is labelled.
  public var pseudoLabels = PseudoLabelConfiguration()
  /// Blends of the target's statistics that are tried at the end; 0 is none of them.
  public var blends: [Double] = [0]
  /// Simulated images that candidates are measured on; none of them is learned from.
  public var simulatedImages = 200
  /// How much mean IoU on simulated images a candidate may lose, 0 to 1.
  public var allowedLoss = 0.03

  /// The defaults of all fields.
  public init() {}

  /// Checks the figures that `training` does not check.
  ///
  /// - Throws: `.invalidConfiguration`.
  public func validate() throws(TrainingError) {
    try pseudoLabels.validate()
    guard rounds >= 0, rounds <= 20, targetScans >= 0, (1...64).contains(windows), targetWeight > 0,
      targetWeight.isFinite, labelledWeight > 0,
      labelledWeight.isFinite, simulatedImages > 0, !blends.isEmpty,
      blends.allSatisfy((0...1).contains),
      (0...1).contains(allowedLoss)
    else {
      throw TrainingError(
        .invalidConfiguration,
        "rounds \(rounds), targetScans \(targetScans), windows \(windows), "
          + "targetWeight \(targetWeight), "
          + "labelledWeight \(labelledWeight), "
          + "simulatedImages \(simulatedImages), blends "
          + "\(blends) or allowedLoss \(allowedLoss) is out of range",
        remedy:
          "use 0 to 20 rounds, 0 scans or more, 1 to 64 windows, weights above 0, one blend or more from 0 to 1, and a loss from "
          + "0 to 1")
    }
  }
}

/// Which of a model's labels on unlabelled scans are believed.
public struct PseudoLabelConfiguration: Codable, Equatable, Sendable {
  /// The share of the surest cells of each class that is believed (Zou et al., arXiv 1810.07911,
  /// section 3.2), above 0 to 1: no class can crowd out another.
  public var portion = 0.6
  /// Cells less probable than this are not believed, whatever their class, 0 to 1.
  public var minimumConfidence = 0.8
  /// Whether probabilities are means over the image and its mirror image.
  public var mirrors = true
  /// Whether objects settle on classes that they can have, as `ObjectVote` says; what that changes is
  /// believed.
  public var objects = true

  /// The defaults of all fields.
  public init() {}

  func validate() throws(TrainingError) {
    guard portion > 0, portion <= 1, (0...1).contains(minimumConfidence) else {
      throw TrainingError(
        .invalidConfiguration,
        "pseudoLabels.portion \(portion) or minimumConfidence \(minimumConfidence) is out of range",
        remedy: "use a portion above 0 up to 1 and a confidence from 0 to 1")
    }
  }
}
