import Graphs
import Networks
import Tensors

/// Adds numbers of several precisions to a network, and lets it take their mixtures.
struct PrecisionMixer {
  private let network: Graph
  private var builder: NetworkBuilder
  private var gates = ChoiceGates()
  private var detours: [Graph.Value: Graph.Value] = [:]

  init(_ network: Graph) {
    self.network = network
    builder = NetworkBuilder(extending: network)
  }

  /// Lets weights be of some of the candidates for them.
  mutating func mix(
    weights name: String, bits: [Int], taking part: [Int]
  ) throws(GraphError) {
    try mix([name], of: name, taking: part.map { ($0, bits[$0]) }, among: bits.count) {
      Operation.rounding(weightsTo: $0).map { ($0, []) }
    }
  }

  /// Lets an image be of some of the candidates for it: all of its nodes alike, by one range.
  mutating func mix(
    _ image: RoundingPlaces.Image, bits: [Int], taking part: [Int]
  ) throws(GraphError) {
    guard bits != [RoundingPlaces.unroundedBits] else { return }
    let range = try builder.parameter(image.rangeName, [2])
    try mix(image.nodes, of: image.name, taking: part.map { ($0, bits[$0]) }, among: bits.count) {
      Operation.rounding(imagesTo: $0).map { ($0, [range]) }
    }
  }

  /// The network with its mixtures, and with what they cost as the output `latency`.
  mutating func finished() throws(GraphError) -> Graph {
    try gates.finish(in: &builder)
    return try builder.graph.rerouting(detours)
  }

  /// Lets nodes be of some candidates; where there is no choice, of the only one.
  private mutating func mix(
    _ nodes: [String], of place: String, taking part: [(index: Int, bits: Int)], among count: Int,
    rounding: (_ bits: Int) -> (operation: Operation, others: [Graph.Value])?
  ) throws(GraphError) {
    let shares = count > 1 ? try gates.gates(of: place, count: count, in: &builder) : nil
    for node in nodes {
      guard let value = network.value(named: node) else { continue }
      var made: [(index: Int, name: String, value: Graph.Value)] = []
      for (index, bits) in part {
        let name = "\(node)/\(bits)_bits"
        guard let (operation, others) = rounding(bits) else {
          made.append((index, name, value))
          continue
        }
        made.append(
          (index, name, try builder.apply(operation, to: [value] + others, name: name)))
      }
      if let shares {
        detours[value] = try builder.mixture(made, by: shares)
      } else {
        detours[value] = made.first?.value
      }
    }
  }
}
