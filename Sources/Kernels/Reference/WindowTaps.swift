import Graphs
import Tensors

/// The cells of an image that lie under a sliding window.
struct WindowTaps {
  private let kernel: Extent
  private let stride: Extent
  private let dilation: Extent
  private let size: Extent
  private let rows: SamePadding
  private let columns: SamePadding

  init(_ window: SlidingWindow) {
    (kernel, stride, size) = (window.kernel, window.stride, window.size)
    dilation = window.dilation
    (rows, columns) = (window.rows, window.columns)
  }

  /// A window that slides over images of a shape.
  init(kernel: Extent, stride: Extent, dilation: Extent = .one, over image: TensorShape) {
    self.init(
      SlidingWindow(
        kernel: kernel, stride: stride, dilation: dilation, over: Extent(image[1], image[2])))
  }

  /// Positions of the window in one image.
  var count: Int { rows.outputSize * columns.outputSize }

  /// Calls `body` with each cell of the image under the window at a position, counted through all
  /// images, and the place in the window, row by row.
  @inline(__always)
  func forEach(at position: Int, _ body: (_ cell: Int, _ tap: Int) -> Void) {
    let (image, place) = position.quotientAndRemainder(dividingBy: count)
    let top = place / columns.outputSize * stride.height - rows.before
    let left = place % columns.outputSize * stride.width - columns.before
    for ky in 0..<kernel.height {
      let y = top + ky * dilation.height
      guard (0..<size.height).contains(y) else { continue }
      let row = (image * size.height + y) * size.width
      for kx in 0..<kernel.width {
        let x = left + kx * dilation.width
        if (0..<size.width).contains(x) { body(row + x, ky * kernel.width + kx) }
      }
    }
  }
}

extension TensorView where Scalar: TensorScalar {
  /// Sets all elements to zero.
  func clear() { clear(0..<pixelCount) }

  /// Sets some pixels to zero.
  func clear(_ pixels: Range<Int>) {
    for position in pixels { pixel(position).update(repeating: 0, count: channels) }
  }
}
