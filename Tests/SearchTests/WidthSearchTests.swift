import Execution
import Graphs
import Kernels
import Networks
import Randomness
import Tensors
import TestSupport
import Testing

@testable import Search
@testable import Training

/// A space whose parts have several widths, and whose last stage can be left out.
private enum WideSpace {
  static let configuration: BlockNetworkConfiguration = {
    var space = BlockNetworkConfiguration(
      stem: [4, 8],
      stages: [
        .init(width: [8, 12], stride: Extent(1, 2), places: [[.skip, .residual, .shuffle]]),
        .init(
          width: [0, 16, 24], stride: Extent(2, 2), places: [[.fire(reduction: 4), .context]]),
        .init(width: 24, stride: Extent(2, 2), places: [[.skip, .residual]]),
      ],
      decoder: [[[.residual, .skip]], [[.residual, .skip]], []], head: [4, 6],
      headPlaces: [[.residual, .skip]])
    space.size = Extent(8, 32)
    space.keep = 1
    return space
  }()

  /// Every kind of block beside each other and in three widths, as for sensors of 16 beams.
  static let varied: BlockNetworkConfiguration = {
    let all: [Block] = [
      .skip, .residual, .fire(reduction: 4), .inverted(kernel: 3, expansion: 1),
      .inverted(kernel: 5, expansion: 3), .shift(expansion: 1), .shift(expansion: 3), .shuffle,
      .context, .attention(reduction: 8),
    ]
    var space = BlockNetworkConfiguration(
      stem: [4, 8, 16],
      stages: [
        .init(width: [8, 12, 16], stride: Extent(1, 2), places: [all, all]),
        .init(width: [16, 24, 32], stride: Extent(2, 2), places: [all, all]),
        .init(width: [24, 32, 48], stride: Extent(2, 2), places: [all, all, all]),
      ],
      decoder: [[all], [all], [all]], head: [4, 8, 16], headPlaces: [all])
    space.size = Extent(8, 32)
    return space
  }()

  /// Every unit of the space with a cost of its own.
  static func table(_ space: SearchSpace) throws -> LatencyTable {
    var entries: [String: LatencyTable.Entry] = [:]
    for choices in try space.measuredChoices() {
      for unit in try units(of: choices, in: space) where entries[unit.key] == nil {
        entries[unit.key] = .init(of: [1 + Double(entries.count * 37 % 101)])
      }
    }
    return LatencyTable(
      processor: "test", kernels: "portable", threads: 1, betweenUnits: 0.5, entries: entries)
  }

  static func units(of choices: [Int], in space: SearchSpace) throws -> [LatencyUnit] {
    try space.session(choices, backend: .portable, threadCount: 1).steps.map(\.unit)
  }

  static func latencies(_ space: SearchSpace) throws -> CandidateLatencies {
    try CandidateLatencies(of: space, by: table(space), backend: .portable)
  }
}

@Suite struct WidthLatencyTests {
  private let space = SearchSpace(WideSpace.configuration)

  @Test(arguments: Precision.allCases)
  func theSumOverTheTableIsWhatANetworksUnitsTake(_ precision: Precision) throws {
    let space = SearchSpace(WideSpace.configuration, precision: precision)
    let table = try WideSpace.table(space)
    let latencies = try CandidateLatencies(
      of: space, by: table, backend: .portable)
    for choices in space.randomChoices(count: 60, seed: 5) {
      let expected = try table.prediction(for: WideSpace.units(of: choices, in: space))
      let found = latencies.total(of: choices)
      // In bytes what passes from block to block depends on both.
      let tolerance = precision == .float32 ? 1e-9 : 0.2
      #expect(abs(found / expected - 1) < tolerance, "\(choices)")
    }
  }

