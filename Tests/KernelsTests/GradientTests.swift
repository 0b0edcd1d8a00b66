import Graphs
import Kernels
import Tensors
import TestSupport
import Testing

/// The gradient of every operation against finite differences of the reference in double precision.
@Suite struct GradientTests {
  /// Operations that occur only in gradients, or that training takes apart or joins with others.
  static let withoutRule: Set<Operation.Kind> = [
    .batchMoments, .channelEmbedding, .rankMean, .convolutionWeightGradient,
    .depthwiseInputGradient, .depthwiseWeightGradient, .maxPoolingGradient,
    .averagePoolingGradient, .upsamplingGradient, .softmaxGradient, .activationGradient,
    .normalizationSums, .normalizationGradient, .crossEntropyGradient, .lovaszSoftmaxGradient,
    .contextAggregation, .conversion, .domainBatchNormalization, .rangeRoundingGradient,
    .rangeEndsGradient,
    .correlationAlignmentGradient, .binnedRegressionGradient, .gatingGradient,
    .logarithmicPowerGradient,
  ]

  @Test(arguments: Operation.Kind.allCases.filter { !withoutRule.contains($0) })
  func gradientsAreThoseOfFiniteDifferences(_ kind: Operation.Kind) throws {
    // Where several maxima are equal there is no derivative.
    let samples = kind.samples.filter { kind != .maxPooling || $0.contents[0] == .numbers(-1...1) }
    for (index, sample) in samples.enumerated() {
      let subject = try Differentiable(sample, seed: UInt64(index + 1))
      for name in subject.parameterNames {
        let found = try subject.gradient(of: name)
        let expected = try subject.finiteDifferences(of: name)
        for (position, (a, b)) in zip(found.elements, expected).enumerated() {
          #expect(
            abs(a - b) <= 2e-6 * max(1, abs(b)), "\(sample.operation), \(name)[\(position)]")
        }
      }
    }
  }

  @Test(arguments: Operation.Kind.allCases.filter(withoutRule.contains))
  func anOperationWithoutARuleIsNamed(_ kind: Operation.Kind) throws {
    let sample = try #require(kind.samples.first)
    var graph = Graph()
    var operands: [Graph.Value] = []
    for (index, type) in sample.operands.enumerated() {
      operands.append(try graph.parameter("p\(index)", type.shape))
    }
    try graph.output("y", try graph.apply(sample.operation, to: operands, name: "culprit"))
    let error = #expect(throws: GraphError.self) { try graph.differentiated("y") }
    #expect(error?.code == .notDifferentiable && error?.node == "culprit")
  }

  @Test func aValueUsedTwiceHasTheSumOfBothGradients() throws {
    var graph = Graph()
    let x = try graph.parameter("x", [3])
    let square = try graph.apply(.combination(.product), to: [x, x], name: "square")
    try graph.output("y", try graph.apply(.combination(.sum), to: [square, x], name: "y"))
    let outputs = try plainOutputs(
      of: try graph.differentiated("y"), ["x": Tensor<Double>([3], [1, 2, -3])],
      [Graph.seedName: Tensor<Double>([3], [1, 1, 10])])
    #expect(outputs["gradient/x"]?.elements == [3, 5, -50])
  }

  @Test func whatIsComputedAgainGivesTheSameGradients() throws {
    var graph = Graph()
    let x = try graph.input("x", TensorType([1, 3, 8, 2]))
    let weights = try graph.parameter("w", [3, 3, 2, 4])
    let bias = try graph.parameter("b", [4])
    let sums = try graph.apply(
      .convolution(Convolution(kernel: Extent(3, 3))), to: [x, weights, bias], name: "a/sums")
    let active = try graph.apply(.activation(.sigmoid), to: [sums], name: "a/active")
    let pooled = try graph.apply(
      .maxPooling(MaxPooling(kernel: Extent(3, 3), stride: Extent(1, 2))), to: [active], name: "a")
    try graph.output("y", try graph.apply(.softmax(Softmax()), to: [pooled], name: "y/out"))
    let prepared = try graph.preparedForTraining()
    let again = try prepared.differentiated("y") { !$0.name.contains("/") }
    #expect(again.values.contains { again[$0].name.hasPrefix("again/") })
    var random = SplitMix(state: 3)
    func tensor(_ shape: TensorShape) -> Tensor<Double> {
      Tensor(shape, (0..<shape.count).map { _ in Double.random(in: -1...1, using: &random) })
    }
    let parameters = ["w": tensor([3, 3, 2, 4]), "b": tensor([4])]
    let inputs = ["x": tensor([1, 3, 8, 2]), Graph.seedName: tensor([1, 3, 4, 4])]
    #expect(
      try plainOutputs(of: again, parameters, inputs)
        == plainOutputs(of: try prepared.differentiated("y"), parameters, inputs))
  }

  @Test func anEpilogueThatScalesIsRefusedByName() throws {
    var graph = Graph()
    let x = try graph.input("x", TensorType([1, 2, 2, 1]))
    let weights = try graph.parameter("w", [1, 1, 1, 1])
    let scale = try graph.parameter("s", [1])
    let convolution = Convolution(kernel: .one, epilogue: Epilogue(bias: false, affine: true))
    try graph.output(
      "y",
      try graph.apply(.convolution(convolution), to: [x, weights, scale, scale], name: "fused"))
    let error = #expect(throws: GraphError.self) { try graph.differentiated("y") }
    #expect(error?.node == "fused")
  }
}

