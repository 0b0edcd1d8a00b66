public import Tensors

/// Everything a node can compute.
///
/// To add one: a file in `Operations/` (attributes, shape rule, cost, samples), a case here, and
/// the compiler lists every other place, because no switch over operations has a `default`.
public enum Operation: Equatable, Sendable {
  /// Two-dimensional convolution with a fused epilogue.
  case convolution(Convolution)
  /// Two-dimensional transposed convolution with a fused epilogue.
  case transposedConvolution(TransposedConvolution)
  /// Maximum over a window.
  case maxPooling(MaxPooling)
  /// Normalisation by given statistics.
  case batchNormalization(BatchNormalization)
  /// `x * scale + shift`, by channel.
  case affine(Affine)
  /// 1 / sqrt(variance + epsilon).
  case inverseDeviation(InverseDeviation)
  /// A nonlinear function of each element.
  case activation(Activation)
  /// Sum, difference or product of two tensors.
  case combination(Combination)
  /// Channels of several tensors, one after the other.
  case concatenation(Concatenation)
  /// Some adjacent channels.
  case channelSlice(ChannelSlice)
  /// Normalised exponential over the channels.
  case softmax(Softmax)
  /// Random zeroing, driven by a noise input.
  case dropout(Dropout)
  /// The conditional random field of SqueezeSeg.
  case recurrentCRF(RecurrentCRF)

  /// The operations without their attributes.
  public enum Kind: String, CaseIterable, Sendable, Codable {
    case convolution
    case transposedConvolution
    case maxPooling
    case batchNormalization
    case affine
    case inverseDeviation
    case activation
    case combination
    case concatenation
    case channelSlice
    case softmax
    case dropout
    case recurrentCRF
  }

  /// Which operation this is.
  public var kind: Kind {
    switch self {
    case .convolution: .convolution
    case .transposedConvolution: .transposedConvolution
    case .maxPooling: .maxPooling
    case .batchNormalization: .batchNormalization
    case .affine: .affine
    case .inverseDeviation: .inverseDeviation
    case .activation: .activation
    case .combination: .combination
    case .concatenation: .concatenation
    case .channelSlice: .channelSlice
    case .softmax: .softmax
    case .dropout: .dropout
    case .recurrentCRF: .recurrentCRF
    }
  }

  /// The operation's attributes.
  public var attributes: any OperationAttributes {
    switch self {
    case .convolution(let attributes): attributes
    case .transposedConvolution(let attributes): attributes
    case .maxPooling(let attributes): attributes
    case .batchNormalization(let attributes): attributes
    case .affine(let attributes): attributes
    case .inverseDeviation(let attributes): attributes
    case .activation(let attributes): attributes
    case .combination(let attributes): attributes
    case .concatenation(let attributes): attributes
    case .channelSlice(let attributes): attributes
    case .softmax(let attributes): attributes
    case .dropout(let attributes): attributes
    case .recurrentCRF(let attributes): attributes
    }
  }

  /// The type of the result for operands of the given types.
  public func resultType(
    of operands: [TensorType], node: String
  ) throws(GraphError) -> TensorType {
    do throws(OperandError) {
      return try attributes.resultType(of: operands)
    } catch {
      throw GraphError(error.code, "\(kind.rawValue): \(error.message)", node: node)
    }
  }
}

/// What each operation says of itself.
public protocol OperationAttributes: Equatable, Sendable, Codable {
  /// The shape rule.
  func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType
  /// What computing a result costs.
  func cost(of operands: [TensorType], result: TensorType) -> Cost
  /// Cases that tests walk: attributes with operand types, odd sizes and batch 2 among them.
  static var samples: [OperationSample] { get }
}

/// An operation with operand types that suit it, for tests and benchmarks.
public struct OperationSample: Sendable {
  /// The operation.
  public var operation: Operation
  /// Types of its operands.
  public var operands: [TensorType]

  init(_ operation: Operation, _ shapes: [TensorShape]) {
    self.operation = operation
    operands = shapes.map { TensorType($0) }
  }
}

/// Why operands do not suit an operation.
public struct OperandError: Error, Equatable, Sendable {
  /// What kind of thing is wrong.
  public var code: GraphError.Code
  /// One clause: what was expected and what came.
  public var message: String
}

/// What a computation costs, counted from shapes.
public struct Cost: Equatable, Sendable, Codable {
  /// Multiply-accumulate operations that contribute to the result (padding not counted apart).
  public var multiplyAccumulates: Int
  /// Bytes of operands read once and results written once.
  public var bytes: Int

  /// A cost; see the properties.
  public init(multiplyAccumulates: Int = 0, bytes: Int = 0) {
    self.multiplyAccumulates = multiplyAccumulates
    self.bytes = bytes
  }

  /// The cost of both.
  public static func + (left: Cost, right: Cost) -> Cost {
    Cost(
      multiplyAccumulates: left.multiplyAccumulates + right.multiplyAccumulates,
      bytes: left.bytes + right.bytes)
  }
}
