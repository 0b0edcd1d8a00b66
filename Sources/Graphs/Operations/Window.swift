/// Height and width of a window or of its steps.
public struct Extent: Hashable, Sendable, Codable, CustomStringConvertible {
  /// Rows.
  public var height: Int
  /// Columns.
  public var width: Int

  /// An extent of `height` rows and `width` columns.
  public init(_ height: Int, _ width: Int) {
    self.height = height
    self.width = width
  }

  /// One row and one column.
  public static let one = Extent(1, 1)

  /// For example `3x3`.
  public var description: String { "\(height)x\(width)" }
}

/// Where a sliding window lies along one axis, padded the way TensorFlow calls SAME: the output
/// has ceil(size / stride) positions and an odd padding cell goes behind.
public struct SamePadding: Equatable, Sendable {
  /// Positions of the window.
  public let outputSize: Int
  /// Padding cells before the first element.
  public let before: Int

  /// The padding of a window of `kernel` elements that moves by `stride` over `size` elements.
  ///
  /// `dilation` is the distance from one cell of the window to the next.
  public init(size: Int, kernel: Int, stride: Int, dilation: Int = 1) {
    outputSize = (size + stride - 1) / stride
    let reach = (kernel - 1) * dilation + 1
    before = max((outputSize - 1) * stride + reach - size, 0) / 2
  }
}

/// A window that slides over images of one size, padded at the border.
public struct SlidingWindow: Hashable, Sendable, Codable {
  /// Size of the window.
  public var kernel: Extent
  /// Steps of the window.
  public var stride: Extent
  /// Distances from one cell of the window to the next.
  public var dilation: Extent
  /// Rows and columns of the images.
  public var size: Extent

  /// A window; see the properties.
  public init(kernel: Extent, stride: Extent, dilation: Extent = .one, over size: Extent) {
    self.kernel = kernel
    self.stride = stride
    self.dilation = dilation
    self.size = size
  }

  /// How it slides down the rows.
  package var rows: SamePadding {
    SamePadding(
      size: size.height, kernel: kernel.height, stride: stride.height, dilation: dilation.height)
  }

  /// How it slides along the columns.
  package var columns: SamePadding {
    SamePadding(
      size: size.width, kernel: kernel.width, stride: stride.width, dilation: dilation.width)
  }
}