  @Test func theExpectedLatencyIsTheMeanOverAllNetworks() throws {
    let latencies = try WideSpace.latencies(space)
    let counts = space.places.map(\.candidates.count)
    var architecture = Architecture(of: counts)
    for place in counts.indices {
      for candidate in 0..<counts[place] {
        architecture.logits[place][candidate] = Double(candidate * (place % 3)) - 0.4
      }
    }
    let shares = architecture.shares
    let all = counts.reduce([[Int]]([[]])) { all, count in
      all.flatMap { some in (0..<count).map { some + [$0] } }
    }
    let mean = all.reduce(0.0) { sum, choices in
      sum + zip(shares, choices).reduce(latencies.total(of: choices)) { $0 * $1.0[$1.1] }
    }
    #expect(abs(latencies.expected(shares) / mean - 1) < 1e-9)
    let linear = latencies.linear(at: shares)
    #expect(linear.terms.isEmpty && abs(linear.expected(shares) / mean - 1) < 1e-9)
    // The derivative by one share, with the others as they are.
    for place in counts.indices {
      var changed = shares
      changed[place][0] += 1e-3
      let slope = (latencies.expected(changed) - latencies.expected(shares)) / 1e-3
      #expect(abs(linear.byPlace[place][0] - slope) < 1e-6 * max(1, abs(slope)))
    }
  }

  @Test func theLeastAndTheMostAreThoseOfNetworks() throws {
    let latencies = try WideSpace.latencies(space)
    let totals = space.randomChoices(count: 30_000, seed: 9).map { latencies.total(of: $0) }
    let range = latencies.range
    #expect(totals.allSatisfy { range.contains($0) })
    #expect(totals.contains { $0 < range.lowerBound * 1.000001 })
    #expect(totals.contains { $0 > range.upperBound * 0.999999 })
  }

  @Test(arguments: [0.0, 0.05, 0.3, 0.6, 0.9], 1...3 as ClosedRange<UInt64>)
  func theMostProbableNetworkIsThatOfAllNetworks(_ position: Double, _ seed: UInt64) throws {
    let latencies = try WideSpace.latencies(space)
    var architecture = Architecture(of: space.places.map(\.candidates.count))
    var stream = RandomKey(seed: seed).stream
    for place in architecture.logits.indices {
      for candidate in architecture.logits[place].indices {
        architecture.logits[place][candidate] = 2 * Double(stream.uniform())
      }
      // What stands first is unlikely, so that it must not count where its stage is left out.
      architecture.logits[place][0] -= (1...4).contains(place) ? 3 : 0
    }
    let range = latencies.range
    let target = range.lowerBound + position * (range.upperBound - range.lowerBound)
    let found = try #require(
      try Derivation(architecture, latencies, target: target).networks(count: 1, seed: 1).first)
    func score(_ choices: [Int]) -> Double {
      let network = WideSpace.configuration.choosing(choices)
      let isShort = network.stages.count < 3
      // Of a network without its last stages, the blocks there say nothing.
      return zip(architecture.shares, choices).enumerated().reduce(1.0) { product, place in
        isShort && (1...4).contains(place.offset)
          ? product : product * place.element.0[place.element.1]
      }
    }
    let near = space.randomChoices(count: 4000, seed: 1).filter {
      abs(latencies.total(of: $0) / target - 1) <= Derivation.tolerance * 0.99
    }
    let best = near.map(score).max() ?? 0
    #expect(score(found) >= best * 0.999999)
    #expect(abs(latencies.total(of: found) / target - 1) <= Derivation.tolerance * 1.01)
  }

  @Test(arguments: Precision.allCases)
  func theUnitsThatAreMeasuredArePartsOfEveryNetwork(_ precision: Precision) throws {
    let space = SearchSpace(WideSpace.configuration, precision: precision)
    let known = Set(
      try space.measuredChoices().flatMap {
        try WideSpace.units(of: $0, in: space).map(\.key)
      })
    for choices in space.randomChoices(count: 60, seed: 2) {
      let keys = try WideSpace.units(of: choices, in: space).map(\.key)
      #expect(known.isSuperset(of: keys))
    }
  }

  @Test func theUnitsThatAreMeasuredArePartsOfVariedNetworksInBytes() throws {
    let space = SearchSpace(WideSpace.varied, precision: .int8)
    let keys = { (choices: [Int]) throws in
      let graph = try space.prepared(choices)
      return graph.values.compactMap { LatencyUnit($0, of: graph)?.key }
    }
    let known = Set(try space.measuredChoices().flatMap(keys))
    for choices in space.randomChoices(count: 300, seed: 2) {
      #expect(known.isSuperset(of: try keys(choices)), "\(space.names(of: choices))")
    }
  }

  @Test func aNetworksNamesTellItsWidths() {
    let names = space.names(of: [1, 0, 0, 0, 0, 1, 1, 1, 0, 0])
    #expect(names == ["stem:8", "stage1:12", "stage2:0", "head:4", "residual", "skip"])
  }
}

