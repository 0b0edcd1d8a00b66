import CKernels
import Graphs
import Tensors

extension Convolution {
  /// A kernel, or nothing for windows that are too high.
  func native(
    _ kernels: NativeKernels, _ operands: [ValueView], _ result: ValueView,
    _ conditions: Conditions
  ) -> PreparedKernel? {
    let input = operands[0].floats
    let variant =
      conditions.variant ?? variants(over: operands[0], result, kernels).first ?? .rows
    // Four outputs of Winograd's products, and bytes, have tiles of their own.
    let hasNarrowTiles =
      variant.tile != nil && result.channels <= 4 && operands[0].channels % 4 == 0
    let kernels =
      input == nil || hasNarrowTiles ? kernels : kernels.narrowed(to: result.channels)
    let finish = NativeEpilogue(epilogue, operands.dropFirst(2), kernels)
    if let input, variant == .product {
      return pointwise(kernels, input, operands[1].parameters, result, finish, conditions)
    }
    if let quantization = operands[0].quantization, variant.tile != nil {
      return ByteWinogradConvolution(
        over: operands[0], quantization, kernels, weights: operands[1].parameters, result, finish
      ).kernel(conditions)
    }
    if let tile = variant.tile {
      return WinogradConvolution(tile: tile, kernels, operands, result, finish)
        .kernel(conditions)
    }
    // Weights of few outputs over bytes are arranged for whole windows only.
    let isArranged = shift == nil || input != nil || result.channels > 4
    guard isArranged, kernel.height <= ckernels_largest_kernel_height else { return nil }
    return byRows(kernels, operands, result, finish, conditions)
  }

  private func pointwise(
    _ kernels: NativeKernels, _ input: TensorView<Float>, _ weights: TensorView<Float>,
    _ result: ValueView, _ finish: NativeEpilogue, _ conditions: Conditions
  ) -> PreparedKernel {
    let packed = kernels.packedBuffer(rows: input.channels, columns: result.channels)
    let product = ckernels_product(
      input: input.base, input_stride: input.pixelStride, inputs: input.channels,
      output: result.base, output_stride: result.pixelStride, outputs: result.channels,
      weights: packed.base, epilogue: finish.value)
    // The pixels of a band are read once for every panel of outputs: 128 KiB stay in the second cache.
    let size = max(96, 32768 / (input.channels + result.channels))
    let bands = Bands(of: result.pixelCount, size: size, threads: conditions.threads)
    let multiply = kernels.table.pointee.multiply
    return PreparedKernel(
      kernels.name(.convolution, "\(kernel)"), bandCount: bands.count,
      start: conditions.arranging {
        kernels.pack(weights, to: packed)
        finish.arrange()
      }
    ) { [packed, finish] band, _ in
      withExtendedLifetime((packed, finish)) {
        withUnsafePointer(to: product) {
          multiply($0, bands[band].lowerBound, bands[band].upperBound)
        }
      }
    }
  }

  private func byRows(
    _ kernels: NativeKernels, _ operands: [ValueView], _ result: ValueView,
    _ finish: NativeEpilogue, _ conditions: Conditions
  ) -> PreparedKernel {
    let input = operands[0]
    // A shift moves by one cell at most.
    let window = shift == nil ? kernel : Extent(3, 3)
    let rows = SamePadding(size: input.shape[1], kernel: window.height, stride: stride.height)
    let columns = SamePadding(size: input.shape[2], kernel: window.width, stride: stride.width)
    let groups = ShiftGroups(shift?.groups(of: input.channels) ?? [])
    let weights = TapWeights(
      Array(0..<kernel.height * kernel.width), of: operands[1].parameters, over: input, kernels)
    let convolution = ckernels_convolution(
      input: input.image, output: result.image, kernel_height: window.height,
      kernel_width: window.width, step_y: stride.height, step_x: stride.width, top: rows.before,
      left: columns.before, first_column: 0, column_step: 1, columns: columns.outputSize,
      weights: nil, epilogue: finish.value, rescale: nil,
      offset: nil, padding: 0, groups: groups.base, group_count: groups.count)
    let name =
      kernels.name(.convolution, "\(kernel)") + (shift == nil ? "" : ".shift")
      + (input.quantization == nil ? "" : ".bytes")
    return SlidingConvolution([convolution], [weights], finish, conditions, groups)
      .kernel(name, kernels, rows: result.shape[0] * result.shape[1])
  }
}
