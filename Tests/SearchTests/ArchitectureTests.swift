import Execution
import Foundation
import Graphs
import Kernels
import Networks
import Randomness
import Tensors
import Testing
import Training

@testable import Search

@Suite struct ArchitectureTests {
  @Test func sharesAreASoftmaxAndEntropyTellsHowUndecidedTheyAre() {
    var architecture = Architecture(of: [2, 4, 1])
    #expect(architecture.shares == [[0.5, 0.5], [0.25, 0.25, 0.25, 0.25], [1]])
    #expect(abs(architecture.entropy - 1) < 1e-12)
    architecture.logits[0] = [50, 0]
    architecture.logits[1] = [0, 0, 60, 0]
    #expect(architecture.entropy < 1e-10)
    #expect(abs(architecture.shares[1][2] - 1) < 1e-12)
  }

  @Test func blocksAreDrawnByTheirSharesWithoutRepetition() {
    var architecture = Architecture(of: [3])
    architecture.logits = [[log(0.7), log(0.2), log(0.1)]]
    var counts = [0, 0, 0]
    for draw in 0..<4000 {
      let key = RandomKey(seed: UInt64(draw))
      counts[architecture.drawnBlocks(count: 1, key: key)[0][0]] += 1
      let two = architecture.drawnBlocks(count: 2, key: key)[0]
      #expect(two.count == 2 && two == two.sorted() && Set(two).count == 2)
    }
    for (count, share) in zip(counts, [0.7, 0.2, 0.1]) {
      #expect(abs(Double(count) / 4000 - share) < 0.03)
    }
  }

  @Test func theNetworksExpectedLatencyIsTheSumOverTheTable() throws {
    var space = SmallSpace.configuration
    space.keep = 1
    let counts = space.places.map(\.candidates.count)
    let latencies = CandidateLatencies(
      byPlace: counts.enumerated().map { place, count in
        (0..<count).map { Double(1 + place + 3 * $0) }
      }, rest: 2.5)
    var architecture = Architecture(of: counts)
    for place in counts.indices {
      for block in 0..<counts[place] { architecture.logits[place][block] = Double(block) - 0.3 }
    }
    let whole = SuperNetwork(
      configuration: SearchConfiguration(), networks: SearchSpace(space),
      images: ImageBatch(size: space.size, count: space.batch), latencies: latencies,
      backend: .portable, threadCount: 1)
    var parameters = WeightInitialization.weights(
      for: try BlockNetwork.graph(space), seed: 1)
    for (place, logits) in zip(space.places, architecture.logits) {
      parameters["\(place.name)/architecture"] = Tensor([logits.count], logits.map { Float($0) })
    }
    let part = counts.map { Array(0..<$0) }
    let inputs = whole.architectureInputs(
      architecture, part: part, noise: counts.map { Array(repeating: 0, count: $0) },
      temperature: 1, weight: 0)
    let graph = try BlockNetwork.graph(space).preparedForTraining()
    let session = try Session(
      graph, parameters: parameters, backend: .portable, threadCount: 1)
    for (name, tensor) in inputs where graph.inputs.contains(where: { $0.name == name }) {
      session.withUnsafeInput(name) { memory in
        tensor.withUnsafeElements { _ = memory.update(fromContentsOf: $0) }
      }
    }
    session.compute()
    let found = Double(session.output("latency")[0])
    #expect(abs(found - latencies.expected(architecture.shares)) < 1e-4)
  }

  @Test func blocksThatTakeNoPartHaveNoGate() throws {
    let space = SmallSpace.configuration
    let part = space.places.map { _ in [0, 1] }
    let graph = try BlockNetwork.graph(space, taking: part)
    #expect(graph.value(named: "stage1_1/inverted-k3-e3") == nil)
    #expect(graph.value(named: "stage1_1/residual/gated") != nil)
  }
}

@Suite struct DerivationTests {
  private let latencies = CandidateLatencies(
    byPlace: [[0, 1, 2], [0, 1, 2], [0, 1, 2]], rest: 4)

  @Test func theMostProbableNetworkNearTheTargetIsTaken() throws {
    var architecture = Architecture(of: [3, 3, 3])
    // By itself each place would take its slowest block: 10 in all.
    architecture.logits = [[0, 1, 2], [0, 1, 3], [0, 1, 4]]
    func networks(_ target: Double) throws -> [[Int]] {
      try Derivation(architecture, latencies, target: target).networks(count: 1, seed: 1)
    }
    #expect(try networks(0) == [[2, 2, 2]])
    #expect(try networks(10) == [[2, 2, 2]])
    // 8: the place that cares least gives up its block.
    #expect(try networks(8) == [[0, 2, 2]])
    #expect(try networks(6) == [[0, 0, 2]])
    #expect(try networks(4) == [[0, 0, 0]])
  }

