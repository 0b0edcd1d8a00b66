import Foundation
import Graphs
import Networks
import Tensors
import TestSupport
import Testing

/// What a network's weights cost by the shares of their numbers of bits, and what that says to each share.
struct SizeGoldenTests {
  @Test func expectedSizesAndTheirGradientsAgree() throws {
    let golden = try KernelsGolden("dnas_model_size_cost")
    let (theta, uniform) = (try golden.input("theta"), try golden.input("uniform"))
    let bits = try golden.input("bits").data
    let counts = try golden.input("params").data
    var builder = NetworkBuilder(order: nil)
    var gates = ChoiceGates()
    var parameters: [String: Tensor<Double>] = [:]
    var inputs: [String: Tensor<Double>] = [
      "inverse_temperature": Tensor([1], [1]), "latency_rest": Tensor([1], [0]),
      Graph.seedName: Tensor([1], [1]),
    ]
    for (layer, count) in counts.enumerated() {
      let range = layer * bits.count..<(layer + 1) * bits.count
      let shares = try gates.gates(of: "layer\(layer)", count: bits.count, in: &builder)
      try builder.output("m\(layer)", shares)
      parameters["layer\(layer)/architecture"] = Tensor([bits.count], Array(theta.data[range]))
      inputs["layer\(layer)/noise"] = Tensor(
        [bits.count], uniform.data[range].map { -log(-log($0)) })
      inputs["layer\(layer)/mask"] = Tensor([bits.count])
      inputs["layer\(layer)/latency"] = Tensor([bits.count], bits.map { $0 * count })
    }
    try gates.finish(in: &builder)
    let found = try plainOutputs(
      of: try builder.graph.differentiated("latency"), parameters, inputs)
    func expect(_ name: String, _ expected: some Sequence<Double>) throws {
      for (a, b) in zip(try #require(found[name]).elements, expected) {
        #expect(abs(a - b) < 1e-10 * max(1, abs(b)), "\(name)")
      }
    }
    try expect("latency", try golden.output("cost").data)
    for layer in counts.indices {
      let range = layer * bits.count..<(layer + 1) * bits.count
      try expect("m\(layer)", try golden.output("m").data[range])
      try expect(
        "gradient/layer\(layer)/architecture", try golden.output("dtheta").data[range])
    }
  }
}
