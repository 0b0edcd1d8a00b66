import CKernels
import Tensors

/// The weights of a convolution over bytes, with what makes numbers of its whole sums.
///
/// With inputs `s (q - z)` and weights `t w`, a sum is `s t (sum(q w) - z sum(w))`; padding by `z` makes
/// that true at the border, too (Jacob et al., arXiv 1712.05877, section 2.3).
struct ByteWeights {
  private let packed: FloatBuffer
  private let rescale: FloatBuffer
  private let offset: FloatBuffer
  private let weights: TensorView<Float>
  private let kernels: NativeKernels
  private let input: Quantization
  private let steps: FloatBuffer

  /// Weights `[taps, inputs, outputs]`, whose steps are in `steps`.
  init(
    _ weights: TensorView<Float>, steps: FloatBuffer, over input: Quantization,
    _ kernels: NativeKernels
  ) {
    self.weights = weights
    self.kernels = kernels
    self.input = input
    self.steps = steps
    let table = kernels.table.pointee
    let bytes = table.packed_byte_count(
      weights.shape[0], weights.shape[1], weights.channels)
    packed = FloatBuffer(count: (bytes + 3) / 4)
    rescale = FloatBuffer(count: table.padded_count(weights.channels))
    offset = FloatBuffer(count: table.padded_count(weights.channels))
  }

  /// Sets the weights of a convolution that reads bytes.
  func apply(to convolution: inout ckernels_convolution) {
    convolution.weights = UnsafeRawPointer(packed.base)
    convolution.rescale = UnsafePointer(rescale.base)
    convolution.offset = UnsafePointer(offset.base)
    convolution.padding = input.zero
  }

  /// Reads the weights as they are now.
  func arrange() {
    kernels.table.pointee.pack_bytes(
      weights.base, weights.pixelStride, weights.shape[0], weights.shape[1], weights.channels,
      steps.base, packed.base, offset.base)
    for output in 0..<weights.channels {
      rescale.base[output] = input.scale * steps.base[output]
      offset.base[output] *= -rescale.base[output] * Float(input.zero)
    }
  }
}

extension NativeKernels {
  /// The steps that the weights of each output are whole multiples of.
  func readSteps(of weights: TensorView<Float>, to steps: FloatBuffer) {
    table.pointee.byte_steps(
      weights.base, weights.pixelStride, weights.pixelCount, weights.channels, steps.base)
  }
}
