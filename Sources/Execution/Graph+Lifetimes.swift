import Graphs

extension Graph {
  /// The position of the last node that writes or reads each value or a slice of it; slices are counted
  /// with what they are views of.
  var lastUses: [Value: Int] {
    var last: [Value: Int] = [:]
    for value in values {
      guard case .operation(let operation, let operands) = self[value].source,
        operation.kind != .channelSlice
      else { continue }
      for operand in operands + [value] { last[source(of: operand)] = value.position }
    }
    return last
  }

  /// The value that a slice is a view of; other values themselves.
  func source(of value: Value) -> Value {
    guard case .operation(.channelSlice, let operands) = self[value].source else { return value }
    return source(of: operands[0])
  }
}
