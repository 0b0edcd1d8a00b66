extension Graph {
  /// The graph for inference: dropout is gone, and batch normalisation is a scale and a shift.
  ///
  /// Scale and shift are operations on parameters, computed once when the graph is planned.
  public func preparedForInference() throws(GraphError) -> Graph {
    var rewriter = GraphRewriter(self)
    for value in values {
      guard case .operation(let operation, let operands) = self[value].source else { continue }
      if case .dropout = operation {
        rewriter.replace(value, with: operands[0])
      } else if case .batchNormalization(let normalization) = operation {
        let (scale, shift) = normalization.scaleAndShift(operands, name: self[value].name)
        rewriter.define(
          value, as: .affine(Affine()), of: [.old(operands[0]), .new(scale), .new(shift)])
      } else if case .domainBatchNormalization(let normalization) = operation {
        let (scale, shift) = normalization.scaleAndShift(operands, name: self[value].name)
        rewriter.define(
          value, as: .affine(Affine()), of: [.old(operands[0]), .new(scale), .new(shift)])
      }
    }
    return try rewriter.finished()
  }
}

extension BatchNormalization {
  fileprivate func scaleAndShift(
    _ operands: [Graph.Value], name: String
  ) -> (scale: GraphRewriter.Definition, shift: GraphRewriter.Definition) {
    let statistics = NormalizationStatistics(
      gamma: .old(operands[1]), beta: .old(operands[2]), mean: .old(operands[3]),
      variance: .old(operands[4]))
    return statistics.scaleAndShift(epsilon: epsilon, name: name)
  }
}

extension DomainBatchNormalization {
  fileprivate func scaleAndShift(
    _ operands: [Graph.Value], name: String
  ) -> (scale: GraphRewriter.Definition, shift: GraphRewriter.Definition) {
    func blended(_ what: String, _ source: Graph.Value, _ target: Graph.Value)
      -> GraphRewriter.Operand
    {
      func share(_ factor: Double, of value: Graph.Value, _ domain: String)
        -> GraphRewriter.Operand
      {
        .new(
          GraphRewriter.Definition(
            name: "\(name)/\(domain)_\(what)", operation: .scaling(Scaling(factor: factor)),
            operands: [.old(value)]))
      }
      return .new(
        GraphRewriter.Definition(
          name: "\(name)/\(what)", operation: .combination(.sum),
          operands: [share(1 - blend, of: source, "source"), share(blend, of: target, "target")]))
    }
    let statistics = NormalizationStatistics(
      gamma: .old(operands[1]), beta: .old(operands[2]),
      mean: blended("mean", operands[3], operands[5]),
      variance: blended("variance", operands[4], operands[6]))
    return statistics.scaleAndShift(epsilon: epsilon, name: name)
  }
}

/// What a normalisation by fixed statistics is made of.
private struct NormalizationStatistics {
  typealias Definition = GraphRewriter.Definition
  let gamma, beta, mean, variance: GraphRewriter.Operand

  /// The scale gamma / sqrt(variance + epsilon) and the shift beta - mean * scale.
  func scaleAndShift(
    epsilon: Double, name: String
  ) -> (scale: Definition, shift: Definition) {
    let inverse = Definition(
      name: "\(name)/inverse_deviation",
      operation: .inverseDeviation(InverseDeviation(epsilon: epsilon)), operands: [variance])
    let scale = Definition(
      name: "\(name)/scale", operation: .combination(.product),
      operands: [gamma, .new(inverse)])
    let centre = Definition(
      name: "\(name)/centre", operation: .combination(.product),
      operands: [mean, .new(scale)])
    let shift = Definition(
      name: "\(name)/shift", operation: .combination(.difference),
      operands: [beta, .new(centre)])
    return (scale, shift)
  }
}
