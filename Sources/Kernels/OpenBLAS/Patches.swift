import Graphs
import Tensors

/// The windows of an image as the rows of a matrix: `[pixels, KH * KW * I]`, zero where a window
/// hangs over the border.
struct Patches {
  private let input: TensorView<Float>
  private let kernel: Extent
  private let stride: Extent
  private let height: Int
  private let width: Int
  private let channels: Int
  private let rows: SamePadding
  private let columns: SamePadding
  private let isDense: Bool

  init(_ input: TensorView<Float>, kernel: Extent, stride: Extent) {
    self.input = input
    self.kernel = kernel
    self.stride = stride
    height = input.shape[1]
    width = input.shape[2]
    channels = input.channels
    rows = SamePadding(size: height, kernel: kernel.height, stride: stride.height)
    columns = SamePadding(size: width, kernel: kernel.width, stride: stride.width)
    isDense = input.isDense
  }

  /// Elements of one window.
  var length: Int { kernel.height * kernel.width * channels }

  /// Writes the windows of some of the output's pixels.
  func write(_ pixels: Range<Int>, to panel: Floats) {
    let outputWidth = columns.outputSize
    var pixel = pixels.lowerBound
    while pixel < pixels.upperBound {
      let row = pixel / outputWidth
      let first = pixel % outputWidth
      let last = min(outputWidth, first + pixels.upperBound - pixel)
      let part = panel + (pixel - pixels.lowerBound) * length
      for ky in 0..<kernel.height {
        writeRow(
          image: row / rows.outputSize, ky: ky,
          y: row % rows.outputSize * stride.height + ky - rows.before, windows: first..<last,
          to: part + ky * kernel.width * channels)
      }
      pixel += last - first
    }
  }

  /// Writes one row of each window.
  private func writeRow(image: Int, ky: Int, y: Int, windows: Range<Int>, to part: Floats) {
    let count = kernel.width * channels
    guard y >= 0, y < height else {
      for index in 0..<windows.count {
        (part + index * length).update(repeating: 0, count: count)
      }
      return
    }
    let row = input.pixel((image * height + y) * width)
    for window in windows {
      let destination = part + (window - windows.lowerBound) * length
      let x = window * stride.width - columns.before
      if isDense && x >= 0 && x + kernel.width <= width {
        let source = row + x * channels
        fill(count, destination) { $0[source] }
      } else {
        writePixels(row, from: x, to: destination)
      }
    }
  }

  /// Writes one row of one window pixel by pixel.
  private func writePixels(_ row: Floats, from x: Int, to destination: Floats) {
    for kx in 0..<kernel.width {
      let place = destination + kx * channels
      if x + kx >= 0 && x + kx < width {
        let source = row + (x + kx) * input.pixelStride
        fill(channels, place) { $0[source] }
      } else {
        place.update(repeating: 0, count: channels)
      }
    }
  }
}
