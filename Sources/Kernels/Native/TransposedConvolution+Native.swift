import CKernels
import Graphs
import Tensors

extension TransposedConvolution {
  /// Kernels for windows of one row, as a convolution of its own for each phase of the steps; nothing
  /// for others.
  ///
  /// Output column o = phase + step j takes input column i with the tap k = o + crop - step i; for
  /// one phase these taps are every `step`-th of the window, in falling order of their inputs.
  func native(
    _ kernels: NativeKernels, _ operands: [TensorView<Float>], _ result: TensorView<Float>,
    _ conditions: Conditions
  ) -> PreparedKernel? {
    guard kernel.height == 1, stride.height == 1, kernel.width >= stride.width else { return nil }
    let finish = NativeEpilogue(epilogue, operands.dropFirst(2), kernels)
    let crop = crops(to: resultSize(of: operands[0].shape)).columns.before
    var parts: [ckernels_convolution] = []
    var matrices: [TapMatrix] = []
    for phase in 0..<min(stride.width, result.shape[2]) {
      let first = (phase + crop) % stride.width
      let taps = Array(Swift.stride(from: first, to: kernel.width, by: stride.width).reversed())
      let matrix = TapMatrix(taps, of: operands[1], kernels)
      matrices.append(matrix)
      // The last tap of a phase, and so the first input, lies this far before column j.
      let left = (taps[0] - phase - crop) / stride.width
      parts.append(
        ckernels_convolution(
          input: operands[0].image, output: result.image, kernel_height: 1,
          kernel_width: taps.count, step_y: 1, step_x: 1, top: 0, left: left,
          first_column: phase, column_step: stride.width,
          columns: (result.shape[2] - phase + stride.width - 1) / stride.width,
          weights: matrix.packed.base, epilogue: finish.value))
    }
    let start = conditions.arranging { [matrices] in
      for matrix in matrices { matrix.arrange() }
      finish.arrange()
    }
    return SlidingConvolution(
      parts, holding: matrices.map(\.packed), finish, start: start
    ).kernel(
      kernels.name(.transposedConvolution, "\(kernel)"), kernels,
      rows: result.shape[0] * result.shape[1], threads: conditions.threads)
  }
}

/// The matrices of some columns of a window of one row, one below the other.
private struct TapMatrix {
  let packed: FloatBuffer
  private let taps: [Int]
  private let weights: TensorView<Float>
  private let kernels: NativeKernels
  private let rows: FloatBuffer

  init(_ taps: [Int], of weights: TensorView<Float>, _ kernels: NativeKernels) {
    self.taps = taps
    self.weights = weights
    self.kernels = kernels
    let inputs = taps.count * weights.shape[2]
    packed = kernels.packedBuffer(rows: inputs, columns: weights.channels)
    rows = FloatBuffer(count: inputs * weights.channels)
  }

  func arrange() {
    let (inputs, outputs) = (weights.shape[2], weights.channels)
    for (position, tap) in taps.enumerated() {
      for input in 0..<inputs {
        (rows.base + (position * inputs + input) * outputs)
          .update(from: weights.pixel(tap * inputs + input), count: outputs)
      }
    }
    kernels.pack(
      TensorView(base: rows.base, shape: [taps.count * inputs, outputs]), to: packed)
  }
}
