public import Tensors

/// What an operation's rule sees when it is differentiated, and where it puts what it finds.
public struct GradientRule {
  /// The gradient of the loss with respect to the operation's result.
  public let given: Graph.Value
  /// The types of the operation's operands.
  public let types: [TensorType]
  private let node: Graph.Node
  private let value: Graph.Value
  private let operands: [Graph.Value]
  var state: Differentiation
  private var count = 0

  init(_ value: Graph.Value, given: Graph.Value, operands: [Graph.Value], state: Differentiation) {
    self.given = given
    self.value = value
    self.operands = operands
    self.state = state
    node = state.graph[value]
    types = operands.map { state.graph[$0].type }
  }

  /// Whether anything wants the gradient with respect to an operand.
  public func isWanted(_ index: Int) -> Bool { state.isWanted(operands[index]) }

  /// An operand, as it was or computed again.
  public mutating func operand(_ index: Int) throws(GraphError) -> Graph.Value {
    try state.recall(operands[index])
  }

  /// The operation's result, as it was or computed again.
  public mutating func result() throws(GraphError) -> Graph.Value { try state.recall(value) }

  /// Adds an operation to the gradient.
  public mutating func apply(
    _ attributes: some OperationAttributes, to operands: [Graph.Value]
  ) throws(GraphError) -> Graph.Value {
    count += 1
    return try state.apply(
      attributes.operation, to: operands, name: "gradient/\(node.name)/\(count)")
  }

  /// Says what an operand's gradient is, or a part of it.
  public mutating func contribute(_ gradient: Graph.Value, to index: Int) {
    contribute(gradient, to: operands[index])
  }

  mutating func contribute(_ gradient: Graph.Value, to operand: Graph.Value) {
    if state.isWanted(operand) { state.contributions[operand, default: []].append(gradient) }
  }

  /// Why the operation cannot be differentiated.
  public func refusal(_ message: String) -> GraphError {
    GraphError(.notDifferentiable, message, node: node.name)
  }

  /// The gradient with respect to a convolution's sums.
  ///
  /// - Throws: `.notDifferentiable` for an epilogue that scales, adds or multiplies: its operations are to stand by
  ///   themselves in a graph that is trained.
  mutating func given(through epilogue: Epilogue) throws(GraphError) -> Graph.Value {
    guard !epilogue.affine, !epilogue.addend, !epilogue.factor else {
      throw refusal("its epilogue does more than a bias and an activation")
    }
    guard let activation = epilogue.activation else { return given }
    return try apply(ActivationGradient(of: activation), to: [given, try result()])
  }

  /// The pooling whose maxima and places the first operand holds, if it does, and what it pools.
  var storingPooling: (MaxPooling, (value: Graph.Value, type: TensorType))? {
    guard
      case .operation(.maxPooling(let pooling), let inputs) = state.graph[operands[0]].source,
      pooling.storesPlaces
    else { return nil }
    return (pooling, (inputs[0], state.graph[inputs[0]].type))
  }
}
