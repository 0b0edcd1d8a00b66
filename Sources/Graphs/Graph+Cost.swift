import Tensors

extension Graph {
  /// What computing a value from its operands costs; nothing for inputs and parameters.
  public func cost(of value: Value) -> Cost {
    guard case .operation(let operation, let operands) = self[value].source else { return Cost() }
    return operation.attributes.cost(
      of: operands.map { self[$0].type }, result: self[value].type)
  }

  /// What one run costs: the sum over all operations that depend on an input.
  public var cost: Cost {
    let constant = constantValues
    return values.filter { !constant.contains($0) }.reduce(Cost()) { $0 + cost(of: $1) }
  }

  /// How many numbers the parameters of the given role hold.
  public func parameterCount(_ role: Role) -> Int {
    nodes.filter { $0.source == .parameter(role) }.reduce(0) { $0 + $1.type.shape.count }
  }

  /// The values that depend on parameters only; they are computed once.
  public var constantValues: Set<Value> {
    var constant: Set<Value> = []
    for value in values {
      switch self[value].source {
      case .input: break
      case .parameter: constant.insert(value)
      case .operation(_, let operands):
        if operands.allSatisfy(constant.contains) { constant.insert(value) }
      }
    }
    return constant
  }
}