/// An operation whose operands are parameters, ready to be differentiated; operands that are whole
/// numbers are data.
private struct Differentiable {
  private let forward: Graph
  private let backward: Graph
  private var parameters: [String: Tensor<Double>] = [:]
  private var inputs: [String: Tensor<Double>] = [:]
  private let seed: Tensor<Double>

  init(_ sample: OperationSample, seed number: UInt64) throws {
    var random = SplitMix(state: number)
    var graph = Graph()
    var operands: [Graph.Value] = []
    for (index, type) in sample.operands.enumerated() {
      let values = Tensor<Double>(
        type.shape,
        (0..<type.shape.count).map { _ in Double(sample.contents[index].draw(using: &random)) })
      if Self.isData(sample, index) {
        inputs["x\(index)"] = values
        operands.append(try graph.input("x\(index)", type))
      } else {
        parameters["x\(index)"] = values
        operands.append(try graph.parameter("x\(index)", type.shape))
      }
    }
    if case .momentNormalization = sample.operation {
      // The moments are the image's own.
      operands[3] = try graph.apply(
        .batchMoments(BatchMoments()), to: [operands[0]], name: "moments")
    }
    let result = try graph.apply(
      Self.separable(sample.operation), to: Self.kept(sample, operands), name: "y")
    try graph.output("y", result)
    forward = try graph.preparedForTraining()
    backward = try forward.differentiated("y")
    let shape = graph[result].type.shape
    seed = Tensor(shape, (0..<shape.count).map { _ in Double.random(in: -1...1, using: &random) })
  }

  /// Labels, masks and noise have no gradient; neither have positions, weights of pixels, and moments
  /// that are an image's own.
  private static func isData(_ sample: OperationSample, _ index: Int) -> Bool {
    switch sample.operation.kind {
    case .dropout, .bilateralSum, .crossEntropy, .lovaszSoftmax, .correlationAlignment,
      .binnedRegression:
      index > 0
    case .recurrentCRF: index == 1 || index == 2
    case .momentNormalization: index == 3
    default: false
    }
  }

  /// A convolution with only that in its epilogue which has a rule.
  private static func separable(_ operation: Operation) -> Operation {
    switch operation {
    case .convolution(var convolution):
      convolution.epilogue.affine = false
      convolution.epilogue.addend = false
      convolution.epilogue.factor = false
      // A shift stands by itself in a graph that is trained.
      convolution.shift = nil
      return .convolution(convolution)
    case .depthwiseConvolution(var convolution):
      convolution.epilogue.affine = false
      convolution.epilogue.addend = false
      convolution.epilogue.factor = false
      return .depthwiseConvolution(convolution)
    case .transposedConvolution(var convolution):
      convolution.epilogue.affine = false
      convolution.epilogue.addend = false
      convolution.epilogue.factor = false
      return .transposedConvolution(convolution)
    case .rangeRounding(var rounding):
      // Steps so small that a difference over them is what goes straight through.
      rounding.bits = 40
      return .rangeRounding(rounding)
    case .weightRounding(var rounding):
      rounding.bits = 40
      return .weightRounding(rounding)
    case .maxPooling(var pooling):
      // What training prepares stores the places by itself.
      pooling.storesPlaces = false
      return .maxPooling(pooling)
    default: return operation
    }
  }

  private static func kept(
    _ sample: OperationSample, _ operands: [Graph.Value]
  ) -> [Graph.Value] {
    let epilogue: Epilogue? =
      switch sample.operation {
      case .convolution(let convolution): convolution.epilogue
      case .transposedConvolution(let convolution): convolution.epilogue
      case .depthwiseConvolution(let convolution): convolution.epilogue
      default: nil
      }
    return epilogue.map { Array(operands[..<(2 + ($0.bias ? 1 : 0))]) } ?? operands
  }

  var parameterNames: [String] { forward.parameters.map(\.name).filter { parameters[$0] != nil } }

  func gradient(of name: String) throws -> Tensor<Double> {
    var inputs = inputs
    inputs[Graph.seedName] = seed
    let outputs = try plainOutputs(of: backward, parameters, inputs)
    return try #require(outputs["gradient/\(name)"])
  }

  /// Central differences.
  func finiteDifferences(of name: String) throws -> [Double] {
    let values = try #require(parameters[name])
    return try values.elements.indices.map { position in
      let step = 1e-5
      func value(_ offset: Double) throws -> Double {
        var moved = parameters
        moved[name]?[position] += offset
        let outputs = try plainOutputs(of: forward, moved, inputs)
        let y = try #require(outputs["y"])
        return zip(y.elements, seed.elements).reduce(0) { $0 + $1.0 * $1.1 }
      }
      return try (value(step) - value(-step)) / (2 * step)
    }
  }
}
