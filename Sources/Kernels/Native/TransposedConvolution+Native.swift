import CKernels
import Graphs
import Tensors

extension TransposedConvolution {
  /// Kernels that are a convolution of their own for each phase of the steps; nothing for results that are
  /// cropped to fewer rows than the steps make, or windows smaller than a step.
  func native(
    _ kernels: NativeKernels, _ operands: [ValueView], _ result: ValueView,
    _ conditions: Conditions
  ) -> PreparedKernel? {
    let (input, output) = (operands[0], result.shape)
    guard
      kernel.height >= stride.height, kernel.width >= stride.width,
      kernel.height <= ckernels_largest_kernel_height,
      output[1] == input.shape[1] * stride.height
    else { return nil }
    let finish = NativeEpilogue(epilogue, operands.dropFirst(2), kernels)
    let crops = crops(to: resultSize(of: input.shape))
    // Rows of one phase are every so many of the result: to C they are parts of rows that are as much longer.
    var image = result.image
    image.height = input.shape[1]
    image.width = output[2] * stride.height
    var parts: [ckernels_convolution] = []
    var weights: [TapWeights] = []
    for row in 0..<stride.height {
      let rows = PhaseTaps(row, step: stride.height, taps: kernel.height, crop: crops.rows.before)
      for column in 0..<min(stride.width, output[2]) {
        let columns = PhaseTaps(
          column, step: stride.width, taps: kernel.width, crop: crops.columns.before)
        let taps = rows.taps.flatMap { ky in columns.taps.map { ky * kernel.width + $0 } }
        weights.append(TapWeights(taps, of: operands[1].parameters, over: input, kernels))
        parts.append(
          ckernels_convolution(
            input: input.image, output: image, kernel_height: rows.taps.count,
            kernel_width: columns.taps.count, step_y: 1, step_x: 1, top: rows.before,
            left: columns.before, first_column: row * output[2] + column,
            column_step: stride.width,
            columns: (output[2] - column + stride.width - 1) / stride.width,
            weights: nil, epilogue: finish.value, rescale: nil, offset: nil, padding: 0,
            groups: nil, group_count: 0))
      }
    }
    return SlidingConvolution(parts, weights, finish, conditions).kernel(
      kernels.name(.transposedConvolution, "\(kernel)")
        + (input.quantization == nil ? "" : ".bytes"),
      kernels, rows: output[0] * input.shape[1])
  }
}

/// The taps that meet one phase of the steps along an axis.
///
/// Output o = phase + step j takes input i with the tap k = o + crop - step i; for one phase these
/// taps are every `step`-th of the window, in falling order of their inputs.
private struct PhaseTaps {
  let taps: [Int]
  /// How far the first input lies before j.
  let before: Int

  init(_ phase: Int, step: Int, taps count: Int, crop: Int) {
    taps = Array(stride(from: (phase + crop) % step, to: count, by: step).reversed())
    before = (taps[0] - phase - crop) / step
  }
}
