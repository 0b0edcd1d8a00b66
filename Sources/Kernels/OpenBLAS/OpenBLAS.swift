import COpenBLAS
import Graphs
import Tensors

/// The OpenBLAS library this program runs with.
public enum OpenBLAS {
  /// How the library splits work among threads.
  public enum Threading: Int32, Sendable {
    /// It does not.
    case sequential = 0
    /// With threads of its own, which fight with other threads of the process.
    case pthreads = 1
    /// With OpenMP.
    case openMP = 2
  }

  /// How the loaded build splits work among threads.
  public static var threading: Threading? { Threading(rawValue: openblas_get_parallel()) }

  /// The processor family whose kernels are in use, for example `Haswell`.
  public static var core: String { String(cString: openblas_get_corename()) }

  /// `c = a b`, or `c += a b` where it accumulates, row-major, by the calling thread alone.
  ///
  /// OpenMP keeps its number of threads per calling thread, so it is set before every product;
  /// otherwise each of our threads would start a team of its own.
  static func multiply(_ a: Matrix, _ b: Matrix, into c: Matrix, accumulating: Bool = false) {
    openblas_set_num_threads(1)
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(a.rows), Int32(b.columns), Int32(a.columns),
      1, a.base, Int32(a.stride), b.base, Int32(b.stride),
      accumulating ? 1 : 0, c.base, Int32(c.stride))
  }

  /// `c += a^T b`, row-major, by the calling thread alone; a and b have as many rows.
  static func addProduct(ofTransposed a: Matrix, _ b: Matrix, to c: Matrix) {
    openblas_set_num_threads(1)
    cblas_sgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, Int32(a.columns), Int32(b.columns), Int32(a.rows),
      1, a.base, Int32(a.stride), b.base, Int32(b.stride), 1, c.base, Int32(c.stride))
  }

  /// Lets what the calling thread asks of the library next be done by that thread alone.
  static func useOneThread() { openblas_set_num_threads(1) }

  /// A matrix in memory; `stride` elements from one row to the next.
  struct Matrix {
    var base: Floats
    var rows: Int
    var columns: Int
    var stride: Int
  }

  /// The first call frees the threads that the library has kept ready, which two callers must not
  /// do at once; all later calls change nothing but the caller's own setting.
  private static let becomesSequential: Void = openblas_set_num_threads(1)

  static func prepare(
    _ operation: Operation, _ operands: [TensorView<Float>], _ result: TensorView<Float>,
    _ conditions: Conditions
  ) -> PreparedKernel {
    _ = becomesSequential
    let threads = conditions.threads
    let plain = PlainKernel(operation, result, threads: threads)
    return switch operation {
    case .convolution(let attributes): attributes.openBLAS(operands, result, conditions)
    case .transposedConvolution(let attributes):
      attributes.openBLAS(operands, result, conditions)
    case .maxPooling(let attributes): attributes.openBLAS(operands, result, threads)
    case .batchNormalization(let attributes): attributes.openBLAS(operands, result, threads)
    case .batchMoments(let attributes): attributes.openBLAS(operands, result, threads)
    case .momentNormalization(let attributes): attributes.openBLAS(operands, result, threads)
    case .affine(let attributes): attributes.openBLAS(operands, result, threads)
    case .inverseDeviation(let attributes): attributes.openBLAS(operands, result, threads)
    case .activation(let attributes): attributes.openBLAS(operands, result, threads)
    case .combination(let attributes): attributes.openBLAS(operands, result, threads)
    case .scaling(let attributes): attributes.openBLAS(operands, result, threads)
    case .summation(let attributes): attributes.openBLAS(operands, result, threads)
    case .concatenation(let attributes): attributes.openBLAS(operands, result, threads)
    case .channelSlice(let attributes): attributes.openBLAS(operands, result, threads)
    case .softmax(let attributes): attributes.openBLAS(operands, result, threads)
    case .dropout(let attributes): attributes.openBLAS(operands, result, threads)
    case .recurrentCRF(let attributes): attributes.openBLAS(operands, result, threads)
    case .bilateralSum(let attributes): attributes.openBLAS(operands, result, threads)
    case .contextAggregation(let attributes): attributes.openBLAS(operands, result, threads)
    case .crossEntropy(let attributes): attributes.openBLAS(operands, result, threads)
    case .lovaszSoftmax(let attributes): attributes.openBLAS(operands, result, threads)
    case .convolutionWeightGradient(let attributes): attributes.openBLAS(operands, result, threads)
    case .maxPoolingGradient(let attributes): attributes.openBLAS(operands, result, threads)
    case .softmaxGradient(let attributes): attributes.openBLAS(operands, result, threads)
    case .activationGradient(let attributes): attributes.openBLAS(operands, result, threads)
    case .normalizationSums(let attributes): attributes.openBLAS(operands, result, threads)
    case .normalizationGradient(let attributes): attributes.openBLAS(operands, result, threads)
    case .depthwiseConvolution(let attributes):
      plain.byPixels { attributes.reference(operands, result, $0) }
    case .averagePooling(let attributes):
      plain.byPixels { attributes.reference(operands, result, $0) }
    case .upsampling(let attributes):
      plain.byPixels { attributes.reference(operands, result, $0) }
    case .shift(let attributes): attributes.openBLAS(operands, result, threads)
    case .channelShuffle(let attributes):
      plain.byPixels { attributes.reference(operands, result, $0) }
    case .gating(let attributes):
      plain.byPixels { attributes.reference(operands, result, $0) }
    case .gatingGradient(let attributes): plain.whole { attributes.reference(operands, result) }
    case .logarithmicPower(let attributes): plain.whole { attributes.reference(operands, result) }
    case .logarithmicPowerGradient(let attributes):
      plain.whole { attributes.reference(operands, result) }
    case .channelEmbedding(let attributes):
      plain.byPixels { attributes.reference(operands, result, $0) }
    case .neighbourSum(let attributes):
      plain.byPixels { attributes.reference(operands, result, $0) }
    case .crossEntropyGradient(let attributes):
      plain.byPixels { attributes.reference(operands, result, $0) }
    case .depthwiseInputGradient(let attributes):
      plain.byImages { attributes.reference(operands, result, images: $0) }
    case .averagePoolingGradient(let attributes):
      plain.byImages { attributes.reference(operands, result, images: $0) }
    case .upsamplingGradient(let attributes):
      plain.byImages { attributes.reference(operands, result, images: $0) }
    case .lovaszSoftmaxGradient(let attributes):
      plain.byImages { attributes.reference(operands, result, images: $0) }
    case .depthwiseWeightGradient(let attributes):
      plain.whole { attributes.reference(operands, result) }
    case .domainBatchNormalization(let attributes):
      plain.byPixels { attributes.reference(operands, result, $0) }
    case .correlationAlignment(let attributes):
      plain.whole { attributes.reference(operands, result) }
    case .binnedRegression(let attributes): plain.whole { attributes.reference(operands, result) }
    case .binnedRegressionGradient(let attributes):
      plain.byPixels { attributes.reference(operands, result, $0) }
    case .correlationAlignmentGradient(let attributes):
      attributes.openBLAS(operands, result, threads)
    case .reshaping(let attributes): plain.whole { attributes.reference(operands, result) }
    case .kernelTransposition(let attributes):
      plain.whole { attributes.reference(operands, result) }
    case .rankMean(let attributes): plain.whole { attributes.reference(operands, result) }
    case .weightRounding(let attributes): plain.whole { attributes.reference(operands, result) }
    case .rangeRounding(let attributes): attributes.openBLAS(operands, result, threads)
    case .rangeRoundingGradient(let attributes): attributes.openBLAS(operands, result, threads)
    case .rangeEndsGradient(let attributes): attributes.openBLAS(operands, result, threads)
    case .conversion(let attributes):
      plain.byPixels { attributes.reference(operands, result, $0) }
    }
  }
}
