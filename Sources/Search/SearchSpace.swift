public import Execution
public import Graphs
public import Kernels
public import Networks
import Randomness
import Tensors

/// The networks that a search chooses from, for images of one size.
public struct SearchSpace: Sendable {
  /// What can stand where.
  public let configuration: BlockNetworkConfiguration
  /// What images are stored as.
  public let precision: Precision

  /// A space; see the properties.
  public init(_ configuration: BlockNetworkConfiguration, precision: Precision = .float32) {
    (self.configuration, self.precision) = (configuration, precision)
  }

  /// The network of some choices, prepared as it will run.
  public func prepared(_ choices: [Int]) throws(GraphError) -> Graph {
    try prepared(BlockNetwork.graph(configuration, choosing: choices))
  }

  /// A network, prepared as it will run.
  ///
  /// In bytes the ranges of images are made up: they change no network's speed.
  public func prepared(_ network: Graph) throws(GraphError) -> Graph {
    let graph = try network.optimizedForInference()
    guard precision == .int8 else { return graph }
    let names = graph.values.map { graph[$0].name }
    return try graph.quantized(Dictionary(uniqueKeysWithValues: names.map { ($0, -1...1) }))
  }

  /// What stands at each place of the network of some choices, and how wide its parts are where that was chosen.
  public func names(of choices: [Int]) -> [String] {
    let network = configuration.choosing(choices)
    let widths = configuration.partsToChoose.map { part in
      let isThere = network.parts.contains(part)
      return "\(part.name):\(isThere ? network[part].greatest : 0)"
    }
    return widths + network.places.map { $0.candidates[0].rawValue }
  }

  /// The network of some choices, ready to run with weights of zero.
  public func session(
    _ choices: [Int], backend: Backend, threadCount: Int
  ) throws -> Session {
    try Session(
      try prepared(choices), parameters: try emptyWeights(of: choices), backend: backend,
      threadCount: threadCount)
  }

  /// Weights of zero for the network of some choices.
  public func emptyWeights(of choices: [Int]) throws(GraphError) -> ParameterValues {
    let trained = try BlockNetwork.graph(configuration, choosing: choices)
    return Dictionary(
      uniqueKeysWithValues: trained.parameters.map { ($0.name, Tensor<Float>($0.type.shape)) })
  }

  /// Networks that have every computation of the space.
  ///
  /// In bytes, what a computation reads and writes depends on the blocks before and behind it, and on their
  /// widths; so every two candidates meet at every two places, with every two widths of every two parts, and of
  /// these networks those are taken that have something new.
  ///
  /// - Throws: `GraphError` where the configuration's sizes do not fit each other.
  public func measuredChoices() throws(GraphError) -> [[Int]] {
    var known: Set<String> = []
    var found: [[Int]] = []
    let first = coveringChoices(randomCount: 8, seed: 1)
    let covering = choicesCovering(placesDecidingTogether)
    let more = pairedChoices + covering + randomChoices(count: 100, seed: 3)
    for (number, choices) in (first + more).enumerated() {
      let graph = try prepared(choices)
      let keys = graph.values.compactMap { LatencyUnit($0, of: graph)?.key }
      guard number < first.count || !known.isSuperset(of: keys) else { continue }
      known.formUnion(keys)
      found.append(choices)
    }
    return found
  }

  /// Every two blocks at every two places, in bytes with every two widths.
  private var pairedChoices: [[Int]] {
    let counts = places.map(\.candidates.count)
    let blockCount = configuration.places.count
    guard precision == .int8 else { return Self.pairs(of: counts) }
    let widths = Self.pairs(of: Array(counts[blockCount...]))
    return Self.pairs(of: Array(counts[..<blockCount])).flatMap { blocks in
      widths.map { blocks + $0 }
    }
  }

  /// Choices by which any two candidates meet at any two of some places: the position at a place is the sum of
  /// a number and of as many times another as there are places before it, by a prime's remainder.
  private static func pairs(of counts: [Int]) -> [[Int]] {
    guard !counts.isEmpty else { return [[]] }
    let most = max(2, counts.count, counts.max() ?? 0)
    let prime = (most...).first { number in
      !(2..<number).contains { number.isMultiple(of: $0) }
    }
    guard let prime else { return [] }
    return (0..<prime * prime).map { number in
      counts.enumerated().map { index, count in
        (number / prime + index * (number % prime)) % prime % count
      }
    }
  }

  /// Choices by which every candidate is at every place that it can be at, and some random ones beside.
  ///
  /// - Parameters:
  ///   - randomCount: how many random networks follow those that have every block once.
  ///   - seed: other seeds draw others.
  /// - Returns: positions in each place's list, network by network.
  public func coveringChoices(randomCount: Int, seed: UInt64) -> [[Int]] {
    let most = places.map(\.candidates.count).max() ?? 0
    let diagonal = (0..<most).map { index in
      places.map { min(index, $0.candidates.count - 1) }
    }
    return diagonal + randomChoices(count: randomCount, seed: seed)
  }

  /// Networks drawn evenly from the space.
  public func randomChoices(count: Int, seed: UInt64) -> [[Int]] {
    var stream = RandomKey(seed: seed).key(purpose: Purpose.choices).stream
    return (0..<count).map { _ in
      places.map { stream.integer(0...$0.candidates.count - 1) }
    }
  }
}

/// What random numbers of this module are for.
enum Purpose {
  static let choices: UInt64 = 1
  static let gumbel: UInt64 = 2
  static let paths: UInt64 = 3
  static let derivation: UInt64 = 4
  static let exploration: UInt64 = 5
}
