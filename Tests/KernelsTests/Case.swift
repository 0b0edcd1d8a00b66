import Graphs
import Kernels
import Tensors
import Testing

/// An operation with operands to try it on.
struct Case: CustomTestStringConvertible {
  let operation: Operation
  let operands: [Tensor<Float>]

  var kind: Operation.Kind { operation.kind }

  init(_ operation: Operation, _ types: [TensorType], seed: UInt64 = 1) {
    let kind = operation.kind.samples.first
    self.init(operation, types, kind?.contents ?? [], seed: seed)
  }

  init(
    _ operation: Operation, _ types: [TensorType], _ contents: [OperationSample.Content],
    seed: UInt64
  ) {
    self.operation = operation
    var random = SplitMix(state: seed)
    operands = types.indices.map { index in
      let content = index < contents.count ? contents[index] : .numbers(-1...1)
      return Tensor(
        types[index].shape,
        (0..<types[index].shape.count).map { _ in content.draw(using: &random) })
    }
  }

  var testDescription: String { "\(operation.kind) \(operands.map(\.type))" }

  /// The result in double precision by the reference.
  func expected() throws -> Tensor<Double> {
    try ReferenceKernels.evaluate(
      operation, operands.map { Tensor($0.shape, $0.elements.map(Double.init)) })
  }

  /// How far a result may be from the expected one, as a part of the greater of that and 1.
  var tolerance: Double {
    switch operation.kind {
    case .maxPooling, .concatenation, .channelSlice, .channelEmbedding, .reshaping,
      .kernelTransposition, .shift, .channelShuffle, .rankMean, .conversion:
      0
    case .affine, .combination, .dropout, .inverseDeviation, .activation, .scaling, .weightRounding,
      .activationGradient, .maxPoolingGradient, .gating, .logarithmicPower,
      .logarithmicPowerGradient, .rangeRounding, .rangeRoundingGradient:
      5e-7
    case .batchNormalization, .domainBatchNormalization, .softmax, .averagePooling,
      .averagePoolingGradient, .upsampling,
      .upsamplingGradient, .depthwiseConvolution, .depthwiseInputGradient, .neighbourSum,
      .softmaxGradient, .crossEntropy, .crossEntropyGradient, .lovaszSoftmax,
      .lovaszSoftmaxGradient, .binnedRegression, .binnedRegressionGradient:
      2e-6
    case .batchMoments, .momentNormalization, .normalizationSums, .normalizationGradient,
      .recurrentCRF, .bilateralSum, .contextAggregation, .summation, .depthwiseWeightGradient,
      .correlationAlignment, .correlationAlignmentGradient, .gatingGradient, .rangeEndsGradient:
      1e-5
    // The rounding of a sum grows with the root of its length: the window times the inputs, or the
    // positions that a weight meets.
    case .convolution, .transposedConvolution:
      3e-6 * (Double(operands[1].count) / Double(operands[1].shape.channels)).squareRoot()
    case .convolutionWeightGradient:
      3e-6 * (Double(operands[1].count) / Double(operands[1].shape.channels)).squareRoot()
    }
  }

  func operandMemory(gap: Int) -> [GuardedMemory] {
    operands.map { GuardedMemory($0.shape, gap: gap, $0.elements) }
  }

  /// Every sample of a kind of operation.
  static func samples(_ kind: Operation.Kind) -> [Case] {
    kind.samples.enumerated().map {
      Case($1.operation, $1.operands, $1.contents, seed: UInt64($0 + 1))
    }
  }
}

extension PreparedKernel {
  /// Runs some bands on one thread's scratch memory, which holds NaN before; returns whether the
  /// memory behind it stayed as it was.
  func runBands(_ bands: [Int]) -> Bool {
    let memory = UnsafeMutableBufferPointer<Float>.allocate(capacity: scratchCount + 64)
    defer { memory.deallocate() }
    guard let scratch = memory.baseAddress else { return false }
    memory.initialize(repeating: .nan)
    for band in bands {
      (scratch).update(repeating: .nan, count: scratchCount)
      run(band, scratch)
    }
    return memory[scratchCount...].allSatisfy(\.isNaN)
  }
}

extension OperationSample.Content {
  /// A number that an operand may hold.
  func draw(using random: inout SplitMix) -> Float {
    switch self {
    case .numbers(let range):
      Float.random(in: Float(range.lowerBound)...Float(range.upperBound), using: &random)
    case .whole(let range): Float(Int.random(in: range, using: &random))
    }
  }
}

/// The SplitMix64 generator.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
