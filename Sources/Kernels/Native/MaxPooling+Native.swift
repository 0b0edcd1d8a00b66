import CKernels
import Graphs
import Tensors

extension MaxPooling {
  /// A kernel, or nothing where the places of the maxima are wanted.
  func native(
    _ kernels: NativeKernels, _ operands: [ValueView], _ result: ValueView,
    _ threads: Int
  ) -> PreparedKernel? {
    guard !storesPlaces else { return nil }
    let input = operands[0]
    let rows = SamePadding(size: input.shape[1], kernel: kernel.height, stride: stride.height)
    let columns = SamePadding(size: input.shape[2], kernel: kernel.width, stride: stride.width)
    let pooling = ckernels_pooling(
      input: input.image, output: result.image, kernel_height: kernel.height,
      kernel_width: kernel.width, step_y: stride.height, step_x: stride.width, top: rows.before,
      left: columns.before, bytes: input.quantization == nil ? 0 : 1)
    let table = kernels.table.pointee
    let bands = Bands(of: result.shape[0] * result.shape[1], size: 4, threads: threads)
    return PreparedKernel(
      kernels.name(.maxPooling, "\(kernel)"), bandCount: bands.count,
      scratchCount: withUnsafePointer(to: pooling) { table.pooling_scratch_count($0) }
    ) { band, scratch in
      withUnsafePointer(to: pooling) {
        table.pool($0, bands[band].lowerBound, bands[band].upperBound, scratch)
      }
    }
  }
}
