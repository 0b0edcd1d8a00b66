import Randomness

extension SampleSource {
  /// At most so many images, spread over all that there are; windows that are drawn are the same each time.
  ///
  /// - Throws: what reading throws.
  package func spreadImages(atMost limit: Int) throws -> [LabelledImage] {
    let total = count ?? limit
    let taken = min(total, limit)
    return try (0..<taken).map { position in
      try image(at: total * position / taken, key: RandomKey(seed: 0))
    }
  }
}
