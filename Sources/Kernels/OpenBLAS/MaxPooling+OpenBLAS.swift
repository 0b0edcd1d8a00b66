import Graphs
import Tensors

extension MaxPooling {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let rows = result.shape[0] * result.shape[1]
    if storesPlaces { return placing(operands[0], result, rows: rows, threads) }
    let maxima = SlidingMaxima(self, operands[0], result)
    let bands = Bands(of: rows, size: 4, threads: threads)
    let name = "openblas.maxPooling.\(kernel)"
    return PreparedKernel(name, bandCount: bands.count, scratchCount: maxima.rowCount) {
      band, scratch in
      for row in bands[band] { maxima.write(row, scratch) }
    }
  }

  /// Bands of more rows, because each band has to find the maxima of its first window's rows anew.
  private func placing(
    _ input: TensorView<Float>, _ result: TensorView<Float>, rows: Int, _ threads: Int
  ) -> PreparedKernel {
    let maxima = PlacedMaxima(self, input, result)
    let bands = Bands(of: rows, size: 32, threads: threads)
    return PreparedKernel(
      "openblas.maxPooling.\(kernel).places", bandCount: bands.count,
      scratchCount: maxima.scratchCount
    ) { band, scratch in
      maxima.write(bands[band], scratch)
    }
  }
}

/// Maxima over windows, first down the columns, then along the rows.
struct SlidingMaxima {
  private let pooling: MaxPooling
  private let input: TensorView<Float>
  private let result: TensorView<Float>
  private let rows: SamePadding
  private let columns: SamePadding

  init(_ pooling: MaxPooling, _ input: TensorView<Float>, _ result: TensorView<Float>) {
    self.pooling = pooling
    self.input = input
    self.result = result
    let (kernel, stride) = (pooling.kernel, pooling.stride)
    rows = SamePadding(size: input.shape[1], kernel: kernel.height, stride: stride.height)
    columns = SamePadding(size: input.shape[2], kernel: kernel.width, stride: stride.width)
  }

  /// Pixels of a row with the padding that its windows reach.
  private var paddedWidth: Int {
    let reach = (columns.outputSize - 1) * pooling.stride.width + pooling.kernel.width
    return max(reach, columns.before + input.shape[2])
  }

  /// Floats of a padded row.
  var rowCount: Int { paddedWidth * input.channels }

  /// Writes one row of the result; rows are counted through all images.
  func write(_ row: Int, _ padded: Floats) {
    let (height, width, channels) = (input.shape[1], input.shape[2], input.channels)
    let y = row % rows.outputSize * pooling.stride.height - rows.before
    let window = max(0, y)..<min(height, y + pooling.kernel.height)
    padded.update(repeating: -.infinity, count: columns.before * channels)
    let end = (columns.before + width) * channels
    (padded + end).update(repeating: -.infinity, count: rowCount - end)
    let first = row / rows.outputSize * height
    lowerColumns(
      first + window.lowerBound..<first + window.upperBound, padded + columns.before * channels)
    let reach = doubleReach(padded)
    let rest = (pooling.kernel.width - reach) * channels
    for x in 0..<columns.outputSize {
      let start = padded + x * pooling.stride.width * channels
      let end = start + rest
      fill(channels, result.pixel(row * columns.outputSize + x)) { $0[start].maximum($0[end]) }
    }
  }

  /// Writes the maxima of some rows of the input, column by column.
  private func lowerColumns(_ window: Range<Int>, _ maxima: Floats) {
    let width = input.shape[2]
    let step = width * input.pixelStride
    let first = input.pixel(window.lowerBound * width)
    let joined = input.isDense
    let length = joined ? width * input.channels : input.channels
    for run in 0..<(joined ? 1 : width) {
      let top = first + run * input.pixelStride
      fill(length, maxima + run * length) { slot in
        var value = slot[top]
        for row in 1..<max(1, window.count) { value = value.maximum(slot[top + row * step]) }
        return value
      }
    }
  }

  /// Makes each pixel of a row the maximum of itself and those behind it, and returns how many that
  /// are: the greatest power of two within the window, so that two such pixels cover it.
  private func doubleReach(_ padded: Floats) -> Int {
    var reach = 1
    while reach * 2 <= pooling.kernel.width {
      let other = padded + reach * input.channels
      // The last pixels keep a shorter reach; no window starts there.
      fill(rowCount - reach * input.channels, padded) { $0[padded].maximum($0[other]) }
      reach *= 2
    }
    return reach
  }
}
