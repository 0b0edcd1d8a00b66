import Graphs
import Networks
import Tensors
import Testing

@testable import Export

/// What graphs become, looked at without running it.
@Suite struct LoweringTests {
  /// Operations that have no file.
  private static let trainingOnly: Set<Operation.Kind> = [
    .dropout, .crossEntropy, .lovaszSoftmax, .correlationAlignment, .binnedRegression,
    .convolutionWeightGradient, .depthwiseInputGradient, .depthwiseWeightGradient,
    .maxPoolingGradient, .averagePoolingGradient, .upsamplingGradient, .softmaxGradient,
    .activationGradient, .normalizationSums, .normalizationGradient, .crossEntropyGradient,
    .lovaszSoftmaxGradient, .correlationAlignmentGradient, .binnedRegressionGradient, .rankMean,
    .gatingGradient, .logarithmicPower, .logarithmicPowerGradient, .rangeRounding,
    .rangeRoundingGradient, .rangeEndsGradient,
  ]

  @Test(arguments: Operation.Kind.allCases)
  func everySampleIsSaidInOrderOrRefusedByName(_ kind: Operation.Kind) throws {
    for sample in kind.samples {
      let shapes = sample.operands.map(\.shape)
      let isTraining = Self.trainingOnly.contains(kind) || sample.operation.storesPlaces
      for inputs in Set([1, shapes.count]) {
        guard isTraining else {
          let graph = try LoweredGraph.of(sample.operation, shapes, inputs: inputs)
          #expect(graph.faults.isEmpty, "\(sample.operation): \(graph.faults)")
          #expect(graph.outputs.map(\.name) == ["result"])
          continue
        }
        let error = #expect(throws: ExportError.self) {
          try LoweredGraph.of(sample.operation, shapes, inputs: inputs)
        }
        #expect(error?.code == .unsupported && error?.remedy.isEmpty == false)
        #expect(error?.message.contains("node node") == true, "\(error?.message ?? "")")
        #expect(error?.message.contains(kind.rawValue) == true, "\(error?.message ?? "")")
      }
    }
  }

  @Test func anOddPaddingCellGoesBehind() throws {
    let convolution = Convolution(
      kernel: Extent(3, 3), stride: Extent(1, 2), epilogue: Epilogue(bias: false))
    let even = try LoweredGraph.of(convolution.operation, [[1, 4, 8, 2], [3, 3, 2, 5]])
    #expect(even.nodes(.conv).first?.attributes["pads"] == .ints([1, 0, 1, 1]))
    let odd = try LoweredGraph.of(convolution.operation, [[1, 4, 9, 2], [3, 3, 2, 5]])
    #expect(odd.nodes(.conv).first?.attributes["pads"] == .ints([1, 1, 1, 1]))
    #expect(odd.nodes(.conv).first?.attributes["strides"] == .ints([1, 2]))
  }

  @Test func aTransposedConvolutionIsCroppedOrFilledUp() throws {
    let cropped = TransposedConvolution(
      kernel: Extent(1, 4), stride: Extent(1, 2), epilogue: Epilogue(bias: false))
    let first = try LoweredGraph.of(cropped.operation, [[1, 2, 3, 2], [1, 4, 2, 5]])
    let node = try #require(first.nodes(.convTranspose).first)
    #expect(node.attributes["pads"] == .ints([0, 1, 0, 1]))
    #expect(node.attributes["output_padding"] == .ints([0, 0]))
    let short = TransposedConvolution(
      kernel: Extent(1, 2), stride: Extent(1, 3), epilogue: Epilogue(bias: false))
    let second = try LoweredGraph.of(short.operation, [[1, 2, 3, 2], [1, 2, 2, 5]])
    let filled = try #require(second.nodes(.convTranspose).first)
    #expect(filled.attributes["pads"] == .ints([0, 0, 0, 0]))
    #expect(filled.attributes["output_padding"] == .ints([0, 1]))
  }

  @Test func weightsLieInTheFileAsItsOperatorsWantThem() throws {
    var graph = Graph()
    let input = try graph.input("x", TensorType([1, 1, 1, 2]))
    let weights = try graph.parameter("w", [1, 1, 2, 3])
    try graph.output(
      "y",
      graph.apply(
        Convolution(kernel: .one, epilogue: Epilogue(bias: false)).operation, to: [input, weights],
        name: "c"))
    var lowering = ONNXLowering(
      graph, constants: [weights: Tensor([1, 1, 2, 3], [1, 2, 3, 4, 5, 6])])
    try lowering.declareInputs()
    try lowering.lowerOperations()
    lowering.declareOutputs()
    let constant = try #require(lowering.onnx.constants.first)
    #expect(constant.name == "w" && constant.shape == [3, 2, 1, 1])
    #expect(constant.elements == .float32([1, 4, 2, 5, 3, 6]))
    #expect(lowering.onnx.nodes.map(\.output) == ["y"])
    #expect(lowering.onnx.inputs.map(\.shape) == [[1, 2, 1, 1]])
  }

  @Test(arguments: [LayerOrder.activationThenNormalization, .normalizationThenActivation])
  func aNetworkKeepsItsChannelsInFrontThroughout(_ order: LayerOrder) throws {
    var configuration = SqueezeSegConfiguration.squeezeSegV2.scaled(by: 0.125)
    configuration.size = Extent(8, 64)
    configuration.order = order
    configuration.field = nil
    let onnx = try LoweredGraph.of(SqueezeSeg.graph(configuration).optimizedForInference())
    #expect(onnx.faults.isEmpty, "\(onnx.faults)")
    #expect(onnx.nodes(.transpose).isEmpty && onnx.nodes(.identity).isEmpty)
    let isFoldable = order == .normalizationThenActivation
    #expect(onnx.nodes(.reshape).isEmpty && onnx.nodes(.sqrt).isEmpty)
    #expect(onnx.nodes(.batchNormalization).isEmpty)
    // Three modules multiply, and every normalisation that is not part of its weights.
    #expect(isFoldable ? onnx.nodes(.mul).count == 3 : onnx.nodes(.mul).count > 30)
  }

  @Test func valuesKeepTheNamesOfTheirNodesAndOutputsTheirOwn() throws {
    var graph = Graph()
    let input = try graph.input("x", TensorType([1, 2, 3, 2]))
    let first = try graph.apply(.activation(.relu), to: [input], name: "constant")
    let second = try graph.apply(.scaling(Scaling(factor: 2)), to: [first], name: "second")
    try graph.output("a", second)
    try graph.output("b", second)
    try graph.output("c", input)
    let onnx = try LoweredGraph.of(graph)
    #expect(onnx.faults.isEmpty, "\(onnx.faults)")
    #expect(onnx.nodes.map(\.output) == ["constant", "a", "b", "c"])
    #expect(onnx.nodes(.identity).map(\.inputs) == [["a"], ["x"]])
    #expect(onnx.constants.map(\.name) == ["constant_2"])
  }

  @Test func anInputOfBytesIsRefused() throws {
    var graph = Graph()
    let bytes = TensorType([1, 2, 3, 4], Quantization(scale: 1, zero: 0))
    let input = try graph.input("x", bytes)
    try graph.output(
      "y", graph.apply(Conversion(to: nil).operation, to: [input], name: "floats"))
    #expect(throws: ExportError.self) { try LoweredGraph.of(graph) }
  }
}

extension Operation {
  /// Whether it is a pooling as it is trained.
  fileprivate var storesPlaces: Bool {
    if case .maxPooling(let pooling) = self { pooling.storesPlaces } else { false }
  }
}
