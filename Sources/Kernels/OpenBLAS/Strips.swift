import Graphs
import Tensors

/// The rows of an image with each pixel's horizontal neighbours beside it: `[W, KW * I]` for every
/// row, zero where a window hangs over the border; for windows that move by one.
struct Strips {
  /// Pixels of a row.
  let width: Int
  private let input: TensorView<Float>
  private let kernel: Extent
  private let height: Int
  private let images: Int
  private let channels: Int
  private let above: Int
  private let before: Int

  /// About how many elements a band's strips may have, to stay in the second-level cache.
  private static let capacity = 131_072

  init(_ input: TensorView<Float>, kernel: Extent) {
    self.input = input
    self.kernel = kernel
    images = input.shape[0]
    height = input.shape[1]
    width = input.shape[2]
    channels = input.channels
    above = SamePadding(size: height, kernel: kernel.height, stride: 1).before
    before = SamePadding(size: width, kernel: kernel.width, stride: 1).before
  }

  /// Elements beside each other for one pixel.
  var length: Int { kernel.width * channels }

  private var rowLength: Int { width * length }

  /// A division of the rows of all images.
  func bands(threads: Int) -> Bands {
    Bands(of: images * height, size: max(1, Self.capacity / rowLength), threads: threads)
  }

  /// Elements that the largest band's strips take.
  func scratchCount(_ bands: Bands) -> Int { (bands.largest + kernel.height - 1) * rowLength }

  /// The rows of a band, image by image.
  func parts(_ rows: Range<Int>) -> [Range<Int>] {
    let first = rows.lowerBound / height
    let last = (rows.upperBound - 1) / height
    return (first...last).map { image in
      max(rows.lowerBound, image * height)..<min(rows.upperBound, (image + 1) * height)
    }
  }

  /// Writes the strips that the windows of some rows of one image need, the topmost first.
  func write(_ rows: Range<Int>, to strips: Floats) {
    let image = rows.lowerBound / height
    let top = rows.lowerBound % height - above
    for index in 0..<(rows.count + kernel.height - 1) {
      let strip = strips + index * rowLength
      if (0..<height).contains(top + index) {
        writeRow(input.pixel((image * height + top + index) * width), to: strip)
      } else {
        strip.update(repeating: 0, count: rowLength)
      }
    }
  }

  /// The strips that row `ky` of the kernel meets, as a matrix of pixels.
  func matrix(_ strips: Floats, from ky: Int, rows: Int) -> OpenBLAS.Matrix {
    OpenBLAS.Matrix(
      base: strips + ky * rowLength, rows: rows * width, columns: length, stride: length)
  }

  private func writeRow(_ row: Floats, to strip: Floats) {
    for x in 0..<width {
      let place = strip + x * length
      let first = x - before
      if input.isDense && first >= 0 && first + kernel.width <= width {
        let source = row + first * channels
        fill(length, place) { $0[source] }
      } else {
        writeWindow(row, from: first, to: place)
      }
    }
  }

  private func writeWindow(_ row: Floats, from first: Int, to place: Floats) {
    for kx in 0..<kernel.width {
      let part = place + kx * channels
      if (0..<width).contains(first + kx) {
        let source = row + (first + kx) * input.pixelStride
        fill(channels, part) { $0[source] }
      } else {
        part.update(repeating: 0, count: channels)
      }
    }
  }
}
