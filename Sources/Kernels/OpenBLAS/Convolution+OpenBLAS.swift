import Graphs
import Tensors

extension Convolution {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ conditions: Conditions
  ) -> PreparedKernel {
    let threads = conditions.threads
    if let shift, let shifted = ShiftedPixels(shift, of: operands[0]) {
      return pointwise(shifted, operands, result, threads)
    }
    if kernel == .one && stride == .one { return pointwise(operands, result, threads) }
    let (inputs, outputs) = (operands[0].channels, result.channels)
    if stride == .one && outputs <= 16 && outputs * 2 <= inputs {
      return narrow(operands, result, conditions)
    }
    return stride == .one
      ? byStrips(operands, result, threads) : byPatches(operands, result, threads)
  }

  private var name: String { "openblas.convolution.\(kernel)" }

  /// One matrix product from the input's memory to the result's.
  private func pointwise(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let (input, weights) = (operands[0], operands[1].matrix(operands[0].channels))
    let finish = EpiloguePass(epilogue, operands.dropFirst(2), result)
    let perPixel = input.channels + result.channels
    let bands = Bands(
      of: result.pixelCount, size: max(256, 65536 / perPixel), threads: threads)
    return PreparedKernel(name, bandCount: bands.count, scratchCount: finish.scratchCount) {
      band, scratch in
      let pixels = bands[band]
      OpenBLAS.multiply(input.matrix(pixels), weights, into: result.matrix(pixels))
      finish.apply(to: pixels, scratch)
    }
  }

  /// One matrix product from a copy of the input whose channels have moved.
  private func pointwise(
    _ shifted: ShiftedPixels, _ operands: [TensorView<Float>], _ result: TensorView<Float>,
    _ threads: Int
  ) -> PreparedKernel {
    let inputs = operands[0].channels
    let weights = operands[1].matrix(inputs)
    let finish = EpiloguePass(epilogue, operands.dropFirst(2), result)
    let bands = Bands(
      of: result.pixelCount, size: max(256, 65536 / (inputs + result.channels)), threads: threads)
    let scratchCount = max(bands.largest * inputs, finish.scratchCount)
    return PreparedKernel(
      "\(name).shift", bandCount: bands.count, scratchCount: scratchCount
    ) { band, scratch in
      let pixels = bands[band]
      shifted.write(pixels, to: scratch, stride: inputs)
      let panel = OpenBLAS.Matrix(
        base: scratch, rows: pixels.count, columns: inputs, stride: inputs)
      OpenBLAS.multiply(panel, weights, into: result.matrix(pixels))
      finish.apply(to: pixels, scratch)
    }
  }

  /// One matrix product for each row of the kernel: the rows of the windows are copied side by
  /// side once, and serve every output row whose windows they are in.
  private func byStrips(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let strips = Strips(operands[0], kernel: kernel)
    let weights = operands[1]
    let finish = EpiloguePass(epilogue, operands.dropFirst(2), result)
    let bands = strips.bands(threads: threads)
    let scratchCount = max(strips.scratchCount(bands), finish.scratchCount)
    return PreparedKernel(name, bandCount: bands.count, scratchCount: scratchCount) {
      band, scratch in
      for rows in strips.parts(bands[band]) {
        let pixels = rows.lowerBound * strips.width..<rows.upperBound * strips.width
        strips.write(rows, to: scratch)
        for ky in 0..<kernel.height {
          let part = OpenBLAS.Matrix(
            base: weights.pixel(ky * strips.length), rows: strips.length,
            columns: result.channels, stride: weights.pixelStride)
          OpenBLAS.multiply(
            strips.matrix(scratch, from: ky, rows: rows.count), part, into: result.matrix(pixels),
            accumulating: ky > 0)
        }
        finish.apply(to: pixels, scratch)
      }
    }
  }

  /// A matrix product of the windows, copied side by side, with the weights.
  private func byPatches(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let patches = Patches(operands[0], kernel: kernel, stride: stride)
    let weights = operands[1].matrix(patches.length)
    let finish = EpiloguePass(epilogue, operands.dropFirst(2), result)
    let bands = Bands(
      of: result.pixelCount, size: max(256, 65536 / patches.length), threads: threads)
    let scratchCount = max(bands.largest * patches.length, finish.scratchCount)
    return PreparedKernel(name, bandCount: bands.count, scratchCount: scratchCount) {
      band, scratch in
      let pixels = bands[band]
      patches.write(pixels, to: scratch)
      let panel = OpenBLAS.Matrix(
        base: scratch, rows: pixels.count, columns: patches.length, stride: patches.length)
      OpenBLAS.multiply(panel, weights, into: result.matrix(pixels))
      finish.apply(to: pixels, scratch)
    }
  }

  /// Products of each pixel with all taps, added where they belong: with few outputs these are
  /// fewer numbers than the copied windows would be, and the matrix is wider.
  private func narrow(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ conditions: Conditions
  ) -> PreparedKernel {
    let input = operands[0].shape
    let rows = SamePadding(size: input[1], kernel: kernel.height, stride: 1)
    let columns = SamePadding(size: input[2], kernel: kernel.width, stride: 1)
    let taps = TapProducts(
      operands[0], weights: operands[1], result, conditions,
      rows: TapAxis(taps: kernel.height, step: 1, direction: -1, offset: rows.before),
      columns: TapAxis(taps: kernel.width, step: 1, direction: -1, offset: columns.before))
    let finish = EpiloguePass(epilogue, operands.dropFirst(2), result)
    return taps.kernel(name, conditions.threads, finish)
  }
}

extension TensorView<Float> {
  /// Some pixels as the rows of a matrix.
  func matrix(_ pixels: Range<Int>) -> OpenBLAS.Matrix {
    OpenBLAS.Matrix(
      base: pixel(pixels.lowerBound), rows: pixels.count, columns: channels, stride: pixelStride)
  }

  /// All elements as a matrix of `rows` rows.
  func matrix(_ rows: Int) -> OpenBLAS.Matrix {
    OpenBLAS.Matrix(base: base, rows: rows, columns: channels, stride: pixelStride)
  }
}
