public import Graphs
public import Tensors

/// Every operation as plain loops: the truth that faster kernels are tested against.
///
/// Sums are accumulated in `Scalar`, in the order of the window's rows, columns and channels.
public enum ReferenceKernels {
  /// Computes one operation into memory that suits its shape rule.
  ///
  /// - Precondition: The result shares no memory with the operands, except where an operation works
  ///   element by element.
  @specialized(where S == Float)
  @specialized(where S == Double)
  public static func run<S: TensorScalar>(
    _ operation: Operation, operands: [TensorView<S>], result: TensorView<S>
  ) {
    let pixels = 0..<result.pixelCount
    let images = 0..<result.shape[0]
    switch operation {
    case .convolution(let attributes): attributes.reference(operands, result)
    case .transposedConvolution(let attributes): attributes.reference(operands, result)
    case .maxPooling(let attributes): attributes.reference(operands, result)
    case .batchNormalization(let attributes): attributes.reference(operands, result)
    case .domainBatchNormalization(let attributes):
      attributes.reference(operands, result, pixels)
    case .correlationAlignment(let attributes): attributes.reference(operands, result)
    case .binnedRegression(let attributes): attributes.reference(operands, result)
    case .binnedRegressionGradient(let attributes):
      attributes.reference(operands, result, pixels)
    case .correlationAlignmentGradient(let attributes): attributes.reference(operands, result)
    case .batchMoments(let attributes): attributes.reference(operands, result)
    case .momentNormalization(let attributes): attributes.reference(operands, result)
    case .affine(let attributes): attributes.reference(operands, result)
    case .inverseDeviation(let attributes): attributes.reference(operands, result)
    case .activation(let attributes): attributes.reference(operands, result)
    case .combination(let attributes): attributes.reference(operands, result)
    case .scaling(let attributes): attributes.reference(operands, result)
    case .summation(let attributes): attributes.reference(operands, result)
    case .concatenation(let attributes): attributes.reference(operands, result)
    case .channelSlice(let attributes): attributes.reference(operands, result)
    case .reshaping(let attributes): attributes.reference(operands, result)
    case .kernelTransposition(let attributes): attributes.reference(operands, result)
    case .softmax(let attributes): attributes.reference(operands, result)
    case .dropout(let attributes): attributes.reference(operands, result)
    case .recurrentCRF(let attributes): attributes.reference(operands, result)
    case .crossEntropy(let attributes): attributes.reference(operands, result)
    case .lovaszSoftmax(let attributes): attributes.reference(operands, result)
    case .convolutionWeightGradient(let attributes): attributes.reference(operands, result)
    case .depthwiseWeightGradient(let attributes): attributes.reference(operands, result)
    case .softmaxGradient(let attributes): attributes.reference(operands, result)
    case .activationGradient(let attributes): attributes.reference(operands, result)
    case .normalizationSums(let attributes): attributes.reference(operands, result)
    case .normalizationGradient(let attributes): attributes.reference(operands, result)
    case .rankMean(let attributes): attributes.reference(operands, result)
    case .weightRounding(let attributes): attributes.reference(operands, result)
    case .rangeRounding(let attributes): attributes.reference(operands, result)
    case .rangeRoundingGradient(let attributes): attributes.reference(operands, result)
    case .rangeEndsGradient(let attributes): attributes.reference(operands, result)
    case .conversion(let attributes): attributes.reference(operands, result, pixels)
    case .depthwiseConvolution(let attributes): attributes.reference(operands, result, pixels)
    case .averagePooling(let attributes): attributes.reference(operands, result, pixels)
    case .upsampling(let attributes): attributes.reference(operands, result, pixels)
    case .shift(let attributes): attributes.reference(operands, result, pixels)
    case .channelShuffle(let attributes): attributes.reference(operands, result, pixels)
    case .gating(let attributes): attributes.reference(operands, result, pixels)
    case .gatingGradient(let attributes): attributes.reference(operands, result)
    case .logarithmicPower(let attributes): attributes.reference(operands, result)
    case .logarithmicPowerGradient(let attributes): attributes.reference(operands, result)
    case .channelEmbedding(let attributes): attributes.reference(operands, result, pixels)
    case .neighbourSum(let attributes): attributes.reference(operands, result, pixels)
    case .bilateralSum(let attributes): attributes.reference(operands, result, pixels)
    case .contextAggregation(let attributes): attributes.reference(operands, result, pixels)
    case .crossEntropyGradient(let attributes): attributes.reference(operands, result, pixels)
    case .depthwiseInputGradient(let attributes):
      attributes.reference(operands, result, images: images)
    case .maxPoolingGradient(let attributes):
      attributes.reference(operands, result, images: images)
    case .averagePoolingGradient(let attributes):
      attributes.reference(operands, result, images: images)
    case .upsamplingGradient(let attributes):
      attributes.reference(operands, result, images: images)
    case .lovaszSoftmaxGradient(let attributes):
      attributes.reference(operands, result, images: images)
    }
  }

  /// Computes one operation on tensors.
  ///
  /// - Throws: `GraphError` with `.operandCount` or `.operandType` where the operands do not suit
  ///   the operation.
  public static func evaluate<S: TensorScalar>(
    _ operation: Operation, _ operands: [Tensor<S>]
  ) throws(GraphError) -> Tensor<S> {
    let type = try operation.resultType(
      of: operands.map(\.type), node: operation.kind.rawValue)
    var result = Tensor<S>(type.shape)
    result.withUnsafeMutableElements { elements in
      guard let base = elements.baseAddress else { return }
      let view = TensorView(base: base, shape: type.shape)
      withViews(of: operands[...], after: []) { views in
        run(operation, operands: views, result: view)
      }
    }
    return result
  }

  /// Gives views of tensors that nobody writes through, for the length of a call.
  private static func withViews<S: TensorScalar>(
    of tensors: ArraySlice<Tensor<S>>, after views: [TensorView<S>],
    _ body: ([TensorView<S>]) -> Void
  ) {
    guard let first = tensors.first else { return body(views) }
    first.withUnsafeElements { elements in
      guard let base = elements.baseAddress else { return }
      let view = TensorView(base: UnsafeMutablePointer(mutating: base), shape: first.shape)
      withViews(of: tensors.dropFirst(), after: views + [view], body)
    }
  }
}
