package import Graphs

extension CProgram {
  /// What becomes of an operation in C.
  package enum Support: Sendable {
    /// It is written down.
    case written
    /// It is gone before anything is written: dropout leaves, normalisations become scales and shifts.
    case prepared
    /// It is computed when the program is written, and must not depend on the inputs.
    case constant
    /// It occurs only while a network is trained.
    case trainingOnly
  }

  /// What becomes of operations of a kind.
  package static func support(of kind: Operation.Kind) -> Support {
    switch kind {
    case .convolution, .transposedConvolution, .depthwiseConvolution, .maxPooling,
      .averagePooling, .upsampling, .shift, .channelShuffle, .affine, .activation, .combination,
      .scaling,
      .summation, .concatenation, .channelSlice, .reshaping, .softmax, .recurrentCRF,
      .neighbourSum, .bilateralSum, .contextAggregation, .conversion:
      .written
    case .batchNormalization, .domainBatchNormalization, .dropout: .prepared
    case .inverseDeviation, .kernelTransposition, .weightRounding: .constant
    case .batchMoments, .momentNormalization, .channelEmbedding, .crossEntropy, .lovaszSoftmax,
      .correlationAlignment, .binnedRegression, .convolutionWeightGradient,
      .depthwiseInputGradient, .depthwiseWeightGradient, .maxPoolingGradient,
      .averagePoolingGradient, .upsamplingGradient, .softmaxGradient, .activationGradient,
      .normalizationSums, .normalizationGradient, .crossEntropyGradient, .lovaszSoftmaxGradient,
      .correlationAlignmentGradient, .binnedRegressionGradient, .rankMean, .gating, .gatingGradient,
      .logarithmicPower, .logarithmicPowerGradient, .rangeRounding, .rangeRoundingGradient,
      .rangeEndsGradient:
      .trainingOnly
    }
  }

  /// The operations that can be part of a graph that is written in C.
  package static var supportedOperations: [Operation.Kind] {
    Operation.Kind.allCases.filter { support(of: $0) != .trainingOnly }
  }
}
