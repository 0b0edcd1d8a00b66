import Graphs
import Tensors

extension Convolution {
  func lower(_ lowering: inout ONNXLowering) -> String {
    let window = SlidingWindow(kernel: kernel, stride: stride, over: lowering.types[0].shape)
    var image = lowering.operand(0)
    if let shift { image = shift.lower(image, lowering.types[0].shape, &lowering) }
    let sums = lowering.add(
      .conv,
      [image, lowering.operand(1, axes: [3, 2, 0, 1])] + epilogue.bias(in: &lowering),
      window.onnxAttributes)
    return epilogue.lower(sums, &lowering)
  }
}

extension TransposedConvolution {
  func lower(_ lowering: inout ONNXLowering) -> String {
    let input = lowering.types[0].shape
    let size = resultSize(of: input)
    let (rows, columns) = crops(to: size)
    // What the window reaches beyond the result is cut off; where it does not reach the end, there is
    // more result than the sums fill.
    let below = (input[1] - 1) * stride.height + kernel.height - rows.before - size.height
    let right = (input[2] - 1) * stride.width + kernel.width - columns.before - size.width
    let sums = lowering.add(
      .convTranspose,
      [lowering.operand(0), lowering.operand(1, axes: [2, 3, 0, 1])]
        + epilogue.bias(in: &lowering),
      [
        "kernel_shape": .ints([kernel.height, kernel.width]),
        "strides": .ints([stride.height, stride.width]),
        "pads": .ints([rows.before, columns.before, max(below, 0), max(right, 0)]),
        "output_padding": .ints([max(-below, 0), max(-right, 0)]),
      ])
    return epilogue.lower(sums, &lowering)
  }
}

extension DepthwiseConvolution {
  func lower(_ lowering: inout ONNXLowering) -> String {
    let image = lowering.types[0].shape
    let weights = lowering.operand(
      1, axes: [2, 0, 1], shape: [image.channels, 1, kernel.height, kernel.width])
    let sums = lowering.addDepthwise(
      lowering.operand(0), weights, epilogue.bias(in: &lowering), groups: image.channels,
      window(over: image))
    return epilogue.lower(sums, &lowering)
  }
}

extension Epilogue {
  /// Where the epilogue's operands follow a convolution's image and weights.
  private var operands: Operands<Int> { split(2..<2 + operandCount) }

  /// The bias as a convolution's third input, if there is one.
  fileprivate func bias(in lowering: inout ONNXLowering) -> [String] {
    operands.bias.map { [lowering.operand($0)] } ?? []
  }

  /// What follows the sums and their bias.
  fileprivate func lower(_ sums: String, _ lowering: inout ONNXLowering) -> String {
    let operands = operands
    let shape = lowering.type.shape
    var value = sums
    if let activation { value = activation.lower(value, &lowering) }
    if let scale = operands.scale {
      value = lowering.add(.mul, [value, lowering.channelVector(scale, of: shape)])
    }
    if let shift = operands.shift {
      value = lowering.add(.add, [value, lowering.channelVector(shift, of: shape)])
    }
    if let addend = operands.addend {
      value = lowering.add(.add, [value, lowering.operand(addend)])
    }
    if let factor = operands.factor {
      value = lowering.add(.mul, [value, lowering.operand(factor)])
    }
    return value
  }
}

extension ONNXLowering {
  /// A convolution of each channel by itself, of which it may make several.
  mutating func addDepthwise(
    _ image: String, _ weights: String, _ bias: [String] = [], groups: Int, _ window: SlidingWindow
  ) -> String {
    add(
      .conv, [image, weights] + bias,
      window.onnxAttributes.merging(["group": .int(groups)]) { _, groups in groups })
  }
}
