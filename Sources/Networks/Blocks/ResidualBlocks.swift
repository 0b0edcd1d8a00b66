import Graphs
import Tensors

extension NetworkBuilder {
  /// A 3x3 layer, added to what it takes.
  mutating func residual(
    _ name: String, _ input: Graph.Value
  ) throws(GraphError) -> Graph.Value {
    let layer = try convolutionLayer(
      "\(name)/3x3", input, channels: channels(input), kernel: Extent(3, 3))
    return try apply(.combination(.sum), to: [layer, input], name: name)
  }

  /// Expansion by 1x1, where there is one, a convolution of each channel, and a projection without an
  /// activation, added to what they take.
  mutating func invertedResidual(
    _ name: String, _ input: Graph.Value, kernel: Int, expansion: Int
  ) throws(GraphError) -> Graph.Value {
    let count = channels(input)
    var value = input
    if expansion > 1 {
      value = try convolutionLayer(
        "\(name)/expand", value, channels: count * expansion, kernel: .one)
    }
    value = try depthwiseLayer("\(name)/depthwise", value, kernel: Extent(kernel, kernel))
    let projected = try projection("\(name)/project", value, channels: count)
    return try apply(.combination(.sum), to: [projected, input], name: name)
  }

  /// Expansion by 1x1, a shift, and a projection that reads the shifted channels where they lie.
  mutating func shiftBlock(
    _ name: String, _ input: Graph.Value, expansion: Int
  ) throws(GraphError) -> Graph.Value {
    let count = channels(input)
    let wide = try convolutionLayer(
      "\(name)/expand", input, channels: count * expansion, kernel: .one)
    let moved = try apply(.shift(Shift(.adjacentFive)), to: [wide], name: "\(name)/shift")
    let projected = try projection("\(name)/project", moved, channels: count)
    return try apply(.combination(.sum), to: [projected, input], name: name)
  }

  /// Half of the channels stay, the others are convolved, and both halves are mixed.
  mutating func shuffleBlock(
    _ name: String, _ input: Graph.Value
  ) throws(GraphError) -> Graph.Value {
    let count = channels(input)
    let half = count / 2
    let kept = try apply(
      .channelSlice(ChannelSlice(first: 0, count: count - half)), to: [input],
      name: "\(name)/kept")
    let part = try apply(
      .channelSlice(ChannelSlice(first: count - half, count: half)), to: [input],
      name: "\(name)/part")
    var value = try convolutionLayer("\(name)/enter", part, channels: half, kernel: .one)
    value = try depthwiseLayer(
      "\(name)/depthwise", value, kernel: Extent(3, 3), isActive: false)
    value = try convolutionLayer("\(name)/leave", value, channels: half, kernel: .one)
    let all = try apply(
      .concatenation(Concatenation()), to: [kept, value], name: "\(name)/halves")
    guard count % 2 == 0 else { return all }
    return try apply(
      .channelShuffle(ChannelShuffle(groupCount: 2)), to: [all], name: name)
  }

  /// Windows of 3x3 cells near by and of 5 rows by 9 columns with gaps, added, then 1x1.
  mutating func dilatedContext(
    _ name: String, _ input: Graph.Value
  ) throws(GraphError) -> Graph.Value {
    let near = try depthwiseLayer("\(name)/near", input, kernel: Extent(3, 3))
    let far = try depthwiseLayer(
      "\(name)/far", input, kernel: Extent(3, 3), dilation: Extent(2, 4))
    let both = try apply(.combination(.sum), to: [far, near], name: "\(name)/both")
    let projected = try projection("\(name)/project", both, channels: channels(input))
    return try apply(.combination(.sum), to: [projected, input], name: name)
  }
}
