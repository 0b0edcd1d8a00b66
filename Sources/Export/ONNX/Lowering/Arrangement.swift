import Graphs
import Tensors

extension Concatenation {
  func lower(_ lowering: inout ONNXLowering) -> String {
    let operands = lowering.operands.indices.map { lowering.operand($0) }
    guard operands.count > 1 else { return operands[0] }
    return lowering.add(.concat, operands, ["axis": .int(1)])
  }
}

extension ChannelSlice {
  func lower(_ lowering: inout ONNXLowering) -> String {
    let axis = lowering.channelAxis(of: lowering.type.shape)
    return lowering.addSlice(of: lowering.operand(0), axis: axis, first: first, count: count)
  }
}

extension ChannelEmbedding {
  func lower(_ lowering: inout ONNXLowering) -> String {
    let shape = lowering.types[0].shape
    let axis = lowering.channelAxis(of: shape)
    var pads = [Int](repeating: 0, count: 2 * shape.rank)
    pads[axis] = first
    pads[shape.rank + axis] = count - shape.channels - first
    return lowering.add(.pad, [lowering.operand(0), lowering.add(pads)])
  }
}

extension Reshaping {
  /// The order of the elements is that of the graph, channels last.
  func lower(_ lowering: inout ONNXLowering) -> String {
    let rank = lowering.types[0].shape.rank
    let plain = lowering.operand(0, axes: Array(0..<rank), shape: shape.extents)
    return shape.rank == 4
      ? lowering.add(.transpose, [plain], ["perm": .ints([0, 3, 1, 2])]) : plain
  }
}

extension KernelTransposition {
  /// Weights `[KH, KW, I, O]` lie in the file as `[KH, O, KW, I]`, like every value of rank 4.
  func lower(_ lowering: inout ONNXLowering) -> String {
    var weights = lowering.operand(0)
    if isReversed {
      // From the last row and column to before the first.
      let (from, to) = (lowering.add([-1, -1]), lowering.add([Int(Int32.min), Int(Int32.min)]))
      weights = lowering.add(
        .slice, [weights, from, to, lowering.add([0, 2]), lowering.add([-1, -1])])
    }
    return lowering.add(.transpose, [weights], ["perm": .ints([0, 3, 2, 1])])
  }
}

extension Shift {
  /// A convolution whose windows have a single 1.
  func lower(
    _ value: String, _ image: TensorShape, _ lowering: inout ONNXLowering
  ) -> String {
    let window = Extent(3, 3)
    var weights = [Float](repeating: 0, count: image.channels * 9)
    for channel in 0..<image.channels {
      let step = step(ofChannel: channel, of: image.channels)
      weights[channel * 9 + (step.rows + 1) * 3 + step.columns + 1] = 1
    }
    return lowering.addDepthwise(
      value, lowering.add(.float32(weights), [image.channels, 1, 3, 3]),
      groups: image.channels, SlidingWindow(kernel: window, stride: .one, over: image))
  }
}

extension ChannelShuffle {
  func lower(_ lowering: inout ONNXLowering) -> String {
    let shape = lowering.type.shape
    let sources = (0..<shape.channels).map { source(ofChannel: $0, of: shape.channels) }
    return lowering.add(
      .gather, [lowering.operand(0), lowering.add(sources)],
      ["axis": .int(lowering.channelAxis(of: shape))])
  }
}

extension ONNXLowering {
  /// Some adjacent parts of a value along an axis.
  mutating func addSlice(of value: String, axis: Int, first: Int, count: Int) -> String {
    add(.slice, [value, add([first]), add([first + count]), add([axis])])
  }
}
