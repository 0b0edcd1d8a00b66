import Execution
import Export
import Graphs
import Kernels
import Tensors
import TestSupport
import Testing

/// Graphs of random operations with several inputs and outputs: concatenations inside each other,
/// slices, constants.
@Suite struct RandomGraphTests {
  /// Among the last ones are outputs of images that nothing else needs as long.
  @Test(arguments: Array(1...UInt64(fuzzRounds(usually: 12))) + [39, 100, 154])
  func aRandomGraphComputesWhatTheEngineDoes(_ seed: UInt64) throws {
    var random = try RandomGraph(seed: seed)
    let inputs = random.inputs()
    let session = try Session(
      random.graph, parameters: random.parameters, backend: .reference, threadCount: 1)
    let expected = try session.run(inputs)
    let found = try run(random.graph, random.parameters, inputs)
    for output in random.graph.outputs {
      let (value, truth) = try (
        #require(found[output.name]), #require(expected[output.name]).elements
      )
      #expect(value.count == truth.count)
      let worst = zip(value, truth).max { Self.distance($0) < Self.distance($1) }
      #expect(
        worst.map(Self.distance) ?? 0 <= 1e-4,
        "\(output.name) of seed \(seed): \(String(describing: worst))"
      )
    }
  }

  /// How far a number is from the true one, as a share of that where it is great.
  private static func distance(_ pair: (found: Float, true: Float)) -> Float {
    abs(pair.found - pair.true) / max(1, abs(pair.true))
  }

  @Test func outputsMayBeInputsSlicesConstantsBytesAndParts() throws {
    var graph = Graph()
    let image = try graph.input("image", TensorType([1, 2, 3, 4]))
    let weights = try graph.parameter("weights", [1, 2, 3, 2])
    let slice = try graph.apply(
      .channelSlice(ChannelSlice(first: 1, count: 2)), to: [image], name: "slice")
    let sum = try graph.apply(.combination(.sum), to: [slice, weights], name: "sum")
    let bytes = try graph.apply(
      Conversion(to: Quantization(scale: 0.1, zero: 50)).operation, to: [sum], name: "bytes")
    let whole = try graph.apply(.concatenation(Concatenation()), to: [sum, image], name: "whole")
    let active = try graph.apply(.activation(.relu), to: [whole], name: "active")
    let part = try graph.apply(
      .channelSlice(ChannelSlice(first: 2, count: 3)), to: [active], name: "part")
    let soft = try graph.apply(.softmax(Softmax()), to: [slice], name: "soft")
    let twice = try graph.apply(.concatenation(Concatenation()), to: [soft, soft], name: "twice")
    let again = try graph.apply(
      .channelSlice(ChannelSlice(first: 1, count: 1)), to: [slice], name: "again")
    let outputs = [image, slice, weights, sum, bytes, whole, active, active, part, twice, again]
    for (index, value) in outputs.enumerated() { try graph.output("output\(index)", value) }
    var random = SeededNumbers(seed: 1)
    let parameters = ["weights": random.tensor([1, 2, 3, 2])]
    let inputs = ["image": random.tensor([1, 2, 3, 4])]
    let session = try Session(
      graph, parameters: parameters, backend: .reference, threadCount: 1)
    let expected = try session.run(inputs)
    let found = try run(graph, parameters, inputs)
    for output in graph.outputs {
      let (value, truth) = try (
        #require(found[output.name]), #require(expected[output.name]).elements
      )
      #expect(value.count == truth.count)
      #expect(zip(value, truth).allSatisfy { abs($0 - $1) <= 1e-6 }, "\(output.name)")
    }
  }

  /// What the C program computes, by the outputs' names.
  private func run(
    _ graph: Graph, _ parameters: ParameterValues, _ inputs: [String: Tensor<Float>]
  ) throws -> [String: [Float]] {
    let folder = try TemporaryFolder()
    let compiler = try #require(CCompiler.all.first)
    let program = try CProgram(
      graph, parameters: parameters, options: CProgram.Options(name: "random"))
    let executable = try compiler.compile(
      program.sources, ["-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"],
      in: folder)
    let numbers = program.inputs.map { inputs[$0]?.elements ?? [] }
    let results = try folder.run([executable], numbers, outputs: graph.outputs.count)
    return Dictionary(uniqueKeysWithValues: zip(graph.outputs.map(\.name), results))
  }
}
