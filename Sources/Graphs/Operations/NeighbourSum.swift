public import Tensors

/// A weighted sum over the cells around each cell, the cell itself left out, nothing outside the image:
/// the angular message of `RecurrentCRF`.
///
/// Operand and result: image `[N, H, W, C]`; the weight is `exp(-|cell_i - cell_j|^2 / (2 width^2))`.
public struct NeighbourSum: OperationAttributes {
  /// `.neighbourSum`.
  public static let kind = Operation.Kind.neighbourSum
  /// Rows and columns of the neighbourhood, both odd.
  public var window: Extent
  /// Width of the weights in cells, per class.
  public var widths: [Double]

  /// A sum; see the properties.
  public init(window: Extent, widths: [Double]) {
    self.window = window
    self.widths = widths
  }

  /// The operation with these attributes.
  public var operation: Operation { .neighbourSum(self) }

  /// The attributes for people.
  public var words: [String] { ["\(window)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    try expectField(window, widths: widths, try expectImage(operands[0]))
    return operands[0]
  }

  /// Cells are neighbours of each other, with the same weight.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    rule.contribute(try rule.apply(self, to: [rule.given]), to: 0)
  }

  /// The authors' window, and an image that is smaller.
  public static var samples: [OperationSample] {
    let sum = NeighbourSum(window: Extent(3, 5), widths: [0.9, 0.9, 0.6, 0.6])
    return [OperationSample(sum, [[2, 5, 7, 4]]), OperationSample(sum, [[1, 1, 2, 4]])]
  }
}

extension OperationAttributes {
  func expectField(
    _ window: Extent, widths: [Double], _ image: TensorShape
  ) throws(OperandError) {
    guard
      (1...31).contains(window.height), (1...31).contains(window.width), window.height % 2 == 1,
      window.width % 2 == 1
    else {
      throw OperandError(
        code: .operandType, message: "a window of \(window) is not odd and up to 31x31")
    }
    guard widths.count == image.channels else {
      throw OperandError(
        code: .operandType, message: "\(widths.count) widths for \(image.channels) classes")
    }
  }
}
