import CKernels
import Tensors

/// The weights of a convolution over bytes, with what makes numbers of its whole sums.
///
/// With inputs `s (q - z)` and weights `t w`, a sum is `s t (sum(q w) - z sum(w))`; padding by `z` makes
/// that true at the border, too (Jacob et al., arXiv 1712.05877, section 2.3).
struct ByteWeights {
  /// What weights are arranged for.
  enum Arrangement {
    /// Windows over rows.
    case rows
    /// Winograd's tiles of 2 x 2, for windows of 3 x 3.
    case winograd
  }

  private let arrangement: Arrangement
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
    _ kernels: NativeKernels, _ arrangement: Arrangement = .rows
  ) {
    self.arrangement = arrangement
    self.weights = weights
    self.kernels = kernels
    self.input = input
    self.steps = steps
    let table = kernels.table.pointee
    let (inputs, outputs) = (weights.shape[1], weights.channels)
    let bytes =
      switch arrangement {
      case .rows: table.packed_byte_count(weights.shape[0], inputs, outputs)
      case .winograd: table.winograd_packed_byte_count?(inputs, outputs) ?? 0
      }
    packed = FloatBuffer(count: (bytes + 3) / 4)
    rescale = FloatBuffer(count: table.padded_count(outputs))
    offset = FloatBuffer(count: table.padded_count(outputs))
  }

  /// Sets the weights of a convolution that reads bytes.
  func apply(to convolution: inout ckernels_convolution) {
    convolution.weights = UnsafeRawPointer(packed.base)
    convolution.rescale = UnsafePointer(rescale.base)
    convolution.offset = UnsafePointer(offset.base)
    convolution.padding = input.zero
  }

  /// Sets the weights of Winograd's kernels over bytes.
  func apply(to winograd: inout ckernels_winograd) {
    winograd.weights = UnsafeRawPointer(packed.base)
    winograd.rescale = UnsafePointer(rescale.base)
    winograd.offset = UnsafePointer(offset.base)
    winograd.padding = input.zero
  }

  /// Reads the weights as they are now.
  func arrange() {
    let table = kernels.table.pointee
    let (inputs, outputs) = (weights.shape[1], weights.channels)
    switch arrangement {
    case .rows:
      table.pack_bytes(
        weights.base, weights.pixelStride, weights.shape[0], inputs, outputs, steps.base,
        packed.base, offset.base)
    case .winograd:
      table.winograd_pack_bytes?(
        weights.base, weights.pixelStride, inputs, outputs, steps.base, packed.base, offset.base)
    }
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
