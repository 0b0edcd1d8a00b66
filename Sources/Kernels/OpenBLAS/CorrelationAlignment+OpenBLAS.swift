import Graphs
import Tensors

extension CorrelationAlignmentGradient {
  /// Both covariances first, then the gradient by bands of pixels.
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let bands = Bands.streaming(result, threads: threads)
    let alignment = AlignmentHolder()
    return PreparedKernel(
      "openblas.correlationAlignmentGradient", bandCount: bands.count,
      start: { alignment.value = DomainAlignment(operands, metric: metric, ridge: ridge) },
      run: { band, _ in write(alignment.value, operands, result, bands[band]) })
  }
}

/// What is found before the bands and read by them.
private final class AlignmentHolder {
  var value: DomainAlignment?
}
