public import Tensors

/// A sum over the cells around each cell, weighted by how near their points lie: a factor of the
/// bilateral message of `RecurrentCRF`.
///
/// Operands: image `[N, H, W, C]`, positions `[N, H, W, 3]` (normalised x, y, z), mask
/// `[N, H, W, 1]`. Result: the image's type,
/// `mask_i sum_j exp(-|xyz_i - xyz_j|^2 / (2 width^2)) x_j mask_j`, the cell itself left out.
public struct BilateralSum: OperationAttributes {
  /// `.bilateralSum`.
  public static let kind = Operation.Kind.bilateralSum
  /// Rows and columns of the neighbourhood, both odd.
  public var window: Extent
  /// Width of the weights in normalised coordinates, per class.
  public var widths: [Double]

  /// A sum; see the properties.
  public init(window: Extent, widths: [Double]) {
    self.window = window
    self.widths = widths
  }

  /// The operation with these attributes.
  public var operation: Operation { .bilateralSum(self) }

  /// The attributes for people.
  public var words: [String] { ["\(window)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(3, operands)
    let image = try expectImage(operands[0])
    try expectField(window, widths: widths, image)
    try expect(operands[1], [image[0], image[1], image[2], 3], "the positions")
    try expect(operands[2], [image[0], image[1], image[2], 1], "the mask")
    return operands[0]
  }

  /// The weights are the same both ways.
  ///
  /// Positions and mask are data: they have no gradient.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    rule.contribute(
      try rule.apply(self, to: [rule.given, try rule.operand(1), try rule.operand(2)]), to: 0)
  }

  /// The authors' window, and an image that is smaller.
  public static var samples: [OperationSample] {
    let sum = BilateralSum(window: Extent(3, 5), widths: [0.015, 0.015, 0.01, 0.01])
    return [[2, 5, 7], [1, 1, 2]].map { size in
      OperationSample(
        sum, [4, 3, 1].map { TensorShape(size + [$0]) },
        [1: .numbers(-0.01...0.01), 2: .whole(0...1)])
    }
  }
}
