import Networks

extension SearchSpace {
  /// How many networks are drawn at most.
  public static let mostDrawnNetworks = 100_000
  private static let drawnAtOnce = 2000

  /// Random networks near a latency, as positions in each place's list: what a search has to be better than.
  ///
  /// - Parameters:
  ///   - count: how many are wanted.
  ///   - target: the latency that is wanted; 0 for any.
  ///   - latencies: what the blocks cost.
  ///   - seed: other seeds draw others.
  /// - Returns: different networks, fewer than `count` where few are near.
  public func randomChoices(
    count: Int, near target: Double, by latencies: CandidateLatencies, seed: UInt64
  ) -> [[Int]] {
    let share = Derivation.tolerance
    let range = target > 0 ? target * (1 - share)...target * (1 + share) : 0...Double.infinity
    // Choices for a stage that is left out make no other network.
    var (found, known): ([[Int]], Set<[String]>) = ([], [])
    // In parts, so that few are drawn where many are near.
    for part in 0..<Self.mostDrawnNetworks / Self.drawnAtOnce {
      for choices in randomChoices(count: Self.drawnAtOnce, seed: seed &+ UInt64(part) << 32) {
        guard found.count < count else { return found }
        let isNear = range.contains(latencies.total(of: choices))
        if isNear, known.insert(names(of: choices)).inserted { found.append(choices) }
      }
    }
    return found
  }
}
