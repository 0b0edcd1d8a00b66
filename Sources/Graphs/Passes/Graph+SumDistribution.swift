import Tensors

extension Graph {
  /// The graph with every sum of a concatenation and an image done part by part: the sum then
  /// fuses into the convolutions that make the parts, and slices of the image are views.
  public func distributingSums() throws(GraphError) -> Graph {
    var rewriter = GraphRewriter(self)
    let uses = useCounts
    for value in values {
      guard
        case .operation(.combination(.sum), let operands) = self[value].source,
        self[operands[0]].type == self[operands[1]].type
      else { continue }
      let isParted = { (operand: Value) in
        if case .operation(.concatenation, _) = self[operand].source {
          uses[operand] == 1
        } else {
          false
        }
      }
      guard let parted = operands.first(where: isParted) else { continue }
      let other = operands[0] == parted ? operands[1] : operands[0]
      rewriter.define(
        value, as: .concatenation(Concatenation()),
        of: parts(of: parted, plus: other, name: self[value].name))
    }
    return try rewriter.finished()
  }

  private func parts(
    of concatenation: Value, plus image: Value, name: String
  ) -> [GraphRewriter.Operand] {
    guard case .operation(_, let parts) = self[concatenation].source else { return [] }
    var first = 0
    return parts.map { part in
      let count = self[part].type.shape.channels
      defer { first += count }
      let slice = GraphRewriter.Definition(
        name: "\(name)/addend\(first)",
        operation: .channelSlice(ChannelSlice(first: first, count: count)),
        operands: [.old(image)])
      return .new(
        GraphRewriter.Definition(
          name: "\(name)/part\(first)", operation: .combination(.sum),
          operands: [.old(part), .new(slice)]))
    }
  }
}
