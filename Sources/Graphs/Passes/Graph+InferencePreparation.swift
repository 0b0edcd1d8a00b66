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
      }
    }
    return try rewriter.finished()
  }
}

extension BatchNormalization {
  /// The scale gamma / sqrt(variance + epsilon) and the shift beta - mean * scale.
  fileprivate func scaleAndShift(
    _ operands: [Graph.Value], name: String
  ) -> (scale: GraphRewriter.Definition, shift: GraphRewriter.Definition) {
    typealias Definition = GraphRewriter.Definition
    let (gamma, beta, mean, variance) = (operands[1], operands[2], operands[3], operands[4])
    let inverse = Definition(
      name: "\(name)/inverse_deviation",
      operation: .inverseDeviation(InverseDeviation(epsilon: epsilon)), operands: [.old(variance)])
    let scale = Definition(
      name: "\(name)/scale", operation: .combination(.product),
      operands: [.old(gamma), .new(inverse)])
    let centre = Definition(
      name: "\(name)/centre", operation: .combination(.product),
      operands: [.old(mean), .new(scale)])
    let shift = Definition(
      name: "\(name)/shift", operation: .combination(.difference),
      operands: [.old(beta), .new(centre)])
    return (scale, shift)
  }
}
