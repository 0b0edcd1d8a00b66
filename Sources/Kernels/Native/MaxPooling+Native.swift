import CKernels
import Graphs
import Tensors

extension MaxPooling {
  /// A kernel, or nothing where the window is too high to store places.
  func native(
    _ kernels: NativeKernels, _ operands: [ValueView], _ result: ValueView,
    _ threads: Int
  ) -> PreparedKernel? {
    let input = operands[0]
    let rows = SamePadding(size: input.shape[1], kernel: kernel.height, stride: stride.height)
    let columns = SamePadding(size: input.shape[2], kernel: kernel.width, stride: stride.width)
    let pooling = ckernels_pooling(
      input: input.image, output: result.image, kernel_height: kernel.height,
      kernel_width: kernel.width, step_y: stride.height, step_x: stride.width, top: rows.before,
      left: columns.before, bytes: input.quantization == nil ? 0 : 1)
    let rowCount = result.shape[0] * result.shape[1]
    return storesPlaces
      ? placing(kernels, pooling, rowCount, threads) : plain(kernels, pooling, rowCount, threads)
  }

  private func plain(
    _ kernels: NativeKernels, _ pooling: ckernels_pooling, _ rowCount: Int, _ threads: Int
  ) -> PreparedKernel {
    let table = kernels.table.pointee
    let bands = Bands(of: rowCount, size: 4, threads: threads)
    return PreparedKernel(
      kernels.name(.maxPooling, "\(kernel)"), bandCount: bands.count,
      scratchCount: withUnsafePointer(to: pooling) { table.pooling_scratch_count($0) }
    ) { band, scratch in
      withUnsafePointer(to: pooling) {
        table.pool($0, bands[band].lowerBound, bands[band].upperBound, scratch)
      }
    }
  }

  /// Bands of more rows, because each band has to find the maxima of its first window's rows anew.
  private func placing(
    _ kernels: NativeKernels, _ pooling: ckernels_pooling, _ rowCount: Int, _ threads: Int
  ) -> PreparedKernel? {
    guard kernel.height <= ckernels_largest_kernel_height else { return nil }
    let table = kernels.table.pointee
    let bands = Bands(of: rowCount, size: 32, threads: threads)
    return PreparedKernel(
      kernels.name(.maxPooling, "\(kernel)", "places"), bandCount: bands.count,
      scratchCount: withUnsafePointer(to: pooling) { table.placed_pooling_scratch_count($0) }
    ) { band, scratch in
      withUnsafePointer(to: pooling) {
        table.pool_with_places($0, bands[band].lowerBound, bands[band].upperBound, scratch)
      }
    }
  }
}

extension MaxPoolingGradient {
  /// Each element gathers the gradients of the maxima that it is, so that bands of rows need nothing of
  /// each other; nothing where something is bytes.
  func native(
    _ kernels: NativeKernels, _ operands: [ValueView], _ result: ValueView, _ threads: Int
  ) -> PreparedKernel? {
    guard let places = operands[1].floats, operands[0].floats != nil, result.floats != nil else {
      return nil
    }
    let unpooling = ckernels_unpooling(
      gradient: operands[0].image, places: places.base, places_stride: places.pixelStride,
      output: result.image, kernel_height: window.kernel.height,
      kernel_width: window.kernel.width, step_y: window.stride.height,
      step_x: window.stride.width, top: window.rows.before, left: window.columns.before)
    let table = kernels.table.pointee
    let bands = Bands(of: result.shape[0] * result.shape[1], size: 16, threads: threads)
    return PreparedKernel(
      kernels.name(.maxPoolingGradient, "\(window.kernel)"), bandCount: bands.count,
      scratchCount: withUnsafePointer(to: unpooling) { table.unpooling_scratch_count($0) }
    ) { band, scratch in
      withUnsafePointer(to: unpooling) {
        table.unpool($0, bands[band].lowerBound, bands[band].upperBound, scratch)
      }
    }
  }
}
