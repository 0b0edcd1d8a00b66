import Graphs
import Tensors

/// An operation whose plain loops do, shared among threads.
struct PlainKernel {
  private let name: String
  private let result: TensorView<Float>
  private let threads: Int

  init(_ operation: Operation, _ result: TensorView<Float>, threads: Int) {
    name = "openblas.\(operation.kind.rawValue)"
    self.result = result
    self.threads = threads
  }

  /// One band.
  func whole(_ body: @escaping () -> Void) -> PreparedKernel {
    PreparedKernel(name) { _, _ in body() }
  }

  /// Bands of the result's pixels.
  func byPixels(_ body: @escaping (Range<Int>) -> Void) -> PreparedKernel {
    let bands = Bands.streaming(result, threads: threads)
    return PreparedKernel(name, bandCount: bands.count) { band, _ in body(bands[band]) }
  }

  /// One band per image.
  func byImages(_ body: @escaping (Range<Int>) -> Void) -> PreparedKernel {
    PreparedKernel(name, bandCount: result.shape[0]) { band, _ in body(band..<band + 1) }
  }
}
