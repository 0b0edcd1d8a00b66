package import Graphs
package import Tensors

/// A graph of random operations on small images: concatenations of whatever there is, slices,
/// sums, constants, several outputs.
package struct RandomGraph {
  /// The graph.
  package private(set) var graph = Graph()
  /// Values of its parameters.
  package private(set) var parameters: ParameterValues = [:]
  private var random: SeededNumbers
  private var images: [Graph.Value] = []
  private static let pixels: [Int] = [1, 4, 5]
  private static let largestChannelCount = 40

  /// Another graph for each seed.
  package init(seed: UInt64) throws {
    random = SeededNumbers(seed: seed)
    for (name, channels) in [("a", 3), ("b", 5)] {
      images.append(try graph.input(name, TensorType(TensorShape(Self.pixels + [channels]))))
    }
    images.append(try parameter("constant", TensorShape(Self.pixels + [2]), -1...1))
    for number in 0..<Int.random(in: 3...14, using: &random) {
      images.append(try operation("node\(number)"))
    }
    let count = Int.random(in: 1...4, using: &random)
    for (number, value) in images.shuffled(using: &random).prefix(count).enumerated() {
      try graph.output("output\(number)", value)
    }
    if let last = images.last { try graph.output("last", last) }
  }

  /// Random values of its inputs.
  package mutating func inputs() -> [String: Tensor<Float>] {
    var inputs: [String: Tensor<Float>] = [:]
    for node in graph.inputs { inputs[node.name] = random.tensor(node.type.shape) }
    return inputs
  }

  private mutating func parameter(
    _ name: String, _ shape: TensorShape, _ range: ClosedRange<Float>
  ) throws -> Graph.Value {
    parameters[name] = random.tensor(shape, in: range)
    return try graph.parameter(name, shape)
  }

  private func channels(_ value: Graph.Value) -> Int { graph[value].type.shape.channels }

  private mutating func operation(_ name: String) throws -> Graph.Value {
    let value = images.randomElement(using: &random) ?? images[0]
    let count = channels(value)
    switch Int.random(in: 0..<8, using: &random) {
    case 0, 1, 2: return try concatenation(name, from: value)
    case 3:
      let first = Int.random(in: 0..<count, using: &random)
      let slice = ChannelSlice(
        first: first, count: Int.random(in: 1...(count - first), using: &random))
      return try graph.apply(.channelSlice(slice), to: [value], name: name)
    case 4: return try graph.apply(.activation(.sigmoid), to: [value], name: name)
    case 5:
      let others = images.filter { channels($0) == count }
      let other = others.randomElement(using: &random) ?? value
      return try graph.apply(.combination(.sum), to: [value, other], name: name)
    case 6: return try graph.apply(.softmax(Softmax()), to: [value], name: name)
    default:
      let weights = try parameter(
        "\(name)/weights", [3, 3, count, Int.random(in: 1...9, using: &random)], -0.2...0.2)
      let convolution = Convolution(
        kernel: Extent(3, 3), epilogue: Epilogue(bias: false, activation: .relu))
      return try graph.apply(.convolution(convolution), to: [value, weights], name: name)
    }
  }

  private mutating func concatenation(
    _ name: String, from first: Graph.Value
  ) throws -> Graph.Value {
    var parts = [first]
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      guard let next = images.randomElement(using: &random) else { continue }
      let sum = parts.reduce(channels(next)) { $0 + channels($1) }
      if sum <= Self.largestChannelCount { parts.append(next) }
    }
    return try graph.apply(
      .concatenation(Concatenation()), to: parts.shuffled(using: &random), name: name)
  }
}
