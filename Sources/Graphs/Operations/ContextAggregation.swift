public import Tensors

/// A context aggregation module as one operation: what lies around each pixel says how much of each of
/// its channels passes (Wu et al., arXiv 1809.08495, section III-A).
///
/// Operands: image `[N, H, W, C]`, weights `[1, 1, C, S]` and bias `[S]` of the squeeze, weights
/// `[1, 1, S, C]` and bias `[C]` of the excitation. Result: the image's type,
/// `x * sigmoid(excite(relu(squeeze(maxPooling(x)))))`. It stands only in graphs that are prepared for
/// inference, where `fusingContextAggregations()` makes it of its parts.
public struct ContextAggregation: OperationAttributes {
  /// `.contextAggregation`.
  public static let kind = Operation.Kind.contextAggregation
  /// The image; the squeeze's weights are then rounded (`WeightRounding`).
  public static let takesBytes = true
  /// Size of the pooling's window, which moves in steps of one.
  public var window: Extent
  /// How the result is stored as bytes; as floats where nothing is said.
  public var quantization: Quantization?

  /// An aggregation over a window.
  public init(window: Extent, quantization: Quantization? = nil) {
    self.window = window
    self.quantization = quantization
  }

  /// The operation with these attributes.
  public var operation: Operation { .contextAggregation(self) }

  /// The attributes for people.
  public var words: [String] {
    ["\(window)"] + (quantization.map { ["as \($0)"] } ?? [])
  }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(5, operands)
    try expectWindow(window, .one)
    let channels = try expectImage(operands[0]).channels
    let squeezed = operands[1].shape.channels
    try expect(operands[1], [1, 1, channels, squeezed], "the squeeze")
    try expect(operands[2], [squeezed], "the squeeze's bias")
    try expect(operands[3], [1, 1, squeezed, channels], "the excitation")
    try expect(operands[4], [channels], "the excitation's bias")
    return Epilogue(quantization: quantization).resultType(operands[0].shape, of: operands[0])
  }

  /// Both products, and the image read and written once.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(
      multiplyAccumulates: 2 * result.shape.count * operands[2].shape.channels,
      bytes: elementBytes(operands, result))
  }

  /// The networks' window, a smaller one, and channels that fill no vector.
  public static var samples: [OperationSample] {
    [
      sample([2, 9, 11, 32], squeezed: 2, Extent(7, 7)),
      sample([1, 3, 2, 7], squeezed: 1, Extent(7, 7)),
      sample([2, 6, 5, 19], squeezed: 17, Extent(3, 5)),
    ]
  }

  private static func sample(
    _ image: TensorShape, squeezed: Int, _ window: Extent
  ) -> OperationSample {
    let channels = image.channels
    return OperationSample(
      ContextAggregation(window: window),
      [image, [1, 1, channels, squeezed], [squeezed], [1, 1, squeezed, channels], [channels]])
  }
}
