import CKernels

/// One or several convolutions by rows that fill one result together.
struct SlidingConvolution {
  private let parts: [ckernels_convolution]
  private let packed: [FloatBuffer]
  private let finish: NativeEpilogue
  private let start: () -> Void

  init(
    _ parts: [ckernels_convolution], holding packed: [FloatBuffer], _ finish: NativeEpilogue,
    start: @escaping () -> Void
  ) {
    self.parts = parts
    self.packed = packed
    self.finish = finish
    self.start = start
  }

  func kernel(
    _ name: String, _ kernels: NativeKernels, rows: Int, threads: Int
  ) -> PreparedKernel {
    let table = kernels.table.pointee
    let scratchCount = parts.map { part in
      withUnsafePointer(to: part) { table.convolution_scratch_count($0) }
    }
    // A band copies the rows above its first window anew.
    let bands = Bands(of: rows, size: 4, threads: threads)
    return PreparedKernel(
      name, bandCount: bands.count, scratchCount: scratchCount.max() ?? 0, start: start
    ) { [self] band, scratch in
      withExtendedLifetime(self) {
        for part in parts {
          withUnsafePointer(to: part) {
            table.convolve($0, bands[band].lowerBound, bands[band].upperBound, scratch)
          }
        }
      }
    }
  }
}
