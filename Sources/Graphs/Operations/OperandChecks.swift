import Tensors

/// The checks that shape rules share.
extension OperationAttributes {
  func expectCount(_ count: Int, _ operands: [TensorType]) throws(OperandError) {
    guard operands.count == count else {
      throw OperandError(
        code: .operandCount, message: "\(operands.count) operands where \(count) are needed")
    }
  }

  func expectImage(_ operand: TensorType) throws(OperandError) -> TensorShape {
    guard operand.shape.rank == 4 else {
      throw OperandError(
        code: .operandType, message: "\(operand) is not an image of rank 4 (N x H x W x C)")
    }
    return operand.shape
  }

  func expectWindow(
    _ kernel: Extent, _ stride: Extent, dilation: Extent = .one
  ) throws(OperandError) {
    let extents = [kernel, stride, dilation].flatMap { [$0.height, $0.width] }
    guard extents.allSatisfy((1...4096).contains) else {
      throw OperandError(
        code: .operandType,
        message: "a window of \(kernel) with steps of \(stride) and a dilation of \(dilation) is "
          + "not of 1 to 4096 cells")
    }
  }

  func expect(
    _ operand: TensorType, _ shape: TensorShape, _ role: String
  ) throws(OperandError) {
    guard operand.shape == shape else {
      throw OperandError(
        code: .operandType, message: "\(role) is \(operand.shape) where \(shape) is needed")
    }
  }

  func elementBytes(_ operands: [TensorType], _ result: TensorType) -> Int {
    operands.reduce(result.byteCount) { $0 + $1.byteCount }
  }
}

extension OperationAttributes {
  /// A window for people; a step of one cell goes without saying.
  func windowWords(
    _ kernel: Extent, _ stride: Extent, dilation: Extent = .one
  ) -> [String] {
    ["\(kernel)"] + (stride == .one ? [] : ["stride \(stride)"])
      + (dilation == .one ? [] : ["dilation \(dilation)"])
  }
}

extension OperationAttributes {
  /// Checks that an image is what a window makes of those it slides over, and gives the type of these.
  func expectWindowed(
    _ operand: TensorType, _ window: SlidingWindow
  ) throws(OperandError) -> TensorType {
    try expectWindow(window.kernel, window.stride, dilation: window.dilation)
    let image = try expectImage(operand)
    try expect(
      operand,
      [image[0], window.rows.outputSize, window.columns.outputSize, image.channels],
      "the gradient")
    let size = window.size
    return TensorType([image[0], size.height, size.width, image.channels], operand.element)
  }
}
