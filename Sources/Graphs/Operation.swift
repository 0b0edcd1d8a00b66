public import Tensors

/// Everything a node can compute.
///
/// To add one: a file in `Operations/` (attributes, shape rule, cost, gradient, samples), a case
/// here, and the compiler lists every other place, because no switch over operations has a
/// `default`.
public enum Operation: Equatable, Sendable {
  /// Two-dimensional convolution with a fused epilogue.
  case convolution(Convolution)
  /// Two-dimensional transposed convolution with a fused epilogue.
  case transposedConvolution(TransposedConvolution)
  /// A convolution of each channel by itself.
  case depthwiseConvolution(DepthwiseConvolution)
  /// Maximum over a window.
  case maxPooling(MaxPooling)
  /// Mean over a window.
  case averagePooling(AveragePooling)
  /// Bilinear enlargement.
  case upsampling(Upsampling)
  /// Each channel moved by its own step.
  case shift(Shift)
  /// Channels dealt out anew, as between groups.
  case channelShuffle(ChannelShuffle)
  /// Normalisation by given statistics.
  case batchNormalization(BatchNormalization)
  /// Normalisation by statistics between those of two domains.
  case domainBatchNormalization(DomainBatchNormalization)
  /// Mean and variance of each channel.
  case batchMoments(BatchMoments)
  /// Normalisation by the batch's own statistics.
  case momentNormalization(MomentNormalization)
  /// `x * scale + shift`, by channel.
  case affine(Affine)
  /// 1 / sqrt(variance + epsilon).
  case inverseDeviation(InverseDeviation)
  /// A nonlinear function of each element.
  case activation(Activation)
  /// Sum, difference or product of two tensors.
  case combination(Combination)
  /// A tensor times a number.
  case scaling(Scaling)
  /// An image times one of several numbers.
  case gating(Gating)
  /// A power of a logarithm.
  case logarithmicPower(LogarithmicPower)
  /// The sum over pixels or over channels.
  case summation(Summation)
  /// Channels of several tensors, one after the other.
  case concatenation(Concatenation)
  /// Some adjacent channels.
  case channelSlice(ChannelSlice)
  /// Channels set among zeros.
  case channelEmbedding(ChannelEmbedding)
  /// The same elements under another shape.
  case reshaping(Reshaping)
  /// A convolution's weights with inputs and outputs exchanged.
  case kernelTransposition(KernelTransposition)
  /// Normalised exponential over the channels.
  case softmax(Softmax)
  /// Random zeroing, driven by a noise input.
  case dropout(Dropout)
  /// The conditional random field of SqueezeSeg.
  case recurrentCRF(RecurrentCRF)
  /// A weighted sum over the cells around each cell.
  case neighbourSum(NeighbourSum)
  /// A sum over the cells around each cell, weighted by nearness in space.
  case bilateralSum(BilateralSum)
  /// A context aggregation module in one.
  case contextAggregation(ContextAggregation)
  /// Cross entropy, weighted by class, plain or focal.
  case crossEntropy(CrossEntropy)
  /// A surrogate of the intersection over union.
  case lovaszSoftmax(LovaszSoftmax)
  /// How far two domains' covariances are apart.
  case correlationAlignment(CorrelationAlignment)
  /// A regression that first chooses a bin, as a loss.
  case binnedRegression(BinnedRegression)
  /// The gradient with respect to a convolution's weights.
  case convolutionWeightGradient(ConvolutionWeightGradient)
  /// The gradient with respect to a depthwise convolution's input.
  case depthwiseInputGradient(DepthwiseInputGradient)
  /// The gradient with respect to a depthwise convolution's weights.
  case depthwiseWeightGradient(DepthwiseWeightGradient)
  /// The gradient with respect to a maximum's window.
  case maxPoolingGradient(MaxPoolingGradient)
  /// The gradient with respect to a mean's window.
  case averagePoolingGradient(AveragePoolingGradient)
  /// The gradient with respect to what was enlarged.
  case upsamplingGradient(UpsamplingGradient)
  /// The gradient with respect to a softmax's operand.
  case softmaxGradient(SoftmaxGradient)
  /// The gradient with respect to a nonlinear function's operand.
  case activationGradient(ActivationGradient)
  /// The gradients with respect to a normalisation's shift and scale.
  case normalizationSums(NormalizationSums)
  /// The gradient with respect to a normalisation's operand.
  case normalizationGradient(NormalizationGradient)
  /// The gradient of a cross entropy with respect to its scores.
  case crossEntropyGradient(CrossEntropyGradient)
  /// The gradient of Lovasz-softmax with respect to its scores.
  case lovaszSoftmaxGradient(LovaszSoftmaxGradient)
  /// The gradient of a correlation alignment with respect to its features.
  case correlationAlignmentGradient(CorrelationAlignmentGradient)
  /// The gradient of a binned regression with respect to its predictions.
  case binnedRegressionGradient(BinnedRegressionGradient)
  /// The gradient with respect to the numbers of a gating.
  case gatingGradient(GatingGradient)
  /// The gradient with respect to what a power of a logarithm was taken of.
  case logarithmicPowerGradient(LogarithmicPowerGradient)
  /// The mean over the machines that train together.
  case rankMean(RankMean)
  /// An image stored in another way: as bytes or as floats.
  case conversion(Conversion)
  /// Weights rounded to whole steps.
  case weightRounding(WeightRounding)
  /// Numbers held within a range and rounded.
  case rangeRounding(RangeRounding)
  /// The gradient with respect to what was held within a range.
  case rangeRoundingGradient(RangeRoundingGradient)
  /// The gradient with respect to a range's ends.
  case rangeEndsGradient(RangeEndsGradient)

