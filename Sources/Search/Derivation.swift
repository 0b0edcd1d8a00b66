import Foundation
import Randomness

/// Takes networks from what was learned: the most probable ones whose latency is near the one that is wanted.
public struct Derivation: Sendable {
  private let architecture: Architecture
  private let latencies: CandidateLatencies
  /// What networks may take.
  private let wanted: ClosedRange<Double>
  /// One for each choice of the deciding places.
  private let problems: [Problem]

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
    (self.architecture, self.latencies) = (architecture, latencies)
    wanted =
      target > 0
      ? target * (1 - Self.tolerance)...target * (1 + Self.tolerance) : -.infinity ... .infinity
    problems = latencies.decisions.map { Problem(latencies, $0) }
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
    guard let first = best(architecture.logits) else { return [slowest].compactMap(\.self) }
    var found = [first]
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

  /// The most probable network within the tolerance; nothing where none lies there.
  ///
  /// For each choice of the deciding places, the others add up: a knapsack. Those come first that could be best.
  private func best(_ logits: [[Double]]) -> [Int]? {
    let logarithms = logits.map { logits in Architecture.softmax(logits).map { log($0) } }
    let bounded = problems.filter { $0.range.overlaps(wanted) }.map { problem in
      let scores = problem.scores(logarithms)
      return (problem: problem, scores: scores, bound: problem.bound(scores))
    }
    var best: (choices: [Int], score: Double)?
    for (problem, scores, bound) in bounded.sorted(by: { $0.bound > $1.bound }) {
      if let best, best.score >= bound { break }
      let ends = knapsack(problem, scores) { $0.sorted { $0.score > $1.score } }
      guard let choices = ends.first(where: { wanted.contains(problem.latencies.total(of: $0)) })
      else { continue }
      let score = zip(scores, choices).reduce(0) { $0 + $1.0[$1.1] }
      if score > best?.score ?? -.infinity { best = (choices, score) }
    }
    return best?.choices
  }

  /// The slowest network that is not too slow: where the tolerance lies between two networks.
  ///
  /// The fastest of all is not too slow, or nothing would have been searched.
  private var slowest: [Int]? {
    problems.filter { $0.range.lowerBound <= wanted.upperBound }.map { problem in
      let scores = problem.latencies.byPlace.map { $0.map { _ in 0.0 } }
      let ends = knapsack(problem, scores) { $0.reversed() }
      return ends.first { problem.latencies.total(of: $0) <= wanted.upperBound } ?? problem.fastest
    }.max { latencies.total(of: $0) < latencies.total(of: $1) }
  }

  /// What is left to choose once the deciding places have candidates.
  private struct Problem {
    let latencies: CandidateLatencies
    /// Whether each place is there at all.
    let isThere: [Bool]
    /// What networks take.
    let range: ClosedRange<Double>

    init(_ latencies: CandidateLatencies, _ decision: [Int]) {
      self.latencies = latencies.given(decision)
      isThere = latencies.byPlace.indices.map { latencies.isThere($0, given: decision) }
      range = self.latencies.range
    }

    /// What each candidate adds to the logarithm of the network's probability.
    func scores(_ logarithms: [[Double]]) -> [[Double]] {
      zip(logarithms, isThere).map { list, isThere in isThere ? list : list.map { _ in 0 } }
    }

    /// What no network scores more than.
    func bound(_ scores: [[Double]]) -> Double {
      zip(scores, latencies.byPlace).reduce(0) { sum, place in
        sum + (zip(place.0, place.1).filter { $0.1 < .infinity }.map(\.0).max() ?? 0)
      }
    }

    /// The candidates that cost the least.
    var fastest: [Int] {
      latencies.byPlace.map { costs in costs.indices.min { costs[$0] < costs[$1] } ?? 0 }
    }
  }

  /// How many steps a network takes, and what it scores.
  private typealias End = (steps: Int, score: Double)

  /// The networks that score the most of those that take as many steps, solved place by place.
  ///
  /// - Parameters:
  ///   - problem: what is left to choose.
  ///   - scores: what each candidate of it adds.
  ///   - order: which of them come first, given those that take few steps first.
  /// - Returns: a candidate for each place, network by network; rounded steps add up to a few more or less than a
  ///   network has, so each has to be weighed once more.
  private func knapsack(
    _ problem: Problem, _ scores: [[Double]], order: ([End]) -> [End]
  ) -> some Sequence<[Int]> {
    let latencies = problem.latencies
    let most = min(wanted.upperBound, problem.range.upperBound)
    let width = max(most / Double(Self.stepCount), .leastNormalMagnitude)
    let last = Self.stepCount + latencies.byPlace.count
    func steps(_ latency: Double) -> Int {
      Int(max(0, min(Double(last + 1), (latency / width).rounded())))
    }
    let costs = latencies.byPlace.map { $0.map(steps) }
    // What the best network of the places so far scores, by the steps that it takes; and by which block.
    var sums = Array(repeating: -Double.infinity, count: last + 1)
    let start = steps(latencies.rest)
    if start <= last { sums[start] = 0 }
    var taken: [[Int]] = []
    for (list, costs) in zip(scores, costs) {
      var next = Array(repeating: -Double.infinity, count: last + 1)
      var blocks = Array(repeating: -1, count: last + 1)
      for (used, sum) in sums.enumerated() where sum > -.infinity {
        for (block, own) in list.enumerated() where used + costs[block] <= last {
          let total = used + costs[block]
          if sum + own > next[total] { (next[total], blocks[total]) = (sum + own, block) }
        }
      }
      sums = next
      taken.append(blocks)
    }
    let ends = sums.enumerated().filter { $0.element > -.infinity }.map {
      End($0.offset, $0.element)
    }
    return order(ends).lazy.map { trace(taken, from: $0.steps, costs: costs) }
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
