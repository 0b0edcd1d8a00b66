import Graphs
import Tensors
import Testing

@testable import Export

/// Bytes in a file: pairs of QuantizeLinear and DequantizeLinear.
@Suite struct QuantizedLoweringTests {
  private static let image = Quantization(scale: 0.5, zero: 20)
  private static let result = Quantization(scale: 0.25, zero: 7)

  /// A convolution from bytes to bytes with rounded weights.
  private func lowered(_ weights: Tensor<Float>) throws -> ONNXGraph {
    var graph = Graph()
    let input = try graph.input("x", TensorType([1, 3, 4, weights.shape[2]]))
    let kernels = try graph.parameter("w", weights.shape)
    let bytes = try graph.apply(Conversion(to: Self.image).operation, to: [input], name: "bytes")
    let rounded = try graph.apply(WeightRounding().operation, to: [kernels], name: "w/rounded")
    let epilogue = Epilogue(bias: false, activation: .relu, quantization: Self.result)
    let sums = try graph.apply(
      Convolution(kernel: Extent(weights.shape[0], weights.shape[1]), epilogue: epilogue).operation,
      to: [bytes, rounded], name: "sums")
    try graph.output(
      "y", graph.apply(Conversion(to: nil).operation, to: [sums], name: "floats"))
    // Whole steps already, so that rounding changes nothing.
    var lowering = ONNXLowering(graph, constants: [rounded: weights])
    try lowering.declareInputs()
    try lowering.lowerOperations()
    lowering.declareOutputs()
    return lowering.onnx
  }

  /// Two outputs, the second of smaller weights.
  private static let weights = Tensor<Float>([1, 1, 2, 2], [127, -0.5, -3, 63.5])

  @Test func everyValueInBytesPassesThroughAPairWithItsOwnStep() throws {
    let onnx = try lowered(Self.weights)
    #expect(onnx.faults.isEmpty, "\(onnx.faults)")
    let pairs = zip(
      onnx.nodes(.quantizeLinear),
      onnx.nodes(.dequantizeLinear).filter {
        $0.attributes.isEmpty
      })
    let constants = Dictionary(uniqueKeysWithValues: onnx.constants.map { ($0.name, $0) })
    let steps = pairs.map { quantize, dequantize -> [ONNXGraph.Constant.Elements?] in
      #expect(dequantize.inputs == [quantize.output] + quantize.inputs.dropFirst())
      return quantize.inputs.dropFirst().map { constants[$0]?.elements }
    }
    #expect(
      steps == [
        [.float32([0.5]), .uint8([20])], [.float32([0.25]), .uint8([7])],
      ])
  }

  @Test func roundedWeightsAreBytesWithAStepForEachOutput() throws {
    let onnx = try lowered(Self.weights)
    let node = try #require(onnx.nodes(.dequantizeLinear).first { !$0.attributes.isEmpty })
    #expect(node.attributes == ["axis": .int(0)])
    let constants = node.inputs.map { name in onnx.constants.first { $0.name == name } }
    #expect(constants.map { $0?.shape } == [[2, 2, 1, 1], [2], [2]])
    #expect(constants[0]?.elements == .int8([127, -3, -1, 127]))
    #expect(constants[1]?.elements == .float32([1, 0.5]))
    #expect(constants[2]?.elements == .int8([0, 0]))
    #expect(onnx.nodes(.conv).first?.inputs[1] == node.output)
  }

  @Test func weightsOfNothingButZerosStayZeros() throws {
    let onnx = try lowered(Tensor([1, 1, 2, 2], [0, 1, 0, -127]))
    let steps = onnx.constants.first { $0.name == "w/rounded/steps" }?.elements
    #expect(steps == .int8([0, 0, 1, -127]))
    let sizes = onnx.constants.first { $0.name == "w/rounded/step" }?.elements
    #expect(sizes == .float32([1, 1]))
  }

  @Test func whatTheBytesStandForLeavesTheFile() throws {
    let onnx = try lowered(Self.weights)
    let output = try #require(onnx.nodes.last)
    #expect(onnx.outputs.map(\.element) == [.float32])
    #expect(output.operation == .identity && output.output == "y")
    let source = onnx.nodes.first { $0.output == output.inputs[0] }
    #expect(source?.operation == .dequantizeLinear)
  }
}
