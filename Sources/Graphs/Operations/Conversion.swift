public import Tensors

/// An image stored in another way: bytes for floats, floats for bytes, or other bytes.
///
/// Operand and result: `[N, H, W, C]`. Where numbers are floats, the values are rounded to those that
/// bytes could stand for.
public struct Conversion: OperationAttributes {
  /// `.conversion`.
  public static let kind = Operation.Kind.conversion
  /// From bytes, too.
  public static let takesBytes = true
  /// What the result's bytes stand for; floats where nothing is said.
  public var quantization: Quantization?

  /// A conversion to bytes, or to floats.
  public init(to quantization: Quantization?) {
    self.quantization = quantization
  }

  /// The operation with these attributes.
  public var operation: Operation { .conversion(self) }

  /// The attributes for people.
  public var words: [String] { quantization.map { ["to \($0)"] } ?? ["to floats"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    let image = try expectImage(operands[0])
    return Epilogue(quantization: quantization).resultType(image, of: operands[0])
  }

  /// To bytes with zero in the middle, and to floats.
  public static var samples: [OperationSample] {
    [OperationSample(Conversion(to: nil), [[2, 3, 5, 7]])]
  }
}
