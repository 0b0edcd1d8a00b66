import Foundation
import Graphs
import Kernels
import Tensors
import TestSupport
import Testing

/// The Gumbel-softmax, its mixture, and FBNet's loss with its gradient.
struct SearchGoldenTests {
  @Test(arguments: ["5.0", "1.0", "0.2"])
  func gatesMixtureLatencyAndLossAgree(_ temperature: String) throws {
    let golden = try KernelsGolden("gumbel_softmax_fbnet")
    let places = try golden.input("theta").shape[0]
    let blocks = try golden.input("theta").shape[1]
    var graph = Graph()
    var parameters: [String: Tensor<Double>] = [:]
    var inputs: [String: Tensor<Double>] = [
      "inverse": Tensor([1], [1 / (Double(temperature) ?? .nan)]),
      "loss": Tensor([1], [try golden.input("ce").data[0]]),
    ]
    let inverse = try graph.input("inverse", TensorType([1]))
    var latency: Graph.Value?
    for place in 0..<places {
      func row(_ name: String) throws -> [Double] {
        let width = blocks * (name == "candidate_outputs" ? 5 : 1)
        return Array(try golden.input(name).data[place * width..<(place + 1) * width])
      }
      parameters["theta\(place)"] = Tensor([blocks], try row("theta"))
      inputs["noise\(place)"] = Tensor([blocks], try row("uniform").map { -log(-log($0)) })
      inputs["table\(place)"] = Tensor([blocks], try row("lut_ms"))
      let theta = try graph.parameter("theta\(place)", [blocks])
      let noise = try graph.input("noise\(place)", TensorType([blocks]))
      let table = try graph.input("table\(place)", TensorType([blocks]))
      let noisy = try graph.apply(.combination(.sum), to: [theta, noise], name: "noisy\(place)")
      let scaled = try graph.apply(
        .combination(.product), to: [noisy, inverse], name: "scaled\(place)")
      let gates = try graph.apply(.softmax(Softmax()), to: [scaled], name: "gates\(place)")
      try graph.output("m\(place)", gates)
      try graph.output("mix\(place)", try mixture(place, gates, try row("candidate_outputs")))
      let product = try graph.apply(
        .combination(.product), to: [gates, table], name: "product\(place)")
      let own = try graph.apply(.summation(.channels), to: [product], name: "latency\(place)")
      latency =
        try latency.map {
          try graph.apply(.combination(.sum), to: [$0, own], name: "sum\(place)")
        } ?? own
    }
    func mixture(
      _ place: Int, _ gates: Graph.Value, _ outputs: [Double]
    ) throws -> Graph.Value {
      var sum: Graph.Value?
      for block in 0..<blocks {
        let name = "output\(place)_\(block)"
        inputs[name] = Tensor([1, 1, 1, 5], Array(outputs[block * 5..<(block + 1) * 5]))
        let output = try graph.input(name, TensorType([1, 1, 1, 5]))
        let gated = try graph.apply(
          .gating(Gating(index: block)), to: [output, gates], name: "\(name)/gated")
        sum =
          try sum.map {
            try graph.apply(.combination(.sum), to: [$0, gated], name: "\(name)/sum")
          } ?? gated
      }
      return try #require(sum)
    }
    let total = try #require(latency)
    try graph.output("latency", total)
    let loss = try graph.input("loss", TensorType([1]))
    let factor = try graph.apply(
      .logarithmicPower(LogarithmicPower(coefficient: 0.2, exponent: 0.6)), to: [total],
      name: "factor")
    let weighed = try graph.apply(
      .combination(.product), to: [loss, factor], name: "weighed")
    try graph.output("weighed", weighed)
    inputs[Graph.seedName] = Tensor([1], [1])
    let found = try plainOutputs(of: try graph.differentiated("weighed"), parameters, inputs)
    func expect(_ name: String, _ expected: ArraySlice<Double>) throws {
      for (a, b) in zip(try #require(found[name]).elements, expected) {
        #expect(abs(a - b) < 1e-10 * max(1, abs(b)), "\(name)")
      }
    }
    func wanted(_ name: String) throws -> [Double] {
      try golden.output("\(name)_T\(temperature)").data
    }
    for place in 0..<places {
      let range = place * blocks..<(place + 1) * blocks
      try expect("m\(place)", try wanted("m")[range])
      try expect("mix\(place)", try wanted("mix")[place * 5..<(place + 1) * 5])
      try expect("gradient/theta\(place)", try wanted("dtheta")[range])
    }
    try expect("latency", try wanted("latency")[...])
    try expect("weighed", try wanted("loss")[...])
  }
}
