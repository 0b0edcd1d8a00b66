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
    _ kernels: NativeKernels, _ operands: [ValueView], _ result: ValueView,
    _ conditions: Conditions
  ) -> PreparedKernel? {
    guard kernel.height == 1, stride.height == 1, kernel.width >= stride.width else { return nil }
    let finish = NativeEpilogue(epilogue, operands.dropFirst(2), kernels)
    let crop = crops(to: resultSize(of: operands[0].shape)).columns.before
    var parts: [ckernels_convolution] = []
    var weights: [TapWeights] = []
    for phase in 0..<min(stride.width, result.shape[2]) {
      let first = (phase + crop) % stride.width
      let taps = Array(Swift.stride(from: first, to: kernel.width, by: stride.width).reversed())
      weights.append(TapWeights(taps, of: operands[1].parameters, over: operands[0], kernels))
      // The last tap of a phase, and so the first input, lies this far before column j.
      let left = (taps[0] - phase - crop) / stride.width
      parts.append(
        ckernels_convolution(
          input: operands[0].image, output: result.image, kernel_height: 1,
          kernel_width: taps.count, step_y: 1, step_x: 1, top: 0, left: left,
          first_column: phase, column_step: stride.width,
          columns: (result.shape[2] - phase + stride.width - 1) / stride.width,
          weights: nil, epilogue: finish.value, rescale: nil, offset: nil, padding: 0, groups: nil,
          group_count: 0))
    }
    return SlidingConvolution(parts, weights, finish, conditions).kernel(
      kernels.name(.transposedConvolution, "\(kernel)")
        + (operands[0].quantization == nil ? "" : ".bytes"),
      kernels,
      rows: result.shape[0] * result.shape[1])
  }
}
