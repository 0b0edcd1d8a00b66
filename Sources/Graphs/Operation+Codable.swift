/// An operation as `{"kind": ..., "attributes": {...}}`.
extension Operation: Codable {
  private enum Key: String, CodingKey {
    case kind
    case attributes
  }

  /// Reads the kind, then that kind's attributes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    func attributes<A: OperationAttributes>(_ type: A.Type = A.self) throws -> A {
      try container.decode(A.self, forKey: .attributes)
    }
    switch try container.decode(Kind.self, forKey: .kind) {
    case .convolution: self = .convolution(try attributes())
    case .transposedConvolution: self = .transposedConvolution(try attributes())
    case .maxPooling: self = .maxPooling(try attributes())
    case .batchNormalization: self = .batchNormalization(try attributes())
    case .affine: self = .affine(try attributes())
    case .inverseDeviation: self = .inverseDeviation(try attributes())
    case .activation: self = .activation(try attributes())
    case .combination: self = .combination(try attributes())
    case .concatenation: self = .concatenation(try attributes())
    case .channelSlice: self = .channelSlice(try attributes())
    case .softmax: self = .softmax(try attributes())
    case .dropout: self = .dropout(try attributes())
    case .recurrentCRF: self = .recurrentCRF(try attributes())
    }
  }

  /// Writes the kind and its attributes.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(kind, forKey: .kind)
    try container.encode(attributes, forKey: .attributes)
  }
}
