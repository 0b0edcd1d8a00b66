public import Tensors

/// An image or a vector in memory that somebody else owns.
///
/// The elements of a pixel (the last axis) are adjacent; pixels follow each other in row-major order,
/// `pixelStride` elements apart. A slice of a wider image's channels is such a view.
public struct TensorView<Scalar> {
  /// The first element of the first pixel.
  public let base: UnsafeMutablePointer<Scalar>
  /// The extents; the last one counts a pixel's elements.
  public let shape: TensorShape
  /// Elements from one pixel to the next, at least `shape.channels`.
  public let pixelStride: Int

  let channels: Int
  let pixelCount: Int

  /// A view, dense unless a stride is given; see the properties.
  public init(base: UnsafeMutablePointer<Scalar>, shape: TensorShape, pixelStride: Int? = nil) {
    let stride = pixelStride ?? shape.channels
    precondition(stride >= shape.channels, "pixels of \(shape) overlap at a stride of \(stride)")
    self.base = base
    self.shape = shape
    self.pixelStride = stride
    channels = shape.channels
    pixelCount = shape.count / shape.channels
  }

  /// Whether all elements are adjacent.
  var isDense: Bool { pixelStride == channels || pixelCount == 1 }

  /// A pixel's first element.
  func pixel(_ position: Int) -> UnsafeMutablePointer<Scalar> { base + position * pixelStride }

  /// The channels from `first` on.
  func channels(from first: Int, count: Int) -> TensorView {
    var part = shape
    part[shape.rank - 1] = count
    return TensorView(base: base + first, shape: part, pixelStride: pixelStride)
  }
}
