import Execution
import Graphs
import Kernels
import Tensors
import Testing

struct DomainCalibrationGoldenTests {
  /// Two layers of convolution, ReLU and normalisation.
  private func network(_ golden: KernelsGolden) throws -> (Graph, ParameterValues) {
    var graph = Graph()
    var parameters: ParameterValues = [:]
    func parameter(_ name: String, _ values: Tensor<Double>) throws -> Graph.Value {
      parameters[name] = Tensor(values.shape, values.elements.map(Float.init))
      return try graph.parameter(name, values.shape)
    }
    let x = try golden.input("x").image
    var value = try graph.input("x", TensorType(x.shape))
    for layer in ["1", "2"] {
      let kernel = try golden.input("k\(layer)").kernel
      let count = kernel.shape.channels
      value = try graph.apply(
        .convolution(Convolution(kernel: .one)),
        to: [
          value, try parameter("kernel\(layer)", kernel),
          try parameter("bias\(layer)", try golden.input("c\(layer)").plain),
        ], name: "conv\(layer)")
      value = try graph.apply(.activation(.relu), to: [value], name: "relu\(layer)")
      let statistic = Tensor<Double>([count], Array(repeating: 0.5, count: count))
      value = try graph.apply(
        .batchNormalization(BatchNormalization(epsilon: 1e-5)),
        to: [
          value, try parameter("gamma\(layer)", try golden.input("gamma\(layer)").plain),
          try parameter("beta\(layer)", try golden.input("beta\(layer)").plain),
          try parameter("mean\(layer)", statistic), try parameter("variance\(layer)", statistic),
        ], name: "bn\(layer)")
    }
    try graph.output("y", value)
    return (graph, parameters)
  }

  @Test func onePassFindsWhatGoingFromLayerToLayerFinds() throws {
    let golden = try KernelsGolden("progressive_calibration")
    var (graph, parameters) = try network(golden)
    let x = try golden.input("x").image
    let session = try Session(
      try graph.preparedForTraining(), parameters: parameters, backend: .reference, threadCount: 1)
    session.withUnsafeInput("x") { _ = $0.update(fromContentsOf: x.elements.map(Float.init)) }
    session.compute()
    for statistics in graph.movingStatistics {
      let layer = String(statistics.mean.last ?? "?")
      let moments = session.output(statistics.moments).elements
      let wanted = try golden.output("mean\(layer)").data + golden.output("var\(layer)").data
      for (found, wanted) in zip(moments, wanted) { #expect(abs(Double(found) - wanted) < 1e-5) }
      let half = moments.count / 2
      for (name, values) in [
        (statistics.mean, moments.prefix(half)), (statistics.variance, moments.suffix(half)),
      ] { parameters[Graph.targetName(of: name)] = Tensor([half], Array(values)) }
    }
    graph = try graph.normalizingBetweenDomains(Set(graph.normalizationNames), blend: 1)
    let calibrated = try Session(
      try graph.optimizedForInference(), parameters: parameters, backend: .reference,
      threadCount: 1)
    calibrated.withUnsafeInput("x") { _ = $0.update(fromContentsOf: x.elements.map(Float.init)) }
    calibrated.compute()
    for (found, wanted) in zip(
      calibrated.output("y").elements, try golden.output("out").image.elements)
    { #expect(abs(Double(found) - wanted) < 1e-4) }
  }
}
