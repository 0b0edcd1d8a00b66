import Graphs
import Tensors

extension ONNXLowering {
  /// Says what an operation computes, and gives the name of its result.
  ///
  /// - Throws: `.unsupported` for what only training needs.
  mutating func lower(_ operation: Operation) throws(ExportError) -> String {
    switch operation {
    case .convolution(let attributes): attributes.lower(&self)
    case .transposedConvolution(let attributes): attributes.lower(&self)
    case .depthwiseConvolution(let attributes): attributes.lower(&self)
    case .maxPooling(let attributes): try lower(attributes)
    case .averagePooling(let attributes): attributes.lower(&self)
    case .upsampling(let attributes): attributes.lower(&self)
    case .shift(let attributes): attributes.lower(operand(0), types[0].shape, &self)
    case .channelShuffle(let attributes): attributes.lower(&self)
    case .gating(let attributes): attributes.lower(&self)
    case .batchNormalization(let attributes): attributes.lower(&self)
    case .domainBatchNormalization(let attributes): attributes.lower(&self)
    case .batchMoments(let attributes): attributes.lower(&self)
    case .momentNormalization(let attributes): attributes.lower(&self)
    case .affine(let attributes): attributes.lower(&self)
    case .inverseDeviation(let attributes): attributes.lower(&self)
    case .activation(let attributes): attributes.lower(operand(0), &self)
    case .combination(let attributes): attributes.lower(&self)
    case .scaling(let attributes): attributes.lower(&self)
    case .summation(let attributes): attributes.lower(&self)
    case .concatenation(let attributes): attributes.lower(&self)
    case .channelSlice(let attributes): attributes.lower(&self)
    case .channelEmbedding(let attributes): attributes.lower(&self)
    case .reshaping(let attributes): attributes.lower(&self)
    case .kernelTransposition(let attributes): attributes.lower(&self)
    case .softmax(let attributes): attributes.lower(operand(0), &self)
    case .recurrentCRF(let attributes): attributes.lower(&self)
    case .neighbourSum(let attributes): attributes.lower(operand(0), &self)
    case .bilateralSum(let attributes): attributes.lower(&self)
    case .contextAggregation(let attributes): attributes.lower(&self)
    case .weightRounding(let attributes): attributes.lower(&self)
    // Its rounding is the pair that every value stored as bytes passes through.
    case .conversion: operand(0)
    case .dropout, .crossEntropy, .lovaszSoftmax, .correlationAlignment, .binnedRegression,
      .convolutionWeightGradient, .depthwiseInputGradient, .depthwiseWeightGradient,
      .maxPoolingGradient, .averagePoolingGradient, .upsamplingGradient, .softmaxGradient,
      .activationGradient, .normalizationSums, .normalizationGradient, .crossEntropyGradient,
      .lovaszSoftmaxGradient, .correlationAlignmentGradient, .binnedRegressionGradient, .rankMean,
      .gatingGradient, .logarithmicPower, .logarithmicPowerGradient, .rangeRounding,
      .rangeRoundingGradient, .rangeEndsGradient:
      throw refusal(of: operation)
    }
  }

  private mutating func lower(_ pooling: MaxPooling) throws(ExportError) -> String {
    guard !pooling.storesPlaces else { throw refusal(of: .maxPooling(pooling)) }
    return pooling.lower(operand(0), over: types[0].shape, &self)
  }

  /// Why there is no file of a graph that is prepared for training.
  private func refusal(of operation: Operation) -> ExportError {
    if operation.kind == .rangeRounding { return .imageRounding(at: node) }
    return ExportError(
      .unsupported, "node \(node): ONNX has no \(operation), which only training needs",
      remedy: "export a model's own network, as it is prepared for inference")
  }
}
