import Exchange
public import Graphs

/// What a network learns to say of each cell.
public enum TrainingTask: String, Codable, CaseIterable, Sendable {
  /// Its class.
  case segmentation
  /// How strong its return is, from where it lies: nothing needs to be labelled.
  case intensity

  /// The bins of intensities, and the loss of choosing among them.
  public static let intensities = BinnedRegression()

  /// Channels of the network's scores.
  ///
  /// - Parameter classCount: the classes of the label map.
  /// - Returns: one score per class, or scores and offsets of the bins.
  func scoreCount(classCount: Int) -> Int {
    switch self {
    case .segmentation: classCount
    case .intensity: 2 * Self.intensities.binCount
    }
  }

  /// What the network sees, where it sees all of `input` for segmentation.
  func input(_ input: InputDescription) -> InputDescription {
    switch self {
    case .segmentation: input
    case .intensity: input.without(.intensity)
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
