public import Tensors

/// What each operation says of itself.
public protocol OperationAttributes: Equatable, Sendable, Codable {
  /// Which operation this describes.
  static var kind: Operation.Kind { get }
  /// Whether images may be stored as bytes.
  static var takesBytes: Bool { get }
  /// The operation with these attributes.
  var operation: Operation { get }
  /// The attributes for people, without those that are as usual.
  var words: [String] { get }
  /// The shape rule.
  func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType
  /// What computing a result costs.
  func cost(of operands: [TensorType], result: TensorType) -> Cost
  /// Adds what the operands contribute to the gradient of a loss.
  ///
  /// An operation that occurs in no network, only in gradients, has no rule.
  func differentiate(_ rule: inout GradientRule) throws(GraphError)
  /// Cases that tests walk: attributes with operand types, odd sizes and batch 2 among them.
  static var samples: [OperationSample] { get }
}

extension OperationAttributes {
  /// Images are floats.
  public static var takesBytes: Bool { false }

  /// No attributes.
  public var words: [String] { [] }

  /// Memory traffic only.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(bytes: elementBytes(operands, result))
  }

  /// There is no rule.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    throw rule.refusal("\(Self.kind.rawValue) has no gradient")
  }
}

/// An operation with operands that suit it, for tests and benchmarks.
public struct OperationSample: Sendable {
  /// What an operand may hold.
  public enum Content: Equatable, Sendable {
    /// Numbers within a range.
    case numbers(ClosedRange<Double>)
    /// Whole numbers within a range.
    case whole(ClosedRange<Int>)
  }

  /// The operation.
  public var operation: Operation
  /// Types of its operands.
  public var operands: [TensorType]
  /// What each operand may hold.
  public var contents: [Content]

  /// A sample whose operands hold numbers within -1...1, but for some.
  init(_ operation: Operation, _ shapes: [TensorShape], _ contents: [Int: Content] = [:]) {
    self.operation = operation
    operands = shapes.map { TensorType($0) }
    self.contents = shapes.indices.map { contents[$0] ?? .numbers(-1...1) }
  }

  init(
    _ attributes: some OperationAttributes, _ shapes: [TensorShape],
    _ contents: [Int: Content] = [:]
  ) {
    self.init(attributes.operation, shapes, contents)
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
