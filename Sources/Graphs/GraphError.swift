/// What is wrong with a graph, and at which node.
public struct GraphError: Error, Equatable, Sendable {
  /// What kind of thing is wrong.
  public enum Code: String, Sendable {
    /// An operation has too few or too many operands.
    case operandCount
    /// An operand's shape or element type does not suit the operation.
    case operandType
    /// Two nodes, inputs or outputs share a name.
    case duplicateName
    /// A node refers to a value that does not come before it.
    case order
    /// A node's recorded type is not the one its rule gives.
    case inconsistentType
    /// Weights are missing, unexpected, or of another shape.
    case parameters
    /// An operation has no gradient.
    case notDifferentiable
    /// The text or JSON does not describe a graph.
    case malformed
  }

  /// What kind of thing is wrong.
  public var code: Code
  /// One sentence: what is wrong, with the values that show it.
  public var message: String
  /// The offending node's name.
  public var node: String

  /// An error; see the properties.
  public init(_ code: Code, _ message: String, node: String) {
    self.code = code
    self.message = message
    self.node = node
  }
}
