package import Graphs
import Tensors

/// The gates of a network's places, and the latency that all of its candidates have by their shares.
///
/// See `BlockNetwork` for the inputs, parameters and the output that they add.
package struct ChoiceGates {
  private var latencies: [Graph.Value] = []
  private var inverseTemperature: Graph.Value?

  /// No places yet.
  package init() {}

  /// Adds the gates `[count]` of a place: the Gumbel-softmax of its architecture parameters.
  ///
  /// Wu et al., arXiv 1812.03443, equations 4 to 6.
  package mutating func gates(
    of place: String, count: Int, in builder: inout NetworkBuilder
  ) throws(GraphError) -> Graph.Value {
    let inverse: Graph.Value
    if let given = inverseTemperature {
      inverse = given
    } else {
      inverse = try builder.input("inverse_temperature", [1])
      inverseTemperature = inverse
    }
    let parameter = try builder.parameter("\(place)/architecture", [count])
    let noise = try builder.input("\(place)/noise", [count])
    let mask = try builder.input("\(place)/mask", [count])
    let latency = try builder.input("\(place)/latency", [count])
    let noisy = try builder.apply(
      .combination(.sum), to: [parameter, noise], name: "\(place)/noisy")
    let shares = try softmax("\(place)/shares", noisy, inverse, in: &builder)
    let expected = try builder.apply(
      .combination(.product), to: [shares, latency], name: "\(place)/latencies")
    latencies.append(
      try builder.apply(.summation(.channels), to: [expected], name: "\(place)/expected"))
    let masked = try builder.apply(
      .combination(.sum), to: [noisy, mask], name: "\(place)/masked")
    return try softmax("\(place)/gates", masked, inverse, in: &builder)
  }

  private func softmax(
    _ name: String, _ logits: Graph.Value, _ inverse: Graph.Value, in builder: inout NetworkBuilder
  ) throws(GraphError) -> Graph.Value {
    let scaled = try builder.apply(
      .combination(.product), to: [logits, inverse], name: "\(name)/scaled")
    return try builder.apply(.softmax(Softmax()), to: [scaled], name: name)
  }

  /// Adds the output `latency`, where anything is to be chosen.
  package func finish(in builder: inout NetworkBuilder) throws(GraphError) {
    guard !latencies.isEmpty else { return }
    var sum = try builder.input("latency_rest", [1])
    for (index, latency) in latencies.enumerated() {
      sum = try builder.apply(
        .combination(.sum), to: [sum, latency], name: "latency/\(index + 1)")
    }
    try builder.output("latency", sum)
  }
}

extension NetworkBuilder {
  /// Adds the sum of some candidates, each times its gate; nothing where there are none.
  ///
  /// - Parameters:
  ///   - candidates: which gate each has, what its nodes are called, and what it makes.
  ///   - gates: of the whole place.
  /// - Returns: an image of the candidates' shape.
  /// - Throws: `.operandType` where the candidates' shapes differ.
  package mutating func mixture(
    _ candidates: [(index: Int, name: String, value: Graph.Value)], by gates: Graph.Value
  ) throws(GraphError) -> Graph.Value? {
    var sum: Graph.Value?
    for (index, name, value) in candidates {
      let gated = try apply(
        .gating(Gating(index: index)), to: [value, gates], name: "\(name)/gated")
      sum =
        if let before = sum {
          try apply(.combination(.sum), to: [before, gated], name: "\(name)/sum")
        } else {
          gated
        }
    }
    return sum
  }
}
