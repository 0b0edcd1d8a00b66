import Tensors

extension Graph {
  /// The graph with activations, scales, sums and products that follow a convolution done by it, where the
  /// order of an epilogue allows and nothing else uses the value between.
  public func fusingEpilogues() throws(GraphError) -> Graph {
    var rewriter = GraphRewriter(self)
    let uses = useCounts
    for value in values {
      guard case .operation(let operation, let operands) = self[value].source else { continue }
      for position in operands.indices.reversed() where uses[operands[position]] == 1 {
        guard
          let convolution = rewriter.definition(of: operands[position]),
          let epilogue = convolution.operation.epilogue,
          let fused = epilogue.absorbing(
            operation, at: position, types: operands.map { self[$0].type })
        else { continue }
        let rest = operands.indices.filter { $0 != position }.map {
          GraphRewriter.Operand.old(operands[$0])
        }
        rewriter.define(
          value, as: convolution.operation.with(fused), of: convolution.operands + rest)
        break
      }
    }
    return try rewriter.finished()
  }
}

extension Epilogue {
  /// The epilogue that also does `operation`, whose operand at `position` is the convolution's
  /// result; nothing if the order does not allow it.
  fileprivate func absorbing(
    _ operation: Operation, at position: Int, types: [TensorType]
  ) -> Epilogue? {
    var fused = self
    if case .activation(let activation) = operation {
      guard self.activation == nil, !affine, !addend, !factor else { return nil }
      fused.activation = activation
    } else if case .affine = operation {
      guard position == 0, !affine, !addend, !factor else { return nil }
      fused.affine = true
    } else if case .combination(.sum) = operation {
      guard !addend, !factor, types[0] == types[1] else { return nil }
      fused.addend = true
    } else if case .combination(.product) = operation {
      guard !factor, types[0] == types[1] else { return nil }
      fused.factor = true
    } else {
      return nil
    }
    return fused
  }
}
