import Graphs
import Tensors

extension SlidingWindow {
  /// A window that slides over images of a shape.
  init(kernel: Extent, stride: Extent, over image: TensorShape) {
    self.init(kernel: kernel, stride: stride, over: Extent(image[1], image[2]))
  }

  /// Cells beyond the image that the last position needs: below the rows, right of the columns.
  ///
  /// The two sides of an axis can differ by one, which ONNX's own words for SAME leave to the reader:
  /// the file gives the numbers.
  private var after: (rows: Int, columns: Int) {
    let rest = { (axis: SamePadding, size: Int, reach: Int, stride: Int) in
      max((axis.outputSize - 1) * stride + reach - size, 0) - axis.before
    }
    return (
      rest(rows, size.height, (kernel.height - 1) * dilation.height + 1, stride.height),
      rest(columns, size.width, (kernel.width - 1) * dilation.width + 1, stride.width)
    )
  }

  /// The attributes of an operator that slides this window.
  var onnxAttributes: [String: ONNXGraph.Attribute] {
    var attributes: [String: ONNXGraph.Attribute] = [
      "kernel_shape": .ints([kernel.height, kernel.width]),
      "strides": .ints([stride.height, stride.width]),
      "pads": .ints([rows.before, columns.before, after.rows, after.columns]),
    ]
    // Not every operator that slides a window knows the word.
    if dilation != .one { attributes["dilations"] = .ints([dilation.height, dilation.width]) }
    return attributes
  }
}
