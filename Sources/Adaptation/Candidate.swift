/// A model that could be the adapted one, by what can be measured without labels of the target.
public struct Candidate: Codable, Equatable, Sendable {
  /// What it is called: `source`, `round 1`, `round 1, blend 0.25`.
  public var name: String
  /// The mean IoU of the classes on simulated images that nothing was learned from, the one that reads
  /// the rest left out, 0 to 1.
  public var simulatedIoU: Double
  /// The mean entropy of the cells' classes on the target, in nats.
  public var entropy: Double
  /// How often the target's images and their mirror images are given the same class where either is
  /// something else than the rest, 0 to 1.
  public var agreement: Double

  /// A candidate; see the properties.
  public init(name: String, simulatedIoU: Double, entropy: Double, agreement: Double) {
    self.name = name
    self.simulatedIoU = simulatedIoU
    self.entropy = entropy
    self.agreement = agreement
  }
}

extension [Candidate] {
  /// The position of the candidate that is taken: the steadiest of those that lose no more than so much
  /// on simulated images against the first, which is the source.
  ///
  /// - Precondition: there is one.
  public func chosen(allowedLoss: Double) -> Int {
    precondition(!isEmpty, "there is no candidate")
    let limit = self[0].simulatedIoU - allowedLoss
    var best = 0
    for index in indices
    where self[index].simulatedIoU >= limit && self[index].agreement > self[best].agreement {
      best = index
    }
    return best
  }
}
