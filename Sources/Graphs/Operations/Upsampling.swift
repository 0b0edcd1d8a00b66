public import Tensors

/// Bilinear enlargement by whole factors, between the centres of the cells; the border is repeated.
///
/// Operand: image `[N, H, W, C]`. Result: `[N, H * FH, W * FW, C]`. Result row r lies at input row
/// `(r + 1/2) / FH - 1/2` (PyTorch's `interpolate` with `align_corners=False`).
public struct Upsampling: OperationAttributes {
  /// `.upsampling`.
  public static let kind = Operation.Kind.upsampling
  /// How often the image is taller and wider.
  public var factor: Extent

  /// See the property.
  public init(factor: Extent) {
    self.factor = factor
  }

  /// The operation with these attributes.
  public var operation: Operation { .upsampling(self) }

  /// The attributes for people.
  public var words: [String] { ["\(factor)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    try expectWindow(factor, .one)
    var image = try expectImage(operands[0])
    image[1] *= factor.height
    image[2] *= factor.width
    return TensorType(image, operands[0].element)
  }

  /// What each cell gave, it gets back.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    rule.contribute(try rule.apply(UpsamplingGradient(factor: factor), to: [rule.given]), to: 0)
  }

  /// In one direction and in both.
  public static var samples: [OperationSample] {
    [
      OperationSample(Upsampling(factor: Extent(1, 2)), [[2, 3, 5, 4]]),
      OperationSample(Upsampling(factor: Extent(3, 2)), [[1, 2, 1, 9]]),
    ]
  }
}
