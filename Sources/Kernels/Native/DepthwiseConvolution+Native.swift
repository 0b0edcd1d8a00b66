import CKernels
import Graphs
import Tensors

extension DepthwiseConvolution {
  /// A kernel, or nothing for windows that are too high.
  func native(
    _ kernels: NativeKernels, _ operands: [ValueView], _ result: ValueView,
    _ conditions: Conditions
  ) -> PreparedKernel? {
    guard kernel.height <= ckernels_largest_kernel_height else { return nil }
    let kernels = kernels.narrowed(to: result.channels)
    let (input, weights) = (operands[0], operands[1].parameters)
    let window = window(over: input.shape)
    let finish = NativeEpilogue(epilogue, operands.dropFirst(2), kernels)
    let convolution = ckernels_depthwise(
      input: input.image, quantization: input.quantization.native, output: result.image,
      kernel_height: kernel.height, kernel_width: kernel.width, step_y: stride.height,
      step_x: stride.width, dilation_y: dilation.height, dilation_x: dilation.width,
      top: window.rows.before, left: window.columns.before, weights: weights.base,
      weights_stride: weights.pixelStride, epilogue: finish.value)
    let bands = Bands(
      of: result.shape[0] * result.shape[1], size: 4, threads: conditions.threads)
    let convolve = kernels.table.pointee.convolve_depthwise
    return PreparedKernel(
      kernels.name(.depthwiseConvolution, "\(kernel)")
        + (input.quantization == nil ? "" : ".bytes"),
      bandCount: bands.count, start: conditions.arranging(finish.arrange)
    ) { [finish] band, _ in
      withExtendedLifetime(finish) {
        withUnsafePointer(to: convolution) {
          convolve($0, bands[band].lowerBound, bands[band].upperBound)
        }
      }
    }
  }
}
