public import Graphs
public import Tensors

/// One computation of a prepared plan: an operation with everything that is fused into it, on images of given
/// sizes and types.
public struct LatencyUnit: Equatable, Sendable, Codable {
  /// The operation with its epilogue.
  public var operation: Operation
  /// The types of its operands.
  public var operands: [TensorType]
  /// The type of its result.
  public var result: TensorType

  /// A unit; see the properties.
  public init(operation: Operation, operands: [TensorType], result: TensorType) {
    (self.operation, self.operands, self.result) = (operation, operands, result)
  }

  /// What a value of a graph is computed by; nothing for what is given.
  public init?(_ value: Graph.Value, of graph: Graph) {
    guard case .operation(let operation, let operands) = graph[value].source else { return nil }
    self.init(
      operation: operation, operands: operands.map { graph[$0].type }, result: graph[value].type)
  }

  /// What a table calls it: units of one key take equally long.
  ///
  /// What bytes stand for does not matter, only that an operand or the result is bytes.
  public var key: String {
    let stored =
      operation.kind == .conversion ? Conversion(to: nil).operation : operation.storing(as: nil)
    return "\(stored) \(operands.map(Self.word).joined(separator: " ")) -> \(Self.word(result))"
  }

  private static func word(_ type: TensorType) -> String {
    let sizes = (0..<type.shape.rank).map { String(type.shape[$0]) }.joined(separator: "x")
    return "\(type.element.rawValue) \(sizes)"
  }
}
