import Randomness

// Changes to what the sensor measured of a scene.
extension LabelledImage {
  /// Takes away points, each with a probability.
  mutating func dropPoints(probability: Float, key: RandomKey) {
    for cell in 0..<count
    where range[cell] > 0 && Self.uniform(key.bits(at: UInt64(cell))) < probability {
      empty(cell)
    }
  }

  /// Takes away whole rows, each with a probability.
  mutating func dropBeams(probability: Float, key: RandomKey) {
    for row in 0..<rows where Self.uniform(key.bits(at: UInt64(row))) < probability {
      for cell in row * columns..<(row + 1) * columns { empty(cell) }
    }
  }

  /// Moves points along their rays by a nearly normal error of a standard deviation in metres, at
  /// most to half of their distance.
  mutating func jitterRanges(deviation: Float, key: RandomKey) {
    for cell in 0..<count where range[cell] > 0 {
      let error = deviation * Self.normal(key.bits(at: UInt64(cell)))
      let factor = max(0.5, 1 + error / range[cell])
      x[cell] *= factor
      y[cell] *= factor
      z[cell] *= factor
      range[cell] *= factor
    }
  }

  /// Changes the intensities of points to `scale * intensity + offset`, kept within 0 to 1.
  mutating func changeIntensities(scale: Float, offset: Float) {
    for cell in 0..<count where range[cell] > 0 {
      intensity[cell] = min(max(intensity[cell] * scale + offset, 0), 1)
    }
  }

  /// From 0 to below 1.
  @inline(__always)
  private static func uniform(_ bits: UInt64) -> Float { Float(bits >> 40) * 0x1p-24 }

  /// With mean 0 and deviation 1: the sum of four 16-bit numbers, within 3.5.
  @inline(__always)
  private static func normal(_ bits: UInt64) -> Float {
    let a = Float(bits & 0xFFFF) + Float(bits >> 16 & 0xFFFF)
    let b = Float(bits >> 32 & 0xFFFF) + Float(bits >> 48)
    return (a + b - 131_070) * (Float(3).squareRoot() / 65_536)
  }
}
