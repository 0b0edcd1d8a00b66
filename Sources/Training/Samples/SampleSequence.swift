public import Randomness
public import RangeImages

/// The samples of a training run by their numbers.
///
/// Sample `i` is a function of the sources, the augmentation, the seed and `i` alone: threads make no
/// difference, and a run that goes on needs nothing but the number of its next sample.
public struct SampleSequence: Sendable {
  /// Where the images come from.
  public let mix: SourceMix
  /// How they are varied.
  public let augmentation: Augmentation
  /// Rows, columns of every sample, and where the window is before cutting.
  public let geometry: ImageGeometry
  private let key: RandomKey
  private let bank: ObjectBank

  /// The samples of a seed.
  ///
  /// - Parameters:
  ///   - mix: where the images come from.
  ///   - augmentation: how they are varied.
  ///   - seed: other seeds give other windows and variations.
  ///   - threadCount: threads that look for objects to paste, where the augmentation pastes any.
  /// - Throws: `.invalidConfiguration`, and what reading throws where objects are looked for.
  public init(
    _ mix: SourceMix, augmentation: Augmentation, seed: UInt64, threadCount: Int = 1
  ) throws {
    try augmentation.validate()
    self.mix = mix
    self.augmentation = augmentation
    key = RandomKey(seed: seed)
    var geometry = mix.geometry
    guard augmentation.cropColumns <= geometry.columns else {
      throw TrainingError(
        .invalidConfiguration,
        "`cropColumns` is \(augmentation.cropColumns), and images have \(geometry.columns)",
        remedy: "give fewer columns than the images have, or 0")
    }
    if augmentation.cropColumns > 0 { geometry.columns = augmentation.cropColumns }
    self.geometry = geometry
    bank =
      augmentation.paste.probability > 0
      ? try ObjectBank(of: mix, augmentation.paste, key: key, threadCount: threadCount) : .empty
  }

  /// Makes a sample.
  ///
  /// - Parameters:
  ///   - number: from 0 on.
  ///   - image: what is replaced; its memory is used again where nothing is cut.
  /// - Throws: what reading throws.
  public func read(_ number: Int, into image: inout LabelledImage) throws {
    let place = mix.place(ofSample: number)
    let sample = key.key(.sample, number)
    try mix.parts[place.part].source.read(place.image, key: sample.key(.source), into: &image)
    image.domain = mix.parts[place.part].domain
    try mix(into: &image, of: place.part, key: sample.key(.mix))
    augmentation.apply(to: &image, key: sample, bank: bank)
  }

  /// Puts parts of an image of another domain into one, where it is this image's turn.
  private func mix(into image: inout LabelledImage, of part: Int, key: RandomKey) throws {
    guard augmentation.mix.probability > 0 else { return }
    var stream = key.stream
    guard stream.uniform() < augmentation.mix.probability else { return }
    let others = mix.parts.indices.filter { mix.parts[$0].domain != mix.parts[part].domain }
    guard !others.isEmpty else { return }
    let other = mix.parts[others[stream.index(below: others.count)]]
    let number = stream.index(below: other.source.count ?? 1 << 30)
    let partner = try other.source.image(
      at: other.order.image(ofSample: number), key: key.key(.source))
    image.mix(with: partner, augmentation.mix, &stream)
  }
}

extension SampleSequence {
  /// The key that the order of a source's images is drawn from.
  ///
  /// - Parameters:
  ///   - seed: the seed of the run.
  ///   - part: the source's position in the mix.
  /// - Returns: a key for `SampleOrder`.
  public static func orderKey(seed: UInt64, part: Int) -> RandomKey {
    RandomKey(seed: seed).key(.order, part)
  }
}
