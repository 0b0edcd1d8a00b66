public import Tensors

/// What a convolution does to each sum before it stores it, in this order: add a bias, apply an
/// activation, scale and shift by channel, add another image, multiply by another image, round to bytes.
///
/// The order fits the authors' networks, where batch normalisation follows the ReLU
/// (BichenWuUCB/SqueezeSegV2, `_conv_bn_layer`). Operands follow the weights in the same order.
public struct Epilogue: Equatable, Sendable, Codable {
  /// Whether a bias `[C]` is added.
  public var bias: Bool
  /// The nonlinear function, if any.
  public var activation: Activation?
  /// Whether a scale `[C]` and a shift `[C]` follow.
  public var affine: Bool
  /// Whether an image of the result's shape is added.
  public var addend: Bool
  /// Whether the result is multiplied by an image of its shape last.
  public var factor: Bool
  /// How the result is stored as bytes; as floats where nothing is said.
  public var quantization: Quantization?

  /// An epilogue; nothing but a bias unless said otherwise.
  public init(
    bias: Bool = true, activation: Activation? = nil, affine: Bool = false, addend: Bool = false,
    factor: Bool = false, quantization: Quantization? = nil
  ) {
    self.bias = bias
    self.activation = activation
    self.affine = affine
    self.addend = addend
    self.factor = factor
    self.quantization = quantization
  }

  /// Reads an epilogue; what models of before the factor do not say is false.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    bias = try values.decode(Bool.self, forKey: .bias)
    activation = try values.decodeIfPresent(Activation.self, forKey: .activation)
    affine = try values.decode(Bool.self, forKey: .affine)
    addend = try values.decode(Bool.self, forKey: .addend)
    factor = try values.decodeIfPresent(Bool.self, forKey: .factor) ?? false
    quantization = try values.decodeIfPresent(Quantization.self, forKey: .quantization)
  }

  /// How many operands it takes.
  public var operandCount: Int {
    (bias ? 1 : 0) + (affine ? 2 : 0) + (addend ? 1 : 0) + (factor ? 1 : 0)
  }

  /// The type of the result for an image of the given type.
  func resultType(_ shape: TensorShape, of image: TensorType) -> TensorType {
    if let quantization { return TensorType(shape, quantization) }
    return TensorType(shape, image.element == .uint8 ? .float32 : image.element)
  }

  /// The shapes of its operands for a result of the given shape.
  func operandShapes(result: TensorShape) -> [TensorShape] {
    let channels: TensorShape = [result.channels]
    return (bias ? [channels] : []) + (affine ? [channels, channels] : [])
      + (addend ? [result] : []) + (factor ? [result] : [])
  }

  /// An epilogue's operands, told apart.
  public struct Operands<Operand> {
    /// Added to each sum.
    public var bias: Operand?
    /// Multiplies after the activation.
    public var scale: Operand?
    /// Added after the scale.
    public var shift: Operand?
    /// The image added after these.
    public var addend: Operand?
    /// The image multiplied last.
    public var factor: Operand?
  }

  /// Tells apart the operands that follow a convolution's input and weights.
  public func split<Operand>(_ operands: some Collection<Operand>) -> Operands<Operand> {
    var rest = operands.makeIterator()
    return Operands(
      bias: bias ? rest.next() : nil, scale: affine ? rest.next() : nil,
      shift: affine ? rest.next() : nil, addend: addend ? rest.next() : nil,
      factor: factor ? rest.next() : nil)
  }
}

extension Epilogue {
  /// What is done, for people.
  var words: [String] {
    (bias ? ["bias"] : []) + (activation.map { [$0.rawValue] } ?? [])
      + (affine ? ["affine"] : []) + (addend ? ["addend"] : []) + (factor ? ["factor"] : [])
      + (quantization.map { ["as \($0)"] } ?? [])
  }
}
