import CKernels

/// One or several convolutions by rows that fill one result together.
struct SlidingConvolution {
  private let parts: [ckernels_convolution]
  private let weights: [TapWeights]
  private let finish: NativeEpilogue
  private let conditions: Conditions
  private let groups: ShiftGroups?

  /// Convolutions with the weights of each, and the groups of channels that these point to.
  init(
    _ parts: [ckernels_convolution], _ weights: [TapWeights], _ finish: NativeEpilogue,
    _ conditions: Conditions, _ groups: ShiftGroups? = nil
  ) {
    self.parts = zip(parts, weights).map { part, weights in
      var part = part
      weights.apply(to: &part)
      return part
    }
    self.weights = weights
    self.finish = finish
    self.conditions = conditions
    self.groups = groups
  }

  func kernel(_ name: String, _ kernels: NativeKernels, rows: Int) -> PreparedKernel {
    let table = kernels.table.pointee
    let scratchCount = parts.map { part in
      withUnsafePointer(to: part) { table.convolution_scratch_count($0) }
    }
    // A band copies the rows above its first window anew.
    let bands = Bands(of: rows, size: 4, threads: conditions.threads)
    return PreparedKernel(
      name, bandCount: bands.count, scratchCount: scratchCount.max() ?? 0,
      start: conditions.arranging(arrange)
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

  private func arrange() {
    for part in weights { part.arrange() }
    finish.arrange()
  }
}