@Suite struct SlicedWeightsTests {
  @Test func aPartIsTheFirstElementsInEachDimension() {
    let whole = Tensor<Float>([2, 3, 4], (0..<24).map(Float.init))
    let part = whole.leading([2, 2, 3])
    #expect(part == Tensor([2, 2, 3], [0, 1, 2, 4, 5, 6, 12, 13, 14, 16, 17, 18]))
    #expect(whole.leading(whole.shape) == whole)
    var changed = whole
    changed.replaceLeading(with: Tensor([1, 2, 2], [-1, -2, -3, -4]))
    #expect(changed.leading([1, 2, 2]) == Tensor([1, 2, 2], [-1, -2, -3, -4]))
    #expect(changed[2] == 2 && changed[6] == 6 && changed[12] == 12 && changed[11] == 11)
  }

  /// With gates that are all 1 or 0, the mixture is the network that they choose.
  @Test(arguments: [
    [0, 0, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 1, 1, 1, 1, 2, 1],
    [2, 0, 0, 1, 0, 0, 1, 0, 2, 1], [1, 0, 1, 0, 0, 1, 0, 1, 0, 1],
    [1, 0, 1, 0, 1, 0, 1, 0, 0, 0],
  ])
  func aMixtureIsTheNetworkThatItsGatesChoose(_ choices: [Int]) throws {
    let space = SearchSpace(WideSpace.configuration)
    let shared = SharedWeights(
      try space.initialWeights(seed: 4), optimizer: OptimizerConfiguration())
    let batch = ImageBatch(size: WideSpace.configuration.size, count: 1)
    let counts = space.places.map(\.candidates.count)
    let whole = SuperNetwork(
      configuration: SearchConfiguration(), networks: space, images: batch,
      latencies: CandidateLatencies(byPlace: counts.map { (0..<$0).map { _ in 1 } }, rest: 0),
      backend: .portable, threadCount: 1)
    let noise = zip(counts, choices).map { count, choice in
      (0..<count).map { $0 == choice ? 1e4 : 0.0 }
    }
    let inputs = whole.architectureInputs(
      Architecture(of: counts), part: counts.map { Array(0..<$0) }, noise: noise, temperature: 1,
      weight: 0)
    let mixed = try scores(
      try space.mixture(of: counts.map { Array(0..<$0) }, for: batch), shared, inputs)
    let single = try scores(try space.network(choices, for: batch), shared, [:])
    #expect((0..<single.count).map { abs(mixed[$0] - single[$0]) }.max() ?? 1 < 1e-4)
    #expect(Set((0..<single.count).map { single[$0] }).count > 10)
  }

  private func scores(
    _ network: Graph, _ shared: SharedWeights, _ inputs: [String: Tensor<Float>]
  ) throws -> Tensor<Float> {
    let graph = try network.preparedForTraining()
    let session = try Session(
      graph, parameters: try shared.values(of: graph), backend: .portable, threadCount: 1)
    var stream = RandomKey(seed: 8).stream
    for input in graph.inputs {
      session.withUnsafeInput(input.name) { memory in
        if let given = inputs[input.name] {
          given.withUnsafeElements { _ = memory.update(fromContentsOf: $0) }
        } else if input.name == "features" {
          for index in memory.indices { memory[index] = stream.normal(0, 1) }
        } else {
          memory.update(repeating: 0.5)
        }
      }
    }
    session.compute()
    return session.output("scores")
  }
}

extension SearcherTests {
  /// The second stage takes as long as the block that helps; there is time for one of them.
  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func aStageThatDoesNotHelpIsLeftOut(_ seed: UInt64) throws {
    let folder = try TemporaryFolder()
    var configuration = FarEcho.configuration(seed: seed)
    configuration.space = FarEcho.spaceOfStages
    let latencies = CandidateLatencies(byPlace: [[0, 1], [0, 1]], rest: 1)
    let searcher = try FarEcho.searcher(
      configuration, folder: folder.path("run"), latencies: latencies)
    let outcome = try searcher.run(report: { _ in }, shouldStop: { false })
    #expect(outcome.isDone)
    let best = try Derivation(outcome.architecture, latencies, target: 2).networks(
      count: 1, seed: 1)
    #expect(best == [[1, 0]], "\(outcome.architecture.shares)")
  }
}