  /// The operations without their attributes.
  public enum Kind: String, CaseIterable, Sendable, Codable {
    case convolution
    case transposedConvolution
    case depthwiseConvolution
    case maxPooling
    case averagePooling
    case upsampling
    case shift
    case channelShuffle
    case batchNormalization
    case domainBatchNormalization
    case batchMoments
    case momentNormalization
    case affine
    case inverseDeviation
    case activation
    case combination
    case scaling
    case gating
    case logarithmicPower
    case summation
    case concatenation
    case channelSlice
    case channelEmbedding
    case reshaping
    case kernelTransposition
    case softmax
    case dropout
    case recurrentCRF
    case neighbourSum
    case bilateralSum
    case contextAggregation
    case crossEntropy
    case lovaszSoftmax
    case correlationAlignment
    case binnedRegression
    case convolutionWeightGradient
    case depthwiseInputGradient
    case depthwiseWeightGradient
    case maxPoolingGradient
    case averagePoolingGradient
    case upsamplingGradient
    case softmaxGradient
    case activationGradient
    case normalizationSums
    case normalizationGradient
    case crossEntropyGradient
    case lovaszSoftmaxGradient
    case correlationAlignmentGradient
    case binnedRegressionGradient
    case gatingGradient
    case logarithmicPowerGradient
    case rankMean
    case conversion
    case weightRounding
    case rangeRounding
    case rangeRoundingGradient
    case rangeEndsGradient
  }

  /// Which operation this is.
  public var kind: Kind { type(of: attributes).kind }

  /// The operation's attributes.
  public var attributes: any OperationAttributes {
    switch self {
    case .convolution(let attributes): attributes
    case .transposedConvolution(let attributes): attributes
    case .depthwiseConvolution(let attributes): attributes
    case .maxPooling(let attributes): attributes
    case .averagePooling(let attributes): attributes
    case .upsampling(let attributes): attributes
    case .shift(let attributes): attributes
    case .channelShuffle(let attributes): attributes
    case .batchNormalization(let attributes): attributes
    case .domainBatchNormalization(let attributes): attributes
    case .batchMoments(let attributes): attributes
    case .momentNormalization(let attributes): attributes
    case .affine(let attributes): attributes
    case .inverseDeviation(let attributes): attributes
    case .activation(let attributes): attributes
    case .combination(let attributes): attributes
    case .scaling(let attributes): attributes
    case .gating(let attributes): attributes
    case .logarithmicPower(let attributes): attributes
    case .summation(let attributes): attributes
    case .concatenation(let attributes): attributes
    case .channelSlice(let attributes): attributes
    case .channelEmbedding(let attributes): attributes
    case .reshaping(let attributes): attributes
    case .kernelTransposition(let attributes): attributes
    case .softmax(let attributes): attributes
    case .dropout(let attributes): attributes
    case .recurrentCRF(let attributes): attributes
    case .neighbourSum(let attributes): attributes
    case .bilateralSum(let attributes): attributes
    case .contextAggregation(let attributes): attributes
    case .crossEntropy(let attributes): attributes
    case .lovaszSoftmax(let attributes): attributes
    case .correlationAlignment(let attributes): attributes
    case .binnedRegression(let attributes): attributes
    case .convolutionWeightGradient(let attributes): attributes
    case .depthwiseInputGradient(let attributes): attributes
    case .depthwiseWeightGradient(let attributes): attributes
    case .maxPoolingGradient(let attributes): attributes
    case .averagePoolingGradient(let attributes): attributes
    case .upsamplingGradient(let attributes): attributes
    case .softmaxGradient(let attributes): attributes
    case .activationGradient(let attributes): attributes
    case .normalizationSums(let attributes): attributes
    case .normalizationGradient(let attributes): attributes
    case .crossEntropyGradient(let attributes): attributes
    case .lovaszSoftmaxGradient(let attributes): attributes
    case .correlationAlignmentGradient(let attributes): attributes
    case .binnedRegressionGradient(let attributes): attributes
    case .gatingGradient(let attributes): attributes
    case .logarithmicPowerGradient(let attributes): attributes
    case .rankMean(let attributes): attributes
    case .conversion(let attributes): attributes
    case .weightRounding(let attributes): attributes
    case .rangeRounding(let attributes): attributes
    case .rangeRoundingGradient(let attributes): attributes
    case .rangeEndsGradient(let attributes): attributes
    }
  }

