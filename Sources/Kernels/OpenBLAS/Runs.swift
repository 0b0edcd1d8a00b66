import Tensors

/// The runs of adjacent elements that several views of the same shape have in common: one run where
/// all are dense, otherwise one per pixel.
struct Runs {
  let channels: Int
  let joined: Bool

  init(_ views: TensorView<Float>...) {
    channels = views[0].channels
    joined = views.allSatisfy(\.isDense)
  }

  /// Calls `body` with the first pixel and the length of each run.
  @inline(__always)
  func forEach(in pixels: Range<Int>, _ body: (_ pixel: Int, _ count: Int) -> Void) {
    if joined { return body(pixels.lowerBound, pixels.count * channels) }
    for pixel in pixels { body(pixel, channels) }
  }
}

extension Bands {
  /// The pixels of an operation that reads and writes each once: enough at a time to outweigh the
  /// start of a band, and little enough for the cache.
  static func streaming(_ view: TensorView<Float>, threads: Int) -> Bands {
    Bands(of: view.pixelCount, size: max(1, 16384 / view.channels), threads: threads)
  }
}
