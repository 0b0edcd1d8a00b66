/// A picture in memory: rows from the top, pixels from the left.
public struct Picture: Equatable, Sendable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// `width * height` pixels, row after row.
  public private(set) var pixels: [RGB]

  /// A picture of one colour.
  ///
  /// - Precondition: it has at least one pixel.
  public init(width: Int, height: Int, filledWith color: RGB) {
    precondition(width > 0 && height > 0, "a picture of \(width) x \(height) pixels")
    self.width = width
    self.height = height
    pixels = [RGB](repeating: color, count: width * height)
  }

  /// The pixel in column `x` of row `y`.
  ///
  /// - Precondition: it lies in the picture.
  public subscript(x: Int, y: Int) -> RGB {
    get {
      precondition(contains(x, y), "pixel (\(x), \(y)) of \(width) x \(height)")
      return pixels[y * width + x]
    }
    set {
      precondition(contains(x, y), "pixel (\(x), \(y)) of \(width) x \(height)")
      pixels[y * width + x] = newValue
    }
  }

  /// Colours one pixel to a share of 0 to 1; outside the picture nothing happens.
  mutating func blend(_ color: RGB, x: Int, y: Int, share: Float = 1) {
    guard contains(x, y) else { return }
    pixels[y * width + x] = pixels[y * width + x].mixed(with: color, share: share)
  }

  /// Fills a rectangle; what lies outside the picture is left out.
  mutating func fill(x: Int, y: Int, width: Int, height: Int, with color: RGB) {
    let columns = max(x, 0)..<max(max(x, 0), min(x + width, self.width))
    for row in max(y, 0)..<max(max(y, 0), min(y + height, self.height)) {
      for column in columns { pixels[row * self.width + column] = color }
    }
  }

  /// Fills a disc with soft edges; its centre counts in pixels, where (0.5, 0.5) is the middle of
  /// the first.
  mutating func fillDisc(centerX: Float, centerY: Float, radius: Float, with color: RGB) {
    let reach = radius + 1
    // A centre far outside, or not a number, would not survive the way to an integer.
    guard
      centerX > -reach, centerX < Float(width) + reach, centerY > -reach,
      centerY < Float(height) + reach
    else { return }
    for y in Int((centerY - reach).rounded(.down))...Int((centerY + reach).rounded(.down)) {
      for x in Int((centerX - reach).rounded(.down))...Int((centerX + reach).rounded(.down)) {
        let (dx, dy) = (Float(x) + 0.5 - centerX, Float(y) + 0.5 - centerY)
        let coverage = radius + 0.5 - (dx * dx + dy * dy).squareRoot()
        if coverage > 0 { blend(color, x: x, y: y, share: coverage) }
      }
    }
  }

  /// Copies another picture into this one, its top left corner at column `x` of row `y`; what lies
  /// outside is left out.
  mutating func draw(_ other: Picture, x: Int, y: Int) {
    for row in 0..<other.height {
      for column in 0..<other.width where contains(x + column, y + row) {
        pixels[(y + row) * width + x + column] = other.pixels[row * other.width + column]
      }
    }
  }

  private func contains(_ x: Int, _ y: Int) -> Bool {
    x >= 0 && x < width && y >= 0 && y < height
  }
}