  /// The type of the result for operands of the given types.
  public func resultType(
    of operands: [TensorType], node: String
  ) throws(GraphError) -> TensorType {
    do throws(OperandError) {
      if let bytes = operands.first(where: { $0.element == .uint8 }), !kind.attributes.takesBytes {
        throw OperandError(code: .operandType, message: "\(bytes) is stored as bytes")
      }
      return try attributes.resultType(of: operands)
    } catch {
      throw GraphError(error.code, "\(kind.rawValue): \(error.message)", node: node)
    }
  }
}

extension Operation.Kind {
  /// What describes an operation of this kind.
  public var attributes: any OperationAttributes.Type {
    switch self {
    case .convolution: Convolution.self
    case .transposedConvolution: TransposedConvolution.self
    case .depthwiseConvolution: DepthwiseConvolution.self
    case .maxPooling: MaxPooling.self
    case .averagePooling: AveragePooling.self
    case .upsampling: Upsampling.self
    case .shift: Shift.self
    case .channelShuffle: ChannelShuffle.self
    case .batchNormalization: BatchNormalization.self
    case .domainBatchNormalization: DomainBatchNormalization.self
    case .batchMoments: BatchMoments.self
    case .momentNormalization: MomentNormalization.self
    case .affine: Affine.self
    case .inverseDeviation: InverseDeviation.self
    case .activation: Activation.self
    case .combination: Combination.self
    case .scaling: Scaling.self
    case .gating: Gating.self
    case .logarithmicPower: LogarithmicPower.self
    case .summation: Summation.self
    case .concatenation: Concatenation.self
    case .channelSlice: ChannelSlice.self
    case .channelEmbedding: ChannelEmbedding.self
    case .reshaping: Reshaping.self
    case .kernelTransposition: KernelTransposition.self
    case .softmax: Softmax.self
    case .dropout: Dropout.self
    case .recurrentCRF: RecurrentCRF.self
    case .neighbourSum: NeighbourSum.self
    case .bilateralSum: BilateralSum.self
    case .contextAggregation: ContextAggregation.self
    case .crossEntropy: CrossEntropy.self
    case .lovaszSoftmax: LovaszSoftmax.self
    case .correlationAlignment: CorrelationAlignment.self
    case .binnedRegression: BinnedRegression.self
    case .convolutionWeightGradient: ConvolutionWeightGradient.self
    case .depthwiseInputGradient: DepthwiseInputGradient.self
    case .depthwiseWeightGradient: DepthwiseWeightGradient.self
    case .maxPoolingGradient: MaxPoolingGradient.self
    case .averagePoolingGradient: AveragePoolingGradient.self
    case .upsamplingGradient: UpsamplingGradient.self
    case .softmaxGradient: SoftmaxGradient.self
    case .activationGradient: ActivationGradient.self
    case .normalizationSums: NormalizationSums.self
    case .normalizationGradient: NormalizationGradient.self
    case .crossEntropyGradient: CrossEntropyGradient.self
    case .lovaszSoftmaxGradient: LovaszSoftmaxGradient.self
    case .correlationAlignmentGradient: CorrelationAlignmentGradient.self
    case .binnedRegressionGradient: BinnedRegressionGradient.self
    case .gatingGradient: GatingGradient.self
    case .logarithmicPowerGradient: LogarithmicPowerGradient.self
    case .rankMean: RankMean.self
    case .conversion: Conversion.self
    case .weightRounding: WeightRounding.self
    case .rangeRounding: RangeRounding.self
    case .rangeRoundingGradient: RangeRoundingGradient.self
    case .rangeEndsGradient: RangeEndsGradient.self
    }
  }

  /// The cases that tests of this kind of operation walk.
  public var samples: [OperationSample] { attributes.samples }
}
