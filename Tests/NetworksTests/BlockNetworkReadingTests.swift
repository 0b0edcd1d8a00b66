import Graphs
import Networks
import Tensors
import TestSupport
import Testing

/// Configurations that are read off the graphs they made.
struct BlockNetworkReadingTests {
  /// A network of the default space, in a size and widths of its own.
  private static func network(seed: UInt64) -> BlockNetworkConfiguration {
    var numbers = SeededNumbers(seed: seed)
    var network = BlockNetworkConfiguration.space
    network = network.choosing(
      network.places.map { Int.random(in: 0..<$0.candidates.count, using: &numbers) })
    network.size = Extent(
      4 * Int.random(in: 1...4, using: &numbers), 16 * Int.random(in: 1...5, using: &numbers))
    network.batch = Int.random(in: 1...3, using: &numbers)
    network.inputChannels = Int.random(in: 4...6, using: &numbers)
    network.classCount = Int.random(in: 2...20, using: &numbers)
    network.stem = Width(Int.random(in: 2...20, using: &numbers))
    network.head = Width(Int.random(in: 2...20, using: &numbers))
    for index in network.stages.indices {
      network.stages[index].width = Width(Int.random(in: 8...40, using: &numbers))
    }
    network.keep = Double.random(in: 0.1...1, using: &numbers)
    network.order = LayerOrder.allCases[Int.random(in: 0...1, using: &numbers)]
    return network
  }

  /// A block that is no more than its input leaves nothing behind where no other follows it.
  private static func withoutSkipsAtEnds(
    _ network: BlockNetworkConfiguration
  ) -> BlockNetworkConfiguration {
    func short(_ places: [[Block]]) -> [[Block]] {
      Array(places.reversed().drop { $0 == [.skip] }.reversed())
    }
    var network = network
    for index in network.stages.indices {
      network.stages[index].places = short(network.stages[index].places)
    }
    network.decoder = network.decoder.map(short)
    network.headPlaces = short(network.headPlaces)
    return network
  }

  @Test(arguments: 1...60)
  func aNetworkTellsItsConfiguration(_ seed: Int) throws {
    let network = Self.network(seed: UInt64(seed))
    let graph = try BlockNetwork.graph(network)
    let found = try BlockNetworkConfiguration(of: graph)
    #expect(found == Self.withoutSkipsAtEnds(network))
    #expect(try BlockNetwork.graph(found) == graph)
  }

  @Test func skipsInBetweenAreKnownByTheNumbersAfterThem() throws {
    var network = BlockNetworkConfiguration(
      stem: 4,
      stages: [.init(width: 6, stride: Extent(1, 2), places: [[.skip], [.residual], [.skip]])],
      decoder: [[[.skip]]], head: 4, headPlaces: [[.skip], [.skip], [.shuffle]])
    network.size = Extent(4, 16)
    let found = try BlockNetworkConfiguration(of: BlockNetwork.graph(network))
    #expect(found.stages[0].places == [[.skip], [.residual]])
    #expect(found.decoder == [[]] && found.headPlaces == [[.skip], [.skip], [.shuffle]])
  }

  @Test func whatIsNoNetworkOfBlocksIsRefusedByANode() throws {
    let network = Self.network(seed: 1)
    let graph = try BlockNetwork.graph(network)
    var others: [Graph] = [
      Graph(), try SqueezeSeg.graph(.squeezeSegV2), try BlockNetwork.graph(.space),
      try graph.optimizedForInference(),
    ]
    // One node more than there should be, and one output less.
    var longer = graph
    let scores = try #require(longer.value(named: "scores"))
    _ = try longer.apply(.activation(.relu), to: [scores], name: "more")
    others.append(longer)
    for other in others {
      let error = #expect(throws: GraphError.self) { try BlockNetworkConfiguration(of: other) }
      #expect(error?.code == .malformed && error?.node.isEmpty == false)
      #expect(error.map { $0.message.contains($0.node) } == true)
    }
  }

  @Test func anotherActivationIsNoticed() throws {
    var network = Self.network(seed: 2)
    network.order = .normalizationThenActivation
    let graph = try BlockNetwork.graph(network)
    var changed = Graph()
    for node in graph.nodes {
      switch node.source {
      case .input: _ = try changed.input(node.name, node.type)
      case .parameter(let role): _ = try changed.parameter(node.name, node.type.shape, role)
      case .operation(.activation, let operands) where node.name == "head_skip":
        _ = try changed.apply(.activation(.sigmoid), to: operands, name: node.name)
      case .operation(let operation, let operands):
        _ = try changed.apply(operation, to: operands, name: node.name)
      }
    }
    try changed.output("scores", #require(changed.value(named: "scores")))
    let error = #expect(throws: GraphError.self) { try BlockNetworkConfiguration(of: changed) }
    #expect(error?.node == "head_skip")
  }

  @Test func placesThatAreFarTooManyAreRefused() throws {
    var graph = try BlockNetwork.graph(Self.network(seed: 3))
    _ = try graph.parameter("head_1000000000/residual/3x3/kernels", [1])
    let error = #expect(throws: GraphError.self) { try BlockNetworkConfiguration(of: graph) }
    #expect(error?.node == "head_1000000000")
  }
}
