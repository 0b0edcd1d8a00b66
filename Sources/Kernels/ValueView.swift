public import Tensors

/// A value in memory that somebody else owns: floats, or bytes that stand for numbers.
public enum ValueView {
  /// Floats.
  case floats(TensorView<Float>)
  /// Bytes, and what they stand for.
  case bytes(TensorView<UInt8>, Quantization)

  /// The extents.
  public var shape: TensorShape {
    switch self {
    case .floats(let view): view.shape
    case .bytes(let view, _): view.shape
    }
  }

  /// Elements from one pixel to the next.
  public var pixelStride: Int {
    switch self {
    case .floats(let view): view.pixelStride
    case .bytes(let view, _): view.pixelStride
    }
  }

  /// The view, if it is one of floats.
  public var floats: TensorView<Float>? {
    if case .floats(let view) = self { view } else { nil }
  }

  /// What the bytes stand for, if elements are bytes.
  var quantization: Quantization? {
    if case .bytes(_, let quantization) = self { quantization } else { nil }
  }

  var base: UnsafeMutableRawPointer {
    switch self {
    case .floats(let view): UnsafeMutableRawPointer(view.base)
    case .bytes(let view, _): UnsafeMutableRawPointer(view.base)
    }
  }

  var channels: Int { shape.channels }
  var pixelCount: Int { shape.count / shape.channels }

  /// Copies all elements to floats.
  public func copy(to target: TensorView<Float>) { copy(0..<pixelCount, to: target) }

  /// Copies some pixels to floats.
  func copy(_ pixels: Range<Int>, to target: TensorView<Float>) {
    switch self {
    case .floats(let view): view.copy(pixels, to: target)
    case .bytes(let view, let quantization):
      for position in pixels {
        let (from, to) = (view.pixel(position), target.pixel(position))
        for channel in 0..<channels { to[channel] = quantization.value(from[channel]) }
      }
    }
  }

  /// Takes some pixels from floats, rounded to bytes where elements are bytes.
  func take(_ pixels: Range<Int>, from source: TensorView<Float>) {
    switch self {
    case .floats(let view): source.copy(pixels, to: view)
    case .bytes(let view, let quantization):
      for position in pixels {
        let (from, to) = (source.pixel(position), view.pixel(position))
        for channel in 0..<channels { to[channel] = quantization.byte(from[channel]) }
      }
    }
  }
}
