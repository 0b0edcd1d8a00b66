import Foundation

/// Sines and cosines of all azimuths: a table in hundredths of a degree, and what is missing to it.
struct AzimuthTable: Sendable {
  /// The sine and the cosine of each hundredth of a degree from 0 to 360, both included.
  private let entries: [SIMD2<Float>]

  private static let radians = Float.pi / 18_000

  init() {
    entries = (0...36_000).map { hundredths in
      let angle = Double(hundredths) * .pi / 18_000
      return SIMD2(Float(sin(angle)), Float(cos(angle)))
    }
  }

  /// The sine and the cosine of `azimuth` hundredths of a degree, right to 1e-7.
  ///
  /// - Precondition: `azimuth` is in 0...36000.
  @inline(__always)
  func sineAndCosine(_ azimuth: Float) -> SIMD2<Float> {
    let index = Int(azimuth + 0.5)
    let entry = entries[index]
    // Within 0.005 degrees what the second order adds is less than 4e-9.
    let rest = (azimuth - Float(index)) * Self.radians
    return SIMD2(entry.x + entry.y * rest, entry.y - entry.x * rest)
  }
}
