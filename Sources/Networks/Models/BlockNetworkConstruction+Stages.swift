import Graphs
import Tensors

extension BlockNetworkConstruction {
  /// What the encoder leaves: the image before each reduction, with what it is reduced by, and the last one.
  struct Encoded {
    var last: Image
    var skips: [(image: Image, stride: Extent)]
  }

  /// Each stage is smaller than the one before.
  mutating func encode(_ features: Graph.Value) throws(GraphError) -> Encoded {
    let stem = try layer(
      "stem", of: .stem, features, kernel: Extent(3, 3), stride: Extent(1, 2))
    let head = try layer("head_skip", of: .head, features, kernel: .one, stride: .one)
    var encoded = Encoded(last: stem, skips: [(head, Extent(1, 2))])
    for (index, stage) in configuration.stages.enumerated() {
      let smaller = try reduce(encoded.last, to: .stage(index), stride: stage.stride)
      guard !smaller.alternatives.isEmpty else { break }
      encoded.skips.append((encoded.last, stage.stride))
      encoded.last = try blocks(
        at: BlockNetworkConfiguration.Part.stage(index).name, stage.places, smaller)
    }
    return encoded
  }

  /// A layer on the features, in each width of a part.
  private mutating func layer(
    _ name: String, of part: BlockNetworkConfiguration.Part, _ features: Graph.Value,
    kernel: Extent, stride: Extent
  ) throws(GraphError) -> Image {
    var image = Image(part: part, alternatives: [])
    for option in options(of: part) {
      let value = try builder.convolutionLayer(
        "\(name)\(option.label)", features, channels: option.channels, kernel: kernel,
        stride: stride)
      image.alternatives.append(Alternative(option: option, value: value))
    }
    return image
  }

  /// The way back adds what was there at each size.
  mutating func decode(_ encoded: Encoded) throws(GraphError) -> Image {
    var image = encoded.last
    for (index, skip) in encoded.skips.enumerated().reversed() where index > 0 {
      // The first one comes back from the last stage that the space has.
      let number = configuration.stages.count - index
      let (name, from) = ("decoder\(number + 1)", image.part)
      let entered = try enlarge(name, image, to: skip.image, stride: skip.stride)
      image = entered
      guard configuration.decoder.indices.contains(number) else { continue }
      image = try blocks(at: name, configuration.decoder[number], entered)
      try goAround(name, from: from, entered, &image)
    }
    let head = encoded.skips[0]
    return try enlarge("head", image, to: head.image, stride: head.stride)
  }

  /// Lets the decoder's blocks count as much as the stage that they come back from: a network without the stage
  /// has none of them.
  private mutating func goAround(
    _ name: String, from: BlockNetworkConfiguration.Part, _ entered: Image, _ image: inout Image
  ) throws(GraphError) {
    let absent = absences(of: from)
    guard !absent.isEmpty, let gates = try gates(over: from) else { return }
    for (position, given) in entered.alternatives.enumerated() {
      let own = "\(name)_way\(given.option.label)"
      let made = image.alternatives[position].value
      let ways =
        options(of: from).map { (index: $0.index, name: "\(own)/\($0.index)", value: made) }
        + absent.map { (index: $0, name: "\(own)/\($0)", value: given.value) }
      guard let value = try mixture(ways, by: gates) else { continue }
      image.alternatives[position].value = value
    }
  }

  /// The greatest values of each window, then 1x1.
  private mutating func reduce(
    _ input: Image, to part: BlockNetworkConfiguration.Part, stride: Extent
  ) throws(GraphError) -> Image {
    let options = options(of: part)
    var pooled = input.alternatives
    for (index, given) in pooled.enumerated() where !options.isEmpty {
      pooled[index].value = try builder.apply(
        .maxPooling(MaxPooling(kernel: Extent(3, 3), stride: stride)), to: [given.value],
        name: "\(part.name)_pool\(given.option.label)")
    }
    var image = Image(part: part, alternatives: [])
    let gates = try gates(over: input.part)
    for option in options {
      var made: [(index: Int, name: String, value: Graph.Value)] = []
      for given in pooled {
        let name = "\(part.name)_enter\(given.option.label)\(option.label)"
        let value = try builder.convolutionLayer(
          name, given.value, channels: option.channels, kernel: .one)
        made.append((given.option.index, name, value))
      }
      guard let value = try mixture(made, by: gates) else { continue }
      image.alternatives.append(Alternative(option: option, value: value))
    }
    return image
  }

  /// A transposed convolution to the channels of what is added: four columns or two rows wide, as the authors'.
  private mutating func enlarge(
    _ name: String, _ input: Image, to skip: Image, stride: Extent
  ) throws(GraphError) -> Image {
    var image = Image(part: skip.part, alternatives: [])
    let gates = try gates(over: input.part)
    for aim in skip.alternatives {
      var made: [(index: Int, name: String, value: Graph.Value)] = []
      for given in input.alternatives {
        let own = "\(name)_enlarge\(given.option.label)\(aim.option.label)"
        let value = try enlarged(own, given.value, stride, channels: aim.option.channels)
        made.append((given.option.index, own, value))
      }
      guard let wide = try mixture(made, by: gates) else { continue }
      let fused = try builder.apply(
        .combination(.sum), to: [wide, aim.value], name: "\(name)_fuse\(aim.option.label)")
      image.alternatives.append(Alternative(option: aim.option, value: fused))
    }
    return image
  }

  private mutating func enlarged(
    _ name: String, _ input: Graph.Value, _ stride: Extent, channels: Int
  ) throws(GraphError) -> Graph.Value {
    let kernel = Extent(stride.height, 2 * stride.width)
    let weights = try builder.parameter(
      "\(name)/deconv/kernels",
      [kernel.height, kernel.width, builder.channels(input), channels])
    let bias = try builder.parameter("\(name)/deconv/biases", [channels])
    let wide = try builder.apply(
      .transposedConvolution(TransposedConvolution(kernel: kernel, stride: stride)),
      to: [input, weights, bias], name: "\(name)/deconv")
    return try builder.apply(.activation(.relu), to: [wide], name: name)
  }

  /// Dropout, which needs noise only while training, the last places, and the classes.
  mutating func classify(_ decoded: Image) throws(GraphError) {
    let size = configuration.size
    let most = decoded.alternatives.map(\.option.channels).max() ?? 0
    let noise = try builder.input(
      "dropout_noise", [configuration.batch, size.height, size.width, most])
    var image = decoded
    for (index, given) in decoded.alternatives.enumerated() {
      let (label, count) = (given.option.label, given.option.channels)
      var own = noise
      if count < most {
        own = try builder.apply(
          .channelSlice(ChannelSlice(first: 0, count: count)), to: [noise],
          name: "dropout_noise\(label)")
      }
      image.alternatives[index].value = try builder.apply(
        .dropout(Dropout(keep: configuration.keep)), to: [given.value, own],
        name: "dropout\(label)")
    }
    image = try blocks(
      at: BlockNetworkConfiguration.Part.head.name, configuration.headPlaces, image)
    var made: [(index: Int, name: String, value: Graph.Value)] = []
    for given in image.alternatives {
      let name = "scores\(given.option.label)"
      let value = try builder.convolution(
        name, given.value, channels: configuration.classCount, kernel: .one, result: name)
      made.append((given.option.index, name, value))
    }
    guard let scores = try mixture(made, by: try gates(over: .head)) else { return }
    try builder.output("scores", scores)
  }
}
