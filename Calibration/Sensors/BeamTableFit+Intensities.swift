/// What the intensities of rings lack of those of their neighbours.
///
/// Rings side by side see much the same things, so the strong ones among a ring's neighbours say what it
/// should see.
enum RingIntensities {
  /// A mean of fewer returns says more of what they met than of the beam.
  private static let fewestReturns = 1000
  /// How many rings on either side are neighbours.
  private static let reach = 4

  /// An offset for each ring, in the unit of the source; 0 where it cannot be told.
  ///
  /// Both halves of the scans have to say the same, within a quarter and a hundredth of the largest intensity.
  static func offsets(of rings: [[RingSample.Ring]], largest: Double) -> [Double] {
    let first = lacking(rings.map { mean($0.prefix($0.count / 2)) })
    let second = lacking(rings.map { mean($0.dropFirst($0.count / 2)) })
    return zip(first, second).map { first, second in
      guard let first, let second else { return 0 }
      let offset = (first + second) / 2
      let isTold = abs(first - second) <= 0.25 * offset + 0.01 * largest
      return isTold && abs(first - second) < offset ? offset : 0
    }
  }

  /// The mean intensity of comparable returns; nothing where they are few.
  private static func mean(_ parts: ArraySlice<RingSample.Ring>) -> Double? {
    let count = parts.reduce(0) { $0 + $1.comparable.count }
    guard count >= fewestReturns else { return nil }
    return parts.reduce(0) { $0 + $1.comparable.intensity } / Double(count)
  }

  /// How much each mean lacks of the envelope of its neighbours' means.
  private static func lacking(_ means: [Double?]) -> [Double?] {
    means.indices.map { ring in
      let near = means[max(0, ring - reach)...min(means.count - 1, ring + reach)]
        .compactMap { $0 }.sorted()
      guard let mean = means[ring], near.count > reach else { return nil }
      // The strongest of nine may be strong by chance.
      return max(0, near[near.count - 1 - near.count / 5] - mean)
    }
  }
}
