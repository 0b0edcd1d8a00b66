import Graphs

extension BlockNetworkConfiguration {
  /// A small network to start from: three stages, the last two at half and a quarter of the rows.
  public static let compact = BlockNetworkConfiguration(
    stem: 16,
    stages: [
      Stage(width: 32, stride: Extent(1, 2), places: one([.fire(reduction: 4), .context])),
      Stage(width: 64, stride: Extent(2, 2), places: one([.residual, .context])),
      Stage(width: 96, stride: Extent(2, 2), places: one([.residual, .residual, .context])),
    ],
    decoder: [one([.residual]), one([.residual]), []], head: 16, headPlaces: one([.residual]))

  private static func one(_ blocks: [Block]) -> [[Block]] { blocks.map { [$0] } }
}

extension BlockNetworkConfiguration {
  /// Networks of the size of `compact`, any block at almost any place.
  public static let space: BlockNetworkConfiguration = {
    let light: [Block] = [
      .skip, .residual, .fire(reduction: 4), .inverted(kernel: 3, expansion: 1),
      .shift(expansion: 1),
      .shuffle, .context, .attention(reduction: 8),
    ]
    let all =
      light + [
        .inverted(kernel: 3, expansion: 3), .inverted(kernel: 5, expansion: 3),
        .inverted(kernel: 3, expansion: 6), .shift(expansion: 3),
      ]
    return BlockNetworkConfiguration(
      stem: 16,
      stages: [
        Stage(width: 32, stride: Extent(1, 2), places: [all, all]),
        Stage(width: 64, stride: Extent(2, 2), places: [all, all, all]),
        Stage(width: 96, stride: Extent(2, 2), places: [all, all, all]),
      ],
      decoder: [[all], [all], [light]], head: 16, headPlaces: [light])
  }()
}
