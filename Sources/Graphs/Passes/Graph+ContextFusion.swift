import Tensors

extension Graph {
  /// The graph with every context aggregation module as one operation, where nothing else uses what is
  /// inside.
  ///
  /// Its products must have been fused into the convolutions (`fusingEpilogues()`).
  public func fusingContextAggregations() throws(GraphError) -> Graph {
    var rewriter = GraphRewriter(self)
    let uses = useCounts
    for value in values {
      guard
        let excite = pointwise(value, Epilogue(activation: .sigmoid, factor: true)),
        uses[excite[0]] == 1, let squeeze = pointwise(excite[0], Epilogue(activation: .relu)),
        uses[squeeze[0]] == 1,
        case .operation(.maxPooling(let pooling), let pooled) = self[squeeze[0]].source,
        pooling.stride == .one, !pooling.storesPlaces, pooled[0] == excite[3]
      else { continue }
      rewriter.define(
        value, as: .contextAggregation(ContextAggregation(window: pooling.kernel)),
        of: [pooled[0], squeeze[1], squeeze[2], excite[1], excite[2]].map(
          GraphRewriter.Operand.old))
    }
    return try rewriter.finished()
  }

  /// The operands of a convolution of one pixel's width with a given epilogue; nothing where the value is
  /// something else.
  private func pointwise(_ value: Value, _ epilogue: Epilogue) -> [Value]? {
    guard
      case .operation(.convolution(let convolution), let operands) = self[value].source,
      convolution == Convolution(kernel: .one, epilogue: epilogue)
    else { return nil }
    return operands
  }
}
