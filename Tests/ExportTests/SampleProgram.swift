import Export
import Graphs
import Tensors

/// Many samples in one graph: every operand is cut out of one input, every result is a part of one
/// output, so that one C program tries all.
struct SampleProgram {
  private(set) var graph = Graph()
  private(set) var parameters: ParameterValues = [:]
  /// What the input holds.
  private(set) var features: [Float] = []
  /// Where each sample's result lies in the output.
  private(set) var parts: [Range<Int>] = []
  private let gap: Int

  /// `gap`: how many channels lie between an operand's pixels, and a result's.
  init(_ samples: [Sample], gap: Int) throws {
    self.gap = gap
    let counts = samples.map { sample in
      sample.types.indices.filter { !sample.isWeight($0) }
        .reduce(0) { $0 + padded(sample.types[$1].shape).count }
    }
    let input = try graph.input("features", TensorType([1, 1, 1, counts.reduce(0, +)]))
    var results: [Graph.Value] = []
    var end = 0
    for (number, sample) in samples.enumerated() {
      let result = try add(sample, "sample\(number)", from: input)
      results.append(result)
      let count = graph[result].type.shape.count
      parts.append(end..<end + count)
      end += count
    }
    try graph.output(
      "scores", try graph.apply(Concatenation().operation, to: results, name: "all"))
  }

  private func padded(_ shape: TensorShape) -> TensorShape {
    var wide = shape
    wide[shape.rank - 1] += gap
    return wide
  }

  private mutating func add(
    _ sample: Sample, _ name: String, from input: Graph.Value
  ) throws -> Graph.Value {
    var operands: [Graph.Value] = []
    for (index, type) in sample.types.enumerated() {
      let tensor = sample.operands[index]
      if sample.isWeight(index) {
        parameters["\(name)/\(index)"] = tensor
        operands.append(try graph.parameter("\(name)/\(index)", type.shape))
      } else {
        operands.append(try operand(tensor, type, "\(name)/\(index)", from: input))
      }
    }
    var result = try graph.apply(sample.operation, to: operands, name: name)
    if graph[result].type.element == .uint8 {
      result = try graph.apply(Conversion(to: nil).operation, to: [result], name: "\(name)/floats")
    }
    result = try spread(result, name)
    let count = graph[result].type.shape.count
    return try graph.apply(
      Reshaping(to: [1, 1, 1, count]).operation, to: [result], name: "\(name)/flat")
  }

  private mutating func operand(
    _ tensor: Tensor<Float>, _ type: TensorType, _ name: String, from input: Graph.Value
  ) throws -> Graph.Value {
    let (shape, wide) = (type.shape, padded(type.shape))
    let slice = ChannelSlice(first: features.count, count: wide.count)
    let elements = tensor.elements
    for pixel in 0..<shape.count / shape.channels {
      features += elements[(pixel * shape.channels)..<((pixel + 1) * shape.channels)]
      // Whoever reads between the pixels gets wrong results.
      features += Array(repeating: 1e6, count: gap)
    }
    var value = try graph.apply(slice.operation, to: [input], name: "\(name)/part")
    value = try graph.apply(Reshaping(to: wide).operation, to: [value], name: "\(name)/shaped")
    if gap > 0 {
      let narrow = ChannelSlice(first: 0, count: shape.channels)
      value = try graph.apply(narrow.operation, to: [value], name: "\(name)/narrow")
    }
    guard let quantization = type.quantization else { return value }
    return try graph.apply(
      Conversion(to: quantization).operation, to: [value], name: "\(name)/bytes")
  }

  /// The same image inside a wider one.
  private mutating func spread(_ value: Graph.Value, _ name: String) throws -> Graph.Value {
    let shape = graph[value].type.shape
    guard gap > 0, shape.rank == 4 else { return value }
    var beside = shape
    beside[3] = gap
    parameters["\(name)/beside"] = Tensor(beside, repeating: 3)
    let constant = try graph.parameter("\(name)/beside", beside)
    let wide = try graph.apply(
      Concatenation().operation, to: [constant, value], name: "\(name)/wide")
    let slice = ChannelSlice(first: gap, count: shape.channels)
    return try graph.apply(slice.operation, to: [wide], name: "\(name)/result")
  }

  /// The C program.
  func program(_ name: String = "samples") throws -> CProgram {
    try CProgram(graph, parameters: parameters, options: CProgram.Options(name: name))
  }
}
