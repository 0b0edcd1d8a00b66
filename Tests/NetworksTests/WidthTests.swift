import Foundation
import Graphs
import Networks
import Tensors
import Testing

struct WidthTests {
  /// Every part has several widths, and the last stage can be left out.
  static let space: BlockNetworkConfiguration = {
    var space = BlockNetworkConfiguration(
      stem: [4, 8],
      stages: [
        .init(width: [8, 12], stride: Extent(1, 2), places: [[.skip, .residual]]),
        .init(width: 16, stride: Extent(2, 2), places: [[.fire(reduction: 4), .context]]),
        .init(width: [0, 16, 24], stride: Extent(2, 2), places: [[.shuffle, .skip]]),
      ],
      decoder: [[[.residual, .skip]], [], [[.context]]], head: [4, 6], headPlaces: [[.residual]])
    space.size = Extent(8, 32)
    return space
  }()

  @Test(arguments: [("32", [32]), ("[0, 16, 32]", [0, 16, 32])])
  func aWidthIsANumberOrAList(_ text: String, _ candidates: [Int]) throws {
    let width = try JSONDecoder().decode(Width.self, from: Data(text.utf8))
    #expect(width.candidates == candidates && width.greatest == 32)
    let written = try JSONEncoder().encode(width)
    #expect(try JSONDecoder().decode(Width.self, from: written) == width)
    #expect(written.contains(UInt8(ascii: "[")) == (candidates.count > 1))
  }

  @Test func widthsAreChosenBehindBlocks() {
    let space = Self.space
    #expect(space.partsToChoose == [.stem, .stage(0), .stage(2), .head])
    let chosen = space.choosing([1, 0, 0, 1, 0, 0, 0, 1, 2, 1])
    #expect(chosen.stem == 4 && chosen.head == 6)
    #expect(chosen.stages.map(\.width) == [12, 16, 24])
    #expect(abs(space.logarithmicSize - log10(16.0 * 24)) < 1e-9)
  }

  @Test func aStageWithoutChannelsIsLeftOutWithWhatIsBehindIt() throws {
    var space = Self.space
    let chosen = space.choosing([1, 0, 0, 1, 0, 0, 0, 1, 0, 1])
    #expect(chosen.stages.count == 2 && chosen.decoder == [[], [[.context]]])
    space.stages[1].width = [0, 16]
    let shorter = space.choosing([1, 0, 0, 1, 0, 0, 0, 1, 0, 2, 1])
    #expect(shorter.stages.count == 1 && shorter.decoder == [[[.context]]])
    #expect(try BlockNetwork.graph(shorter).value(named: "stage2_enter") == nil)
  }

  @Test(arguments: [[0, 0, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 1, 0, 0, 1, 0, 2, 1]])
  func aNetworkOfASpaceIsTheNetworkByItself(_ choices: [Int]) throws {
    let space = Self.space
    #expect(
      try BlockNetwork.graph(space, choosing: choices)
        == BlockNetwork.graph(space.choosing(choices)))
  }

  @Test func aNetworkWithoutAStageKeepsTheSpacesNames() throws {
    let choices = [1, 1, 1, 1, 0, 0, 1, 0, 0, 1]
    let named = try BlockNetwork.graph(Self.space, choosing: choices)
    let plain = try BlockNetwork.graph(Self.space.choosing(choices))
    #expect(named.parameters.map(\.type) == plain.parameters.map(\.type))
    #expect(named.value(named: "decoder1_fuse") == nil)
    #expect(named.value(named: "decoder2_fuse") != nil)
    #expect(plain.value(named: "decoder1_fuse") != nil)
  }

  @Test func theMixtureOfWidthsHasPartsOfTheWidestNetworksParameters() throws {
    let space = Self.space
    let widest = try BlockNetwork.graph(space.widest).parameters
    let shapes = Dictionary(uniqueKeysWithValues: widest.map { ($0.name, $0.type.shape) })
    let mixture = try BlockNetwork.graph(space)
    for node in mixture.parameters where !node.name.hasSuffix("width/architecture") {
      let whole = try #require(shapes[BlockNetwork.sharedName(of: node.name)], "\(node.name)")
      #expect(zip(node.type.shape.extents, whole.extents).allSatisfy { $0 <= $1 })
    }
    #expect(mixture.value(named: "stage1_enter@4@12/kernels") != nil)
    #expect(mixture.value(named: "stage3/width/architecture") != nil)
    #expect(BlockNetwork.sharedName(of: "a@4@12/b/c@3") == "a/b/c")
  }
}
