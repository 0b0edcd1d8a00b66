public import Graphs

/// Networks whose places hold one block each, or several that a search chooses from.
///
/// An encoder of stages, each at a smaller size, and a decoder that comes back to the full size by
/// transposed convolutions and adds what the encoder had at each size. Inputs and output are those of
/// `SqueezeSeg`.
///
/// Where a place lists several blocks, it is the sum of all of them, each times its gate: the Gumbel-softmax of
/// the place's architecture parameters (Wu et al., arXiv 1812.03443, eq. 4 to 6). For a place `P` with K
/// blocks the graph has a parameter `P/architecture` `[K]`; inputs `P/noise` `[K]` (Gumbel noise),
/// `P/mask` `[K]` (0, or a very negative number for blocks that shall not take part), `P/latency` `[K]`, and one
/// input `inverse_temperature` `[1]`; and the output `latency` `[1]`, the sum of the
/// latencies by the shares that the blocks have without the mask, to which the input `latency_rest` `[1]` is
/// added.
///
/// Where a part has several widths, its images are there in all of them, each with blocks of its own, and what
/// leads from one part to the next is the sum over the widths of the first, each times its gate; the place is called
/// `stage1/width`. What belongs to some widths has them in its name, as `stage2_enter@24@48`; `sharedName(of:)` says
/// whose weights it has the first ones of. Where a stage can be left out, its gates are all that it and
/// what is behind it count for.
public enum BlockNetwork {
  /// The graph as it is trained; `optimizedForInference()` gives the one to run.
  ///
  /// - Throws: `GraphError` where the configuration's sizes do not fit each other.
  public static func graph(
    _ configuration: BlockNetworkConfiguration
  ) throws(GraphError) -> Graph {
    let places = configuration.places.map { Array($0.candidates.indices) }
    let widths = configuration.partsToChoose.map {
      Array(configuration[$0].candidates.indices)
    }
    return try graph(configuration, taking: places + widths)
  }

  /// The graph of a part of a space: only the candidates at the given positions of each place's list, and then
  /// of each width's, take part; the architecture parameters are those of the whole space.
  public static func graph(
    _ configuration: BlockNetworkConfiguration, taking part: [[Int]]
  ) throws(GraphError) -> Graph {
    try BlockNetworkConstruction(configuration, taking: part, isMixture: true).graph()
  }

  /// The graph of one network of a space: the candidate at a position of each place's list, and then of each
  /// width's.
  ///
  /// Its nodes and parameters are called as the space's, whatever it leaves out.
  public static func graph(
    _ configuration: BlockNetworkConfiguration, choosing choices: [Int]
  ) throws(GraphError) -> Graph {
    try BlockNetworkConstruction(
      configuration, taking: choices.map { [$0] }, isMixture: false
    ).graph()
  }

  /// The parameter of which another one, of some widths, has the first elements in each dimension.
  public static func sharedName(of parameter: String) -> String {
    guard parameter.contains("@") else { return parameter }
    return parameter.split(separator: "/", omittingEmptySubsequences: false)
      .map { $0.prefix { $0 != "@" } }.joined(separator: "/")
  }
}
