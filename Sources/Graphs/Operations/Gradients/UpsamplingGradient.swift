public import Tensors

/// The gradient with respect to what an `Upsampling` enlarged.
///
/// Operand: the gradient with respect to its result `[N, H * FH, W * FW, C]`. Result: `[N, H, W, C]`.
public struct UpsamplingGradient: OperationAttributes {
  /// `.upsamplingGradient`.
  public static let kind = Operation.Kind.upsamplingGradient
  /// How often the image was made taller and wider.
  public var factor: Extent

  /// See the property.
  public init(factor: Extent) {
    self.factor = factor
  }

  /// The operation with these attributes.
  public var operation: Operation { .upsamplingGradient(self) }

  /// The attributes for people.
  public var words: [String] { ["\(factor)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    try expectWindow(factor, .one)
    var image = try expectImage(operands[0])
    guard image[1] % factor.height == 0, image[2] % factor.width == 0 else {
      throw OperandError(
        code: .operandType, message: "\(image) is not enlarged by \(factor)")
    }
    image[1] /= factor.height
    image[2] /= factor.width
    return TensorType(image, operands[0].element)
  }

  /// In one direction and in both.
  public static var samples: [OperationSample] {
    [
      OperationSample(UpsamplingGradient(factor: Extent(1, 2)), [[2, 3, 10, 4]]),
      OperationSample(UpsamplingGradient(factor: Extent(3, 2)), [[1, 6, 2, 9]]),
    ]
  }
}
