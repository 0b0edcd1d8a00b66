import Graphs
import Networks
import Search

/// A space of few and small networks.
enum SmallSpace {
  static let configuration: BlockNetworkConfiguration = {
    var space = BlockNetworkConfiguration(
      stem: 8,
      stages: [
        .init(
          width: 16, stride: Extent(1, 2),
          places: [[.skip, .residual, .shift(expansion: 2), .inverted(kernel: 3, expansion: 3)]]),
        .init(
          width: 24, stride: Extent(2, 2), places: [[.fire(reduction: 4), .context, .shuffle]]),
      ],
      decoder: [[[.skip, .attention(reduction: 4)]], []], head: 8, headPlaces: [[.residual, .skip]])
    space.size = Extent(8, 64)
    return space
  }()
}
