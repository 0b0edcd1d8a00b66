import Foundation
import Graphs
import Kernels
import Networks
import Tensors
import TestSupport
import Testing

@testable import Search

/// The Gumbel-softmax, its mixture, and FBNet's loss with its gradient.
struct SearchGoldenTests {
  @Test(arguments: ["5.0", "1.0", "0.2"])
  func gatesMixtureLatencyAndLossAgree(_ temperature: String) throws {
    let golden = try KernelsGolden("gumbel_softmax_fbnet")
    let (places, blocks) = (try golden.input("theta").shape[0], try golden.input("theta").shape[1])
    let found = try plainOutputs(
      of: try graph(places: places, blocks: blocks), try parameters(golden),
      try inputs(golden, temperature: Double(temperature) ?? .nan))
    func expect(_ name: String, _ expected: ArraySlice<Double>, unit: Double = 1) throws {
      for (a, b) in zip(try #require(found[name]).elements, expected) {
        #expect(abs(a * unit - b) < 1e-10 * max(1, abs(b)), "\(name)")
      }
    }
    func wanted(_ name: String) throws -> [Double] {
      try golden.output("\(name)_T\(temperature)").data
    }
    for place in 0..<places {
      let range = place * blocks..<(place + 1) * blocks
      try expect("gates\(place)", try wanted("m")[range])
      try expect("mixture\(place)", try wanted("mix")[place * 5..<(place + 1) * 5])
      try expect("gradient/place\(place)/architecture", try wanted("dtheta")[range])
    }
    try expect("latency", try wanted("latency")[...], unit: 1000)
    try expect("loss", try wanted("loss")[...])
  }

  /// The gates, the mixture and the loss as a search puts them together.
  private func graph(places: Int, blocks: Int) throws -> Graph {
    var builder = NetworkBuilder(order: nil)
    var gates = ChoiceGates()
    for place in 0..<places {
      let own = try gates.gates(of: "place\(place)", count: blocks, in: &builder)
      try builder.output("gates\(place)", own)
      var candidates: [(index: Int, name: String, value: Graph.Value)] = []
      for block in 0..<blocks {
        let name = "output\(place)_\(block)"
        candidates.append((block, name, try builder.input(name, [1, 1, 1, 5])))
      }
      let mixture = try #require(try builder.mixture(candidates, by: own))
      try builder.output("mixture\(place)", mixture)
    }
    try gates.finish(in: &builder)
    try builder.output("loss", try builder.input("cross_entropy", [1]))
    var weighting = LatencyWeighting()
    weighting.form = .product
    return try builder.graph.weighing(weighting).differentiated("loss")
  }

  private func parameters(_ golden: KernelsGolden) throws -> [String: Tensor<Double>] {
    let rows = try rows(golden, "theta")
    return Dictionary(
      uniqueKeysWithValues: rows.enumerated().map {
        ("place\($0)/architecture", Tensor([$1.count], $1))
      })
  }

  private func inputs(
    _ golden: KernelsGolden, temperature: Double
  ) throws -> [String: Tensor<Double>] {
    var inputs: [String: Tensor<Double>] = [
      "inverse_temperature": Tensor([1], [1 / temperature]),
      "cross_entropy": Tensor([1], [try golden.input("ce").data[0]]),
      Graph.seedName: Tensor([1], [1]),
    ]
    for (place, row) in try rows(golden, "uniform").enumerated() {
      inputs["place\(place)/noise"] = Tensor([row.count], row.map { -log(-log($0)) })
    }
    for (place, row) in try rows(golden, "lut_ms").enumerated() {
      // The golden loss takes the logarithm of these figures as they are, ours of a thousand times as much.
      inputs["place\(place)/latency"] = Tensor([row.count], row.map { $0 / 1000 })
    }
    for (place, row) in try rows(golden, "candidate_outputs").enumerated() {
      for block in 0..<row.count / 5 {
        inputs["output\(place)_\(block)"] = Tensor(
          [1, 1, 1, 5], Array(row[block * 5..<(block + 1) * 5]))
      }
    }
    return inputs
  }

  /// What a golden input says of each place.
  private func rows(_ golden: KernelsGolden, _ name: String) throws -> [[Double]] {
    let input = try golden.input(name)
    let width = input.data.count / input.shape[0]
    return (0..<input.shape[0]).map { Array(input.data[$0 * width..<($0 + 1) * width]) }
  }
}