  @Test func severalNetworksDifferAndAllAreNearTheTarget() throws {
    let derivation = try Derivation(Architecture(of: [3, 3, 3]), latencies, target: 7)
    let networks = derivation.networks(count: 5, seed: 1)
    #expect(networks.count == 5 && Set(networks).count == 5)
    for network in networks { #expect(abs(latencies.total(of: network) / 7 - 1) <= 0.05) }
    #expect(derivation.networks(count: 5, seed: 1) == networks)
  }

  @Test func theFastestNetworkIsFoundAtTheLeastTargetThatIsTaken() throws {
    // Costs of no whole number of steps, so that rounding up would leave nothing.
    let latencies = CandidateLatencies(
      byPlace: Array(repeating: [0.30007, 0.7], count: 12), rest: 0.4001)
    let least = latencies.total(of: Array(repeating: 0, count: 12))
    let target = least / (1 + Derivation.tolerance) * (1 + 1e-9)
    let networks = try Derivation(
      Architecture(of: Array(repeating: 2, count: 12)), latencies, target: target
    ).networks(count: 3, seed: 1)
    #expect(networks == [Array(repeating: 0, count: 12)])
  }

  @Test func manyWidthsAreDerivedFromInAMoment() throws {
    // Ten parts of two widths each decide what twelve places cost.
    var places = Array(repeating: [0.0, 0, 0], count: 12)
    places += Array(repeating: [0.0, 0], count: 10)
    let terms = (0..<12).map { place in
      var costs: [[Int]: Double] = [:]
      for block in 0..<3 {
        for width in 0..<2 { costs[[block, width]] = 0.1 * Double((1 + block) * (1 + width)) }
      }
      return CandidateLatencies.Term(places: [place, 12 + place % 10], costs: costs)
    }
    let latencies = CandidateLatencies(
      byPlace: places, terms: terms, deciding: Array(12..<22), rest: 0.5)
    var architecture = Architecture(of: places.map(\.count))
    for place in 0..<12 { architecture.logits[place] = [0, 0.5, 0.2 * Double(place)] }
    let start = ContinuousClock.now
    let networks = try Derivation(architecture, latencies, target: 4).networks(count: 4, seed: 1)
    #expect(networks.count == 4 && Set(networks).count == 4)
    for network in networks { #expect(abs(latencies.total(of: network) / 4 - 1) <= 0.05 + 1e-9) }
    #expect(ContinuousClock.now - start < .seconds(30))
  }

  @Test func aBlockThatCostsLessThanNothingIsNoTrap() throws {
    // Where what passes between two computations was measured below 0.
    let latencies = CandidateLatencies(byPlace: [[-0.02, 1], [0.5, 1e30]], rest: -0.01)
    let networks = try Derivation(Architecture(of: [2, 2]), latencies, target: 0.5).networks(
      count: 1, seed: 1)
    #expect(networks == [[0, 0]])
  }

  @Test(arguments: [3.0, 11])
  func aLatencyThatNoNetworkReachesIsRefusedWithTheFastestAndTheSlowest(_ target: Double) throws {
    let error = #expect(throws: SearchError.self) {
      _ = try Derivation(Architecture(of: [3, 3, 3]), latencies, target: target)
    }
    #expect(error?.code == .unreachable)
    #expect(error?.message.contains("is 4,") == true && error?.message.contains("most 10") == true)
  }

  @Test func randomNetworksAreNearTheTarget() throws {
    let space = SearchSpace(SmallSpace.configuration)
    let latencies = CandidateLatencies(
      byPlace: space.places.map { $0.candidates.indices.map(Double.init) }, rest: 1)
    let found = space.randomChoices(count: 6, near: 4, by: latencies, seed: 1)
    #expect(found.count == 6)
    for network in found { #expect(abs(latencies.total(of: network) - 4) <= 0.2) }
    #expect(space.randomChoices(count: 3, near: 400, by: latencies, seed: 1).isEmpty)
    // All networks, each once.
    let all = space.randomChoices(count: 1000, near: 0, by: latencies, seed: 1)
    #expect(all.count == 48 && Set(all).count == 48)
  }
}

@Suite struct SearchConfigurationTests {
  @Test func aPlaceWithOneBlockTwiceIsNamed() {
    var configuration = SearchConfiguration()
    configuration.space.headPlaces = [[.skip, .skip]]
    let error = #expect(throws: SearchError.self) { try configuration.validateSpace() }
    #expect(error?.message.contains("head_1") == true)
  }

  @Test(arguments: ["", "../out", "a/b", "random"])
  func aNameThatNoFolderOfANetworkCanHaveIsRefused(_ name: String) {
    var configuration = SearchConfiguration()
    configuration.name = name
    configuration.latency.target = 3
    let error = #expect(throws: SearchError.self) { try configuration.validate() }
    #expect(error?.message.contains("\"\(name)\"") == true)
  }

  @Test func moreWidthsThanCanBeDerivedFromAreRefused() {
    var configuration = SearchConfiguration()
    let widths = Array(1...60)
    configuration.space.stem = .init(widths)
    configuration.space.head = .init(widths)
    configuration.space.stages[0].width = .init(widths)
    let error = #expect(throws: SearchError.self) { try configuration.validateSpace() }
    #expect(error?.message.contains("combine in 216000 ways") == true)
  }

  @Test func aSearchWithoutATargetIsRefused() {
    let error = #expect(throws: SearchError.self) { try SearchConfiguration().validate() }
    #expect(error?.remedy.contains("--target-ms") == true)
  }

  @Test func theTemperatureFallsFromTheFirstToTheLast() {
    var schedule = SearchSchedule()
    (schedule.steps, schedule.warmupSteps) = (110, 10)
    schedule.temperatures = [5, 0.5]
    #expect(schedule.temperature(ofStep: 0) == 5 && schedule.temperature(ofStep: 10) == 5)
    #expect(abs(schedule.temperature(ofStep: 60) - (5 * 0.5).squareRoot()) < 1e-12)
    #expect(abs(schedule.temperature(ofStep: 110) - 0.5) < 1e-12)
  }
}
