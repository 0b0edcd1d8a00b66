import CKernels
import Tensors

/// The weights of some taps of a window, arranged for a convolution over floats or over bytes.
struct TapWeights {
  private enum Arranged {
    case floats(FloatBuffer)
    case bytes(ByteWeights)
  }

  private let arranged: Arranged
  private let taps: [Int]
  private let weights: TensorView<Float>
  private let kernels: NativeKernels
  private let rows: FloatBuffer
  private let steps: FloatBuffer

  /// The taps of weights `[KH, KW, I, O]`, counted row by row.
  init(
    _ taps: [Int], of weights: TensorView<Float>, over input: ValueView, _ kernels: NativeKernels
  ) {
    self.taps = taps
    self.weights = weights
    self.kernels = kernels
    let (inputs, outputs) = (weights.shape[2], weights.channels)
    rows = FloatBuffer(count: taps.count * inputs * outputs)
    steps = FloatBuffer(count: outputs)
    if let quantization = input.quantization {
      let view = TensorView(base: rows.base, shape: [taps.count, inputs, outputs])
      arranged = .bytes(ByteWeights(view, steps: steps, over: quantization, kernels))
    } else {
      arranged = .floats(kernels.packedBuffer(rows: taps.count * inputs, columns: outputs))
    }
  }

  /// Sets the weights of a convolution.
  func apply(to convolution: inout ckernels_convolution) {
    switch arranged {
    case .floats(let packed): convolution.weights = UnsafeRawPointer(packed.base)
    case .bytes(let bytes): bytes.apply(to: &convolution)
    }
  }

  /// Reads the weights as they are now.
  func arrange() {
    let (inputs, outputs) = (weights.shape[2], weights.channels)
    for (position, tap) in taps.enumerated() {
      for input in 0..<inputs {
        (rows.base + (position * inputs + input) * outputs)
          .update(from: weights.pixel(tap * inputs + input), count: outputs)
      }
    }
    switch arranged {
    case .floats(let packed):
      kernels.pack(
        TensorView(base: rows.base, shape: [taps.count * inputs, outputs]), to: packed)
    case .bytes(let bytes):
      kernels.readSteps(of: weights, to: steps)
      bytes.arrange()
    }
  }
}
