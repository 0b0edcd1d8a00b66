public import Graphs
import Tensors

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
public enum BlockNetwork {
  /// The graph as it is trained; `optimizedForInference()` gives the one to run.
  ///
  /// - Throws: `GraphError` where the configuration's sizes do not fit each other.
  public static func graph(
    _ configuration: BlockNetworkConfiguration
  ) throws(GraphError) -> Graph {
    try graph(configuration, taking: configuration.places.map { Array($0.candidates.indices) })
  }

  /// The graph of a part of a space: only the blocks at the given positions of each place's list take part,
  /// the architecture parameters are those of the whole space.
  public static func graph(
    _ configuration: BlockNetworkConfiguration, taking part: [[Int]]
  ) throws(GraphError) -> Graph {
    var network = NetworkUnderConstruction(configuration, part)
    let features = try network.features()
    let decoded = try network.encodeAndDecode(features)
    try network.classify(decoded)
    try network.gates.finish(in: &network.builder)
    return network.builder.graph
  }
}

private struct NetworkUnderConstruction {
  let configuration: BlockNetworkConfiguration
  var builder: NetworkBuilder
  private var rest: ArraySlice<(place: BlockNetworkConfiguration.Place, part: [Int])>
  var gates = ChoiceGates()

  init(_ configuration: BlockNetworkConfiguration, _ part: [[Int]]) {
    self.configuration = configuration
    builder = NetworkBuilder(order: configuration.order)
    rest = zip(configuration.places, part).map { (place: $0, part: $1) }[...]
  }

  mutating func features() throws(GraphError) -> Graph.Value {
    let size = configuration.size
    let shape: TensorShape = [
      configuration.batch, size.height, size.width, configuration.inputChannels,
    ]
    return try builder.input("features", shape)
  }

  /// Each stage is smaller than the one before; the way back adds what was there at each size.
  mutating func encodeAndDecode(_ features: Graph.Value) throws(GraphError) -> Graph.Value {
    var value = try builder.convolutionLayer(
      "stem", features, channels: configuration.stem, kernel: Extent(3, 3), stride: Extent(1, 2))
    var skips: [(value: Graph.Value, stride: Extent)] = [
      (
        try builder.convolutionLayer(
          "head_skip", features, channels: configuration.head, kernel: .one), Extent(1, 2)
      )
    ]
    for (index, stage) in configuration.stages.enumerated() {
      skips.append((value, stage.stride))
      value = try reduce("stage\(index + 1)", value, stage)
      for _ in stage.places { value = try place(value) }
    }
    for (index, places) in configuration.decoder.enumerated() {
      guard let skip = skips.popLast() else { break }
      value = try enlarge("decoder\(index + 1)", value, to: skip)
      for _ in places { value = try place(value) }
    }
    guard let skip = skips.popLast() else { return value }
    return try enlarge("head", value, to: skip)
  }

  /// The greatest values of each window, then 1x1.
  private mutating func reduce(
    _ name: String, _ input: Graph.Value, _ stage: BlockNetworkConfiguration.Stage
  ) throws(GraphError) -> Graph.Value {
    let pooled = try builder.apply(
      .maxPooling(MaxPooling(kernel: Extent(3, 3), stride: stage.stride)), to: [input],
      name: "\(name)_pool")
    return try builder.convolutionLayer(
      "\(name)_enter", pooled, channels: stage.width, kernel: .one)
  }

  /// A transposed convolution to the channels of what is added: four columns or two rows wide, as the authors'.
  private mutating func enlarge(
    _ name: String, _ input: Graph.Value, to skip: (value: Graph.Value, stride: Extent)
  ) throws(GraphError) -> Graph.Value {
    let (inputs, outputs) = (builder.channels(input), builder.channels(skip.value))
    let kernel = Extent(skip.stride.height, 2 * skip.stride.width)
    let weights = try builder.parameter(
      "\(name)_enlarge/deconv/kernels", [kernel.height, kernel.width, inputs, outputs])
    let bias = try builder.parameter("\(name)_enlarge/deconv/biases", [outputs])
    let wide = try builder.apply(
      .transposedConvolution(TransposedConvolution(kernel: kernel, stride: skip.stride)),
      to: [input, weights, bias], name: "\(name)_enlarge/deconv")
    let active = try builder.apply(.activation(.relu), to: [wide], name: "\(name)_enlarge")
    return try builder.apply(
      .combination(.sum), to: [active, skip.value], name: "\(name)_fuse")
  }

  /// Dropout, which needs noise only while training, the last places, and the classes.
  mutating func classify(_ decoded: Graph.Value) throws(GraphError) {
    let noise = try builder.input("dropout_noise", builder.graph[decoded].type.shape)
    var value = try builder.apply(
      .dropout(Dropout(keep: configuration.keep)), to: [decoded, noise], name: "dropout")
    while !rest.isEmpty { value = try place(value) }
    let scores = try builder.convolution(
      "scores", value, channels: configuration.classCount, kernel: .one, result: "scores")
    try builder.output("scores", scores)
  }

  /// The block that stands at the next place, or the gated sum of those that could.
  private mutating func place(_ input: Graph.Value) throws(GraphError) -> Graph.Value {
    guard let (place, part) = rest.popFirst() else { return input }
    if place.candidates.count == 1 || part.isEmpty {
      return try builder.block(
        place.candidates[part.first ?? 0], "\(place.name)/\(place.candidates[0])", input)
    }
    let shares = try gates.gates(of: place.name, count: place.candidates.count, in: &builder)
    var made: [(index: Int, name: String, value: Graph.Value)] = []
    for index in part {
      let name = "\(place.name)/\(place.candidates[index])"
      made.append((index, name, try builder.block(place.candidates[index], name, input)))
    }
    return try builder.mixture(made, by: shares) ?? input
  }
}
