import Tensors

/// Sums over the pixels of an image: each band has memory of its own, and they are added up at the end
/// in their order, so that the result does not depend on which thread did what.
struct PartialSums {
  /// How many pixels are summed in single precision before they are added to the rest.
  static let chunk = 256

  let bands: Bands
  private let count: Int
  private let partials: FloatBuffer

  /// Memory for `count` sums over `pixels` pixels.
  init(of count: Int, over pixels: Int, threads: Int) {
    bands = Bands(of: pixels, size: max(1024, pixels / (2 * threads)), threads: threads)
    self.count = count
    partials = FloatBuffer(count: bands.count * count)
  }

  /// Where a band's sums go; they are to be set to zero first.
  func partial(_ band: Int) -> Floats { partials.base + band * count }

  /// Sets a band's sums to zero and calls `body` with the pixels of one chunk after another.
  @inline(__always)
  func forEachChunk(of band: Int, _ body: (_ pixels: Range<Int>) -> Void) {
    partial(band).update(repeating: 0, count: count)
    let pixels = bands[band]
    var first = pixels.lowerBound
    while first < pixels.upperBound {
      let end = min(first + Self.chunk, pixels.upperBound)
      body(first..<end)
      first = end
    }
  }

  /// The total of one of the sums.
  func total(_ index: Int) -> Double {
    (0..<bands.count).reduce(0) { $0 + Double(partial($1)[index]) }
  }
}
