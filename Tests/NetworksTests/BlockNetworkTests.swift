import Graphs
import Networks
import Tensors
import Testing

struct BlockNetworkTests {
  /// Every block once, and places where several can stand.
  static let space: BlockNetworkConfiguration = {
    let blocks: [Block] = [
      .skip, .fire(reduction: 4), .residual, .inverted(kernel: 3, expansion: 3),
      .shift(expansion: 2),
      .shuffle, .context, .attention(reduction: 4),
    ]
    var space = BlockNetworkConfiguration(
      stem: 6,
      stages: [
        .init(width: 8, stride: Extent(1, 2), places: [blocks, [.residual]]),
        .init(width: 10, stride: Extent(2, 2), places: [blocks]),
      ],
      decoder: [[blocks], [[.skip, .residual]]], head: 5, headPlaces: [[.skip, .context]])
    space.size = Extent(6, 32)
    return space
  }()

  @Test(arguments: 0..<8)
  func everyBlockKeepsItsPlacesShape(_ index: Int) throws {
    let space = Self.space
    let choices = space.places.map { min(index, $0.candidates.count - 1) }
    let graph = try BlockNetwork.graph(space.choosing(choices))
    let scores = try #require(graph.outputs.first { $0.name == "scores" })
    #expect(graph[scores.value].type.shape == [1, 6, 32, 4])
    #expect(!graph.parameters.contains { $0.name.hasSuffix("architecture") })
  }

  @Test func theSuperNetworkHasTheParametersOfAllNetworks() throws {
    let space = Self.space
    let all = Set(try BlockNetwork.graph(space).parameters.map { "\($0.name) \($0.type)" })
    for index in 0..<8 {
      let choices = space.places.map { min(index, $0.candidates.count - 1) }
      let one = try BlockNetwork.graph(space.choosing(choices)).parameters
      #expect(all.isSuperset(of: one.map { "\($0.name) \($0.type)" }))
    }
  }

  @Test func aPartOfASpaceHasTheWholeArchitecture() throws {
    let space = Self.space
    let part = space.places.map { [0, $0.candidates.count - 1] }
    let graph = try BlockNetwork.graph(space, taking: part)
    let architecture = graph.parameters.filter { $0.name.hasSuffix("/architecture") }
    #expect(architecture.map(\.type.shape) == [[8], [8], [8], [2], [2]])
    #expect(graph.inputs.contains { $0.name == "inverse_temperature" })
    #expect(graph.outputs.map(\.name) == ["scores", "latency"])
  }

  @Test(arguments: [
    "skip", "fire-4", "residual", "inverted-k5-e6", "shift-e3", "shuffle", "context",
    "attention-16",
  ])
  func aBlocksNameIsReadBack(_ name: String) {
    #expect(Block(rawValue: name)?.rawValue == name)
  }

  @Test(arguments: ["", "fire", "fire-0", "fire-x", "inverted-k3", "inverted-e3-k3", "skip-1", "-"])
  func whatIsNoBlockIsRefused(_ name: String) {
    #expect(Block(rawValue: name) == nil)
  }

  @Test func theSpacesSizeIsTheProductOfItsPlaces() {
    #expect(abs(Self.space.logarithmicSize - 3.311) < 0.01)
  }

  @Test func aShiftIsReadByTheProjectionBehindIt() throws {
    let space = Self.space
    let choices = space.places.map { min(4, $0.candidates.count - 1) }
    let graph = try BlockNetwork.graph(space.choosing(choices)).optimizedForInference()
    #expect(!graph.description.contains(" = shift["))
    #expect(graph.description.contains("1x1, shift, adjacentFive"))
  }
}
