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
