import Graphs

/// Numbers of bits that the weights and images of a model can have.
public struct BitCandidates: Codable, Equatable, Sendable {
  /// Those of weights: 0, 2 to 8, or 32; nothing where blocks are searched.
  ///
  /// 0 leaves weights out, where there is a way around them.
  public var weights: [Int] = []
  /// Those of images: 2 to 8, or 32.
  ///
  /// With 8 alone the model runs in bytes.
  public var images = [8]
  /// Whether the size of images counts beside that of weights.
  public var countsImages = false
  /// Images that ranges are taken from before the first step.
  public var calibrationImages = 64

  /// Blocks are searched; see the properties.
  public init() {}

  /// Whether bits are what is searched.
  public var areSearched: Bool { !weights.isEmpty }

  func validate() throws(SearchError) {
    let some = Set(2...8).union([RoundingPlaces.unroundedBits])
    guard weights.allSatisfy({ $0 == 0 || some.contains($0) }), images.allSatisfy(some.contains),
      !images.isEmpty, weights.contains(where: { $0 > 0 }), Set(weights).count == weights.count,
      Set(images).count == images.count,
      weights.count + images.count > 2
    else {
      throw SearchError(
        .invalidConfiguration,
        "bits.weights \(weights) or bits.images \(images) leave nothing to choose, or hold what is no "
          + "number of bits",
        remedy: "list several of 0 (weights alone), 2 to 8, and 32, each once")
    }
    guard (1...10_000).contains(calibrationImages) else {
      throw SearchError(
        .invalidConfiguration,
        "bits.calibrationImages \(calibrationImages) is not within 1...10000",
        remedy: "use some tens of images")
    }
  }
}
