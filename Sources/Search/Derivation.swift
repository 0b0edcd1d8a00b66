import Foundation
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
      "no network of this space takes \(digits(target)) \(latencies.unit): the least that one takes is "
        + "\(digits(range.lowerBound)), the most \(digits(range.upperBound))",
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

  /// The most probable network within the tolerance.
  ///
  /// For each choice of the deciding places, the others add up: a knapsack. Those come first that could be best.
  private func best(_ logits: [[Double]]) -> [Int]? {
    let scores = logits.map { logits in Architecture.softmax(logits).map { log($0) } }
    let bounded = latencies.decisions.map { decision in
      let problem = Problem(scores, latencies, decision)
      return (problem: problem, bound: problem.bound)
    }
    var best: (choices: [Int], score: Double)?
    for (problem, bound) in bounded.sorted(by: { $0.bound > $1.bound }) {
      if let best, best.score >= bound { break }
      guard let choices = knapsack(problem, least: target * (1 - Self.tolerance)) else {
        continue
      }
      let score = problem.score(of: choices)
      if score > best?.score ?? -.infinity { best = (choices, score) }
    }
    return best?.choices ?? slowest(of: bounded.map(\.problem))
  }

  /// The slowest network that is not too slow: where the tolerance lies between two networks.
  ///
  /// The fastest of all is not too slow, or nothing would have been searched.
  private func slowest(of problems: [Problem]) -> [Int]? {
    problems.flatMap { [knapsack($0, least: nil), $0.fastest].compactMap(\.self) }
      .filter { latencies.total(of: $0) <= most }
      .max { latencies.total(of: $0) < latencies.total(of: $1) }
  }

  /// What a network may take.
  private var most: Double { target > 0 ? target * (1 + Self.tolerance) : .infinity }

  /// What is left to choose once the deciding places have candidates.
  private struct Problem {
    /// What each candidate adds to the logarithm of the network's probability.
    let scores: [[Double]]
    let latencies: CandidateLatencies

    init(_ scores: [[Double]], _ latencies: CandidateLatencies, _ decision: [Int]) {
      self.latencies = latencies.given(decision)
      self.scores = scores.indices.map { place in
        guard latencies.isThere(place, given: decision) else {
          return scores[place].map { _ in 0 }
        }
        return scores[place]
      }
    }

    /// What no network scores more than.
    var bound: Double {
      zip(scores, latencies.byPlace).reduce(0) { sum, place in
        sum + (zip(place.0, place.1).filter { $0.1 < .infinity }.map(\.0).max() ?? 0)
      }
    }

    /// The candidates that cost the least.
    var fastest: [Int] {
      latencies.byPlace.map { costs in costs.indices.min { costs[$0] < costs[$1] } ?? 0 }
    }

    func score(of choices: [Int]) -> Double {
      zip(scores, choices).reduce(0) { $0 + $1.0[$1.1] }
    }
  }

  /// The network whose scores sum up to the most within the tolerance, solved place by place.
  ///
  /// - Parameters:
  ///   - problem: what is left to choose.
  ///   - least: what it takes at least; without it the slowest is taken.
  /// - Returns: a candidate for each place; nothing where no network takes so little and so much.
  private func knapsack(_ problem: Problem, least: Double?) -> [Int]? {
    let latencies = problem.latencies
    guard target > 0 else {
      return zip(problem.scores, latencies.byPlace).map { scores, costs in
        scores.indices.filter { costs[$0] < .infinity }.max { scores[$0] < scores[$1] } ?? 0
      }
    }
    // Rounded steps add up to a few more or less than the network has: networks are weighed once more below.
    let (width, end) = (most / Double(Self.stepCount), Self.stepCount + latencies.byPlace.count)
    func steps(_ latency: Double) -> Int {
      Int(max(0, min(Double(end + 1), (latency / width).rounded())))
    }
    let start = steps(latencies.rest)
    guard start <= end else { return nil }
    // What the best network of the places so far scores, by the steps that it takes; and by which block.
    var scores = Array(repeating: -Double.infinity, count: end + 1)
    scores[start] = 0
    var taken: [[Int]] = []
    for (place, list) in problem.scores.enumerated() {
      let costs = latencies.byPlace[place].map(steps)
      var next = Array(repeating: -Double.infinity, count: end + 1)
      var blocks = Array(repeating: -1, count: end + 1)
      for (used, score) in scores.enumerated() where score > -.infinity {
        for (block, own) in list.enumerated() where used + costs[block] <= end {
          let total = used + costs[block]
          if score + own > next[total] { (next[total], blocks[total]) = (score + own, block) }
        }
      }
      scores = next
      taken.append(blocks)
    }
    let costs = latencies.byPlace.map { $0.map(steps) }
    let ends = scores.indices.filter { scores[$0] > -.infinity }
    let wanted = least == nil ? ends.reversed() : ends.sorted { scores[$0] > scores[$1] }
    return wanted.lazy.map { trace(taken, from: $0, costs: costs) }
      .first { ((least ?? -.infinity)...most).contains(latencies.total(of: $0)) }
  }

  /// The blocks of the best network that takes so many steps.
  private func trace(_ taken: [[Int]], from end: Int, costs: [[Int]]) -> [Int] {
    var used = end
    var choices: [Int] = []
    for (blocks, costs) in zip(taken, costs).reversed() {
      choices.append(blocks[used])
      used -= costs[blocks[used]]
    }
    return choices.reversed()
  }

  private static func digits(_ value: Double) -> String { String(format: "%.4g", value) }
}
