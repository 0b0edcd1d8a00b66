import Graphs
import Tensors

extension MaxPooling {
  /// The maxima of an image's windows.
  func lower(
    _ image: String, over shape: TensorShape, _ lowering: inout ONNXLowering
  ) -> String {
    let window = SlidingWindow(kernel: kernel, stride: stride, over: shape)
    return lowering.add(.maxPool, [image], window.onnxAttributes)
  }
}

extension AveragePooling {
  func lower(_ lowering: inout ONNXLowering) -> String {
    let window = SlidingWindow(kernel: kernel, stride: stride, over: lowering.types[0].shape)
    return lowering.add(
      .averagePool, [lowering.operand(0)],
      window.onnxAttributes.merging(["count_include_pad": .int(0)]) { _, added in added })
  }
}

extension Upsampling {
  func lower(_ lowering: inout ONNXLowering) -> String {
    let scales = lowering.add(.float32([1, 1, Float(factor.height), Float(factor.width)]), [4])
    return lowering.add(
      .resize, [lowering.operand(0), "", scales],
      ["mode": .text("linear"), "coordinate_transformation_mode": .text("half_pixel")])
  }
}

extension ContextAggregation {
  func lower(_ lowering: inout ONNXLowering) -> String {
    let image = lowering.operand(0)
    let pooling = MaxPooling(kernel: window, stride: .one)
    let pooled = pooling.lower(image, over: lowering.types[0].shape, &lowering)
    let squeezed = lowering.add(
      .conv, [pooled, lowering.operand(1, axes: [3, 2, 0, 1]), lowering.operand(2)])
    let excited = lowering.add(
      .conv,
      [
        Activation.relu.lower(squeezed, &lowering), lowering.operand(3, axes: [3, 2, 0, 1]),
        lowering.operand(4),
      ])
    return lowering.add(.mul, [image, Activation.sigmoid.lower(excited, &lowering)])
  }
}
