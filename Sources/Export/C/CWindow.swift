import Graphs
import Tensors

/// How cells of an image meet those of a result: a `struct window` of C.
struct CWindow {
  /// Rows and columns from a place in the image that belongs to a result.
  ///
  /// It reads some channels from the first of them on, all of them where there is no count.
  struct Tap {
    var y: Int
    var x: Int
    var first = 0
    var count = 0
  }

  var images: Int
  /// Rows and columns of what is read.
  var size: Extent
  /// How many rows and columns are computed.
  var computed: Extent
  /// Steps in what is read.
  var step = Extent.one
  /// Rows and columns of what is written.
  var resultSize: Extent
  /// Where results begin in what is written.
  var first = Extent(0, 0)
  /// How far results are apart in what is written.
  var apart = Extent.one
  var taps: [Tap]

  /// A window over each cell of an image, at its centre.
  init(over image: TensorShape, taps: [Tap]) {
    images = image[0]
    size = Extent(image[1], image[2])
    (computed, resultSize) = (size, size)
    self.taps = taps
  }

  /// A window that slides over an image, padded as networks pad.
  init(kernel: Extent, stride: Extent, dilation: Extent = .one, over image: TensorShape) {
    let window = SlidingWindow(
      kernel: kernel, stride: stride, dilation: dilation, over: Extent(image[1], image[2]))
    let (rows, columns) = (window.rows, window.columns)
    self.init(
      over: image,
      taps: (0..<kernel.height * kernel.width).map {
        Tap(
          y: $0 / kernel.width * dilation.height - rows.before,
          x: $0 % kernel.width * dilation.width - columns.before)
      })
    step = stride
    computed = Extent(rows.outputSize, columns.outputSize)
    resultSize = computed
  }

  /// The cells of a neighbourhood without its centre, row by row.
  static func neighbours(_ window: Extent) -> [Tap] {
    let (rows, columns) = (window.height / 2, window.width / 2)
    return (-rows...rows).flatMap { y in (-columns...columns).map { x in Tap(y: y, x: x) } }
      .filter { $0.y != 0 || $0.x != 0 }
  }

  /// All pixels of all images in one row: the same where a window has one cell and no steps.
  func flattened() -> CWindow {
    var flat = self
    let count = images * size.height * size.width
    flat.images = 1
    flat.size = Extent(1, count)
    (flat.computed, flat.resultSize) = (flat.size, flat.size)
    return flat
  }

  /// The declarations of the taps and of the window.
  var declaration: String {
    let fields = [
      ("images", images), ("height", size.height), ("width", size.width),
      ("rows", computed.height), ("columns", computed.width), ("step_y", step.height),
      ("step_x", step.width), ("result_height", resultSize.height),
      ("result_width", resultSize.width), ("first_y", first.height), ("first_x", first.width),
      ("apart_y", apart.height), ("apart_x", apart.width), ("tap_count", taps.count),
    ]
    let lines = stride(from: 0, to: fields.count, by: 5).map { start in
      fields[start..<min(start + 5, fields.count)].map { ".\($0.0) = \($0.1)" }
        .joined(separator: ", ")
    }
    return """
      \(Self.declaration(of: taps, named: "taps"))
      static const struct window window = {
        \(lines.joined(separator: ",\n  ")),
        .taps = taps,
      };
      """
  }

  /// The declaration of some taps; C has no empty arrays.
  static func declaration(of taps: [Tap], named name: String) -> String {
    let values = (taps.isEmpty ? [Tap(y: 0, x: 0)] : taps).map {
      "{\($0.y), \($0.x), \($0.first), \($0.count)}"
    }
    let perLine = 8
    let lines = stride(from: 0, to: values.count, by: perLine).map { start in
      values[start..<min(start + perLine, values.count)].joined(separator: ", ")
    }
    return "static const struct tap \(name)[] = {\n  \(lines.joined(separator: ",\n  ")),\n};"
  }
}
