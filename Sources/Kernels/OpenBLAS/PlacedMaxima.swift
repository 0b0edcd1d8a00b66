import Graphs
import Tensors

/// Maxima over windows with the place of each: first along the rows, then down the columns, so that of
/// equal ones the first in the order of rows and columns is found.
struct PlacedMaxima {
  private let pooling: MaxPooling
  private let input: TensorView<Float>
  private let result: TensorView<Float>
  private let rows: SamePadding
  private let columns: SamePadding
  private let height: Int
  private let width: Int
  private let channels: Int

  init(_ pooling: MaxPooling, _ input: TensorView<Float>, _ result: TensorView<Float>) {
    self.pooling = pooling
    self.input = input
    self.result = result
    (height, width, channels) = (input.shape[1], input.shape[2], input.channels)
    let (kernel, stride) = (pooling.kernel, pooling.stride)
    rows = SamePadding(size: height, kernel: kernel.height, stride: stride.height)
    columns = SamePadding(size: width, kernel: kernel.width, stride: stride.width)
  }

  /// Floats of one row's maxima, or of their places.
  private var rowCount: Int { columns.outputSize * channels }

  /// Floats of scratch memory: maxima and places of as many rows as the window has.
  var scratchCount: Int { 2 * pooling.kernel.height * rowCount }

  /// Writes some rows of the result, counted through all images.
  func write(_ lines: Range<Int>, _ scratch: Floats) {
    // Which input row each part of the scratch memory holds; rows of all images are told apart.
    var held = [Int](repeating: -1, count: pooling.kernel.height)
    for line in lines {
      let (image, row) = line.quotientAndRemainder(dividingBy: rows.outputSize)
      let top = row * pooling.stride.height - rows.before
      let window = max(0, top)..<min(height, top + pooling.kernel.height)
      for y in window {
        let source = image * height + y
        let slot = source % pooling.kernel.height
        if held[slot] != source {
          writeRow(source, scratch + 2 * slot * rowCount)
          held[slot] = source
        }
      }
      combine(window.map { (image * height + $0, $0 - top) }, line, scratch)
    }
  }

  /// The maxima along one row of the input, and their columns in the window.
  private func writeRow(_ source: Int, _ maxima: Floats) {
    let places = maxima + rowCount
    for column in 0..<columns.outputSize {
      let left = column * pooling.stride.width - columns.before
      let window = max(0, left)..<min(width, left + pooling.kernel.width)
      let first = input.pixel(source * width + window.lowerBound)
      let (maximum, place) = (maxima + column * channels, places + column * channels)
      fill(channels, maximum) { slot in
        var greatest = slot[first]
        var found = Lanes(repeating: Float(window.lowerBound - left))
        var value = first
        for x in window.dropFirst() {
          value += input.pixelStride
          let next = slot[value]
          let isGreater = next .> greatest
          greatest = greatest.replacing(with: next, where: isGreater)
          found = found.replacing(with: Float(x - left), where: isGreater)
        }
        slot[place] = found
        return greatest
      }
    }
  }

  /// The maxima of rows' maxima; `sources` are the rows with their places in the window.
  private func combine(_ sources: [(row: Int, ky: Int)], _ line: Int, _ scratch: Floats) {
    let kernelWidth = Float(pooling.kernel.width)
    let base = { (row: Int) in scratch + 2 * (row % pooling.kernel.height) * rowCount }
    let parts = sources.map { (base($0.row), Float($0.ky) * kernelWidth) }
    parts.withUnsafeBufferPointer { parts in
      for column in 0..<columns.outputSize {
        let start = column * channels
        let pixel = result.pixel(line * columns.outputSize + column)
        let place = pixel + channels
        fill(channels, pixel) { slot in
          var greatest = slot[parts[0].0 + start]
          var found = slot[parts[0].0 + rowCount + start] + parts[0].1
          for index in 1..<max(1, parts.count) {
            let next = slot[parts[index].0 + start]
            let isGreater = next .> greatest
            greatest = greatest.replacing(with: next, where: isGreater)
            found = found.replacing(
              with: slot[parts[index].0 + rowCount + start] + parts[index].1, where: isGreater)
          }
          slot[place] = found
          return greatest
        }
      }
    }
  }
}
