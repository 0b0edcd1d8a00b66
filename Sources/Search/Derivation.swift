import Randomness

/// Takes networks from what was learned: the most probable ones whose latency is near the one that is wanted.
public struct Derivation: Sendable {
  private let architecture: Architecture
  private let latencies: CandidateLatencies
  private let target: Double

  /// How far a network may be from the latency that is wanted, as a share of it.
  public static let tolerance = 0.05
  /// Steps that latencies are counted in.
  private static let stepCount = 4000

  /// - Parameters:
  ///   - architecture: what was learned.
  ///   - latencies: what the blocks cost.
  ///   - target: the latency that is wanted; 0 for any.
  /// - Throws: `.unreachable` where no network comes near; see `check(_:reaches:)`.
  public init(
    _ architecture: Architecture, _ latencies: CandidateLatencies, target: Double
  ) throws(SearchError) {
    try Self.check(latencies, reaches: target)
    (self.architecture, self.latencies, self.target) = (architecture, latencies, target)
  }

  /// Refuses a latency that no network comes near.
  ///
  /// - Throws: `.unreachable` with what the fastest and the slowest networks take.
  public static func check(
    _ latencies: CandidateLatencies, reaches target: Double
  ) throws(SearchError) {
    guard target > 0 else { return }
    let range = latencies.range
    guard target * (1 + tolerance) < range.lowerBound || target * (1 - tolerance) > range.upperBound
    else { return }
    throw SearchError(
      .unreachable,
      "no network of this space takes \(rounded(target)): the least that one takes is "
        + "\(rounded(range.lowerBound)), the most \(rounded(range.upperBound))",
      remedy: "ask for something between them, or search a space of other widths and stages")
  }

  /// The most probable network near the latency, and others by shares that noise has changed.
  ///
  /// - Returns: up to `count` different networks as positions in each place's list, the most probable first.
  public func networks(count: Int, seed: UInt64) -> [[Int]] {
    var found = [best(architecture.logits)].compactMap(\.self)
    let key = RandomKey(seed: seed)
    for attempt in 0..<20 * count where found.count < count {
      let noise = GumbelNoise.numbers(
        for: architecture.logits.map(\.count),
        key: key.key(purpose: Purpose.derivation, index: attempt))
      let noisy = zip(architecture.logits, noise).map { zip($0, $1).map { $0 + $1 } }
      if let network = best(noisy), !found.contains(network) { found.append(network) }
    }
    return found
  }

  /// The network whose logits sum up to the most within the tolerance: a knapsack, solved place by place.
  private func best(_ logits: [[Double]]) -> [Int]? {
    guard target > 0 else {
      return logits.map { list in list.indices.max { list[$0] < list[$1] } ?? 0 }
    }
    let most = target * (1 + Self.tolerance)
    let width = most / Double(Self.stepCount)
    func steps(_ latency: Double) -> Int { Int((latency / width).rounded(.up)) }
    let start = steps(latencies.rest)
    guard start <= Self.stepCount else { return nil }
    // What the best network of the places so far scores, by the steps that it takes; and by which block.
    var scores = Array(repeating: -Double.infinity, count: Self.stepCount + 1)
    scores[start] = 0
    var taken: [[Int]] = []
    for (place, list) in logits.enumerated() {
      let costs = latencies.byPlace[place].map(steps)
      var next = Array(repeating: -Double.infinity, count: Self.stepCount + 1)
      var blocks = Array(repeating: -1, count: Self.stepCount + 1)
      for (used, score) in scores.enumerated() where score > -.infinity {
        for (block, logit) in list.enumerated() where used + costs[block] <= Self.stepCount {
          let total = used + costs[block]
          if score + logit > next[total] { (next[total], blocks[total]) = (score + logit, block) }
        }
      }
      scores = next
      taken.append(blocks)
    }
    return trace(taken, from: scores) { steps($0) }
  }

  /// The blocks of the best network that is not too fast.
  private func trace(
    _ taken: [[Int]], from scores: [Double], steps: (Double) -> Int
  ) -> [Int]? {
    let least = steps(target * (1 - Self.tolerance))
    let ends = scores.indices.filter { scores[$0] > -.infinity }
    // Where none is slow enough, the slowest there is.
    guard
      var used = ends.filter({ $0 >= least }).max(by: { scores[$0] < scores[$1] }) ?? ends.last
    else { return nil }
    var choices: [Int] = []
    for (place, blocks) in taken.enumerated().reversed() {
      choices.append(blocks[used])
      used -= steps(latencies.byPlace[place][blocks[used]])
    }
    return choices.reversed()
  }

  private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
