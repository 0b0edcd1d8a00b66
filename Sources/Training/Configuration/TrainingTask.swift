import Exchange
public import Graphs

/// What a network learns to say of each cell.
public enum TrainingTask: String, Codable, CaseIterable, Sendable {
  /// Its class.
  case segmentation
  /// How strong its return is, from where it lies: nothing needs to be labelled.
  case intensity
  /// Whether its ray brings nothing back, from what lies around it: nothing needs to be labelled.
  case rayDrop

  /// The bins of intensities, and the loss of choosing among them.
  public static let intensities = BinnedRegression()

  /// Channels of the network's scores.
  ///
  /// - Parameter classCount: the classes of the label map.
  /// - Returns: one score per class, scores and offsets of the bins, or scores of staying and of being lost.
  func scoreCount(classCount: Int) -> Int {
    switch self {
    case .segmentation: classCount
    case .intensity: 2 * Self.intensities.binCount
    case .rayDrop: 2
    }
  }

  /// What a model of it is for, where it is for no classes.
  var rendering: ModelDescription.Rendering? {
    switch self {
    case .segmentation: nil
    case .intensity: .intensity
    case .rayDrop: .rayDrop
    }
  }

  /// What the network sees, where it sees all of `input` for segmentation.
  func input(_ input: InputDescription) -> InputDescription {
    switch self {
    case .segmentation: input
    case .intensity, .rayDrop: input.without(.intensity)
    }
  }
}

extension InputDescription {
  /// The same without one of the channels.
  func without(_ channel: Channel) -> Self {
    let kept = channels.indices.filter { channels[$0] != channel }
    return Self(
      channels: kept.map { channels[$0] }, mean: kept.map { mean[$0] },
      deviation: kept.map { deviation[$0] }, normalizesEmptyCells: normalizesEmptyCells)
  }
}
