import Execution
import Graphs
import Kernels
import Tensors

/// One sample of an operation, computed by the fast kernels and by the reference.
struct KernelComparison {
  let sample: OperationSample

  /// The largest difference of any element; infinite where a side cannot be computed.
  var largestError: Float {
    do {
      let (graph, parameters, inputs) = try problem()
      let results = try [Backend.fastest, .reference].map { backend in
        try Session(graph, parameters: parameters, backend: backend, threadCount: 2)
          .run(inputs)["y"]?.elements ?? []
      }
      guard results[0].count == results[1].count, !results[0].isEmpty else { return .infinity }
      return zip(results[0], results[1]).reduce(0) { worst, pair in
        let difference = abs(pair.0 - pair.1)
        return difference.isFinite ? max(worst, difference) : .infinity
      }
    } catch {
      return .infinity
    }
  }

  /// A graph of the one operation: its first operand is an input, the others are weights.
  private func problem() throws -> (Graph, ParameterValues, [String: Tensor<Float>]) {
    var graph = Graph()
    var values: [Graph.Value] = []
    var parameters: ParameterValues = [:]
    for (position, type) in sample.operands.enumerated() {
      let name = "operand\(position)"
      if position == 0 {
        values.append(try graph.input(name, type))
      } else {
        values.append(try graph.parameter(name, type.shape))
        parameters[name] = numbers(type.shape, sample.contents[position], seed: position)
      }
    }
    try graph.output("y", try graph.apply(sample.operation, to: values, name: "operation"))
    let input = numbers(sample.operands[0].shape, sample.contents[0], seed: 0)
    return (graph, parameters, ["operand0": input])
  }

  /// Numbers that look random and that the operand may hold.
  private func numbers(
    _ shape: TensorShape, _ content: OperationSample.Content, seed: Int
  ) -> Tensor<Float> {
    var state = UInt64(truncatingIfNeeded: seed + 1) &* 0x9E37_79B9_7F4A_7C15
    return Tensor(
      shape,
      (0..<shape.count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let share = Double(state >> 40) / Double(1 << 24)
        return switch content {
        case .numbers(let range):
          Float(range.lowerBound + share * (range.upperBound - range.lowerBound))
        case .whole(let range): Float(range.lowerBound + Int(share * Double(range.count)))
        }
      })
  }
}
