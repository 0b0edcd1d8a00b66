import Graphs

extension Graph {
  /// The network with latency as a part of its loss: outputs `loss`, which counts both, and `latency`.
  ///
  /// The sum's weight is an input `latency_weight` `[1]`: by how much of the loss a unit of latency counts.
  ///
  /// - Throws: `.order` where the graph has no such outputs.
  func weighing(_ weighting: LatencyWeighting) throws(GraphError) -> Graph {
    guard let loss = outputs.first(where: { $0.name == "loss" })?.value,
      let latency = outputs.first(where: { $0.name == "latency" })?.value
    else { throw GraphError(.order, "the graph has no loss and no latency", node: "loss") }
    var graph = self
    let whole: Graph.Value
    switch weighting.form {
    case .sum:
      let weight = try graph.input("latency_weight", self[latency].type)
      let part = try graph.apply(
        .combination(.product), to: [latency, weight], name: "latency/share")
      whole = try graph.apply(.combination(.sum), to: [loss, part], name: "weighed_loss")
    case .product:
      let microseconds = try graph.apply(
        .scaling(Scaling(factor: 1000)), to: [latency], name: "latency/microseconds")
      let factor = try graph.apply(
        .logarithmicPower(
          LogarithmicPower(
            coefficient: weighting.coefficient, exponent: weighting.exponent)),
        to: [microseconds], name: "latency/factor")
      whole = try graph.apply(.combination(.product), to: [loss, factor], name: "weighed_loss")
    }
    return try graph.replacingOutput("loss", with: whole)
  }
}
