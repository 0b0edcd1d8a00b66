public import Graphs
import Tensors

/// The networks of the SqueezeSeg family as graphs.
///
/// Inputs: `features` `[N, H, W, C]`, `mask` `[N, H, W, 1]` where the features hold none, and
/// `dropout_noise` for training. Output: `scores` `[N, H, W, classes]`, unnormalised. Node names
/// are those of the authors' graphs (`conv1`, `se1`, `pool1`, `fire2` ... `fire13_fuse`,
/// `conv14_prob`).
public enum SqueezeSeg {
  /// The graph as it is trained; `optimizedForInference()` gives the one to run.
  ///
  /// - Throws: `GraphError` where the configuration's sizes do not fit each other.
  public static func graph(
    _ configuration: SqueezeSegConfiguration
  ) throws(GraphError) -> Graph {
    var builder = NetworkBuilder(order: configuration.order)
    let size = configuration.size
    let pixels = { (channels: Int) -> TensorShape in
      [configuration.batch, size.height, size.width, channels]
    }
    let features = try builder.input("features", pixels(configuration.inputChannels))
    let mask =
      if let channel = configuration.maskChannel {
        try builder.apply(
          .channelSlice(ChannelSlice(first: channel, count: 1)), to: [features], name: "mask")
      } else {
        try builder.input("mask", pixels(1))
      }
    let decoded = try builder.encodeAndDecode(features, configuration)
    let logits = try builder.classify(decoded, configuration)
    var scores = logits
    if let field = configuration.field {
      scores = try builder.refine(logits, by: field, features: features, mask: mask)
    }
    try builder.output("scores", scores)
    return builder.graph
  }
}

extension NetworkBuilder {
  /// Columns halve at the first convolution and at each pooling, and double in each decoder block,
  /// which adds what the encoder had at that width.
  fileprivate mutating func encodeAndDecode(
    _ features: Graph.Value, _ configuration: SqueezeSegConfiguration
  ) throws(GraphError) -> Graph.Value {
    var value = try convolutionLayer(
      "conv1", features, channels: configuration.stem, kernel: Extent(3, 3), stride: Extent(1, 2))
    if let reduction = configuration.contextReduction {
      value = try contextAggregation("se1", value, reduction: reduction)
    }
    var skips = [
      try convolutionLayer("conv1_skip", features, channels: configuration.stem, kernel: .one)
    ]
    var number = 1
    for (stage, blocks) in configuration.encoder.enumerated() {
      skips.append(value)
      value = try apply(
        .maxPooling(MaxPooling(kernel: Extent(3, 3), stride: Extent(1, 2))), to: [value],
        name: "pool\(number)")
      for widths in blocks {
        number += 1
        value = try fire("fire\(number)", value, widths)
        if stage == 0, let reduction = configuration.contextReduction {
          value = try contextAggregation("se\(number)", value, reduction: reduction)
        }
      }
    }
    for (widths, skip) in zip(configuration.decoder, skips.reversed()) {
      number += 1
      value = try fireDeconvolution("fire_deconv\(number)", value, widths)
      value = try apply(.combination(.sum), to: [value, skip], name: "fire\(number)_fuse")
    }
    return value
  }

  /// Dropout, which needs noise only while training, and a 3x3 convolution to the classes.
  fileprivate mutating func classify(
    _ value: Graph.Value, _ configuration: SqueezeSegConfiguration
  ) throws(GraphError) -> Graph.Value {
    let noise = try input("dropout_noise", graph[value].type.shape)
    let kept = try apply(
      .dropout(Dropout(keep: configuration.keep)), to: [value, noise], name: "dropout")
    return try convolution(
      "conv14_prob", kept, channels: configuration.classCount, kernel: Extent(3, 3),
      result: "conv14_prob")
  }

  fileprivate mutating func refine(
    _ logits: Graph.Value, by field: RecurrentCRF, features: Graph.Value, mask: Graph.Value
  ) throws(GraphError) -> Graph.Value {
    let count = channels(logits)
    let positions = try apply(
      .channelSlice(ChannelSlice(first: 0, count: 3)), to: [features], name: "positions")
    let angular = try parameter(
      "recurrent_crf/angular_compatibility_matrix", [count, count])
    let bilateral = try parameter(
      "recurrent_crf/bilateral_compatibility_matrix", [count, count])
    return try apply(
      .recurrentCRF(field), to: [logits, positions, mask, angular, bilateral],
      name: "recurrent_crf")
  }
}
