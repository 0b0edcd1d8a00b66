public import PointClouds
public import Randomness
public import RangeImages

/// One of two parts of a source that have no image in common: every so manieth image, or all others.
public struct SampleSplit: SampleSource {
  private let source: any SampleSource
  private let period: Int
  private let isRare: Bool

  /// A part of a source.
  ///
  /// - Parameters:
  ///   - source: what is split.
  ///   - share: the share of the images that the smaller part has, above 0 to a half; it is rounded to one of a
  ///     whole number of images.
  ///   - isRare: whether this is the smaller part.
  public init(_ source: any SampleSource, share: Double, isRare: Bool) {
    precondition(share > 0 && share <= 0.5, "a share of \(share)")
    self.source = source
    self.isRare = isRare
    period = max(2, Int((1 / share).rounded()))
  }

  /// What the whole source is called.
  public var name: String { source.name }
  /// How many images this part has; nothing where they never end.
  public var count: Int? {
    source.count.map { isRare ? $0 / period : $0 - $0 / period }
  }
  /// The directions of the images' cells.
  public var geometry: ImageGeometry { source.geometry }
  /// What the images' classes are.
  public var labelMap: LabelMap { source.labelMap }

  /// Reads an image of this part.
  public func read(_ index: Int, key: RandomKey, into image: inout LabelledImage) throws {
    try source.read(place(of: index), key: key, into: &image)
  }

  /// Counts the cells of all classes in an image of this part.
  public func census(of index: Int) throws -> ImageCensus {
    try source.census(of: place(of: index))
  }

  /// The number of an image in the whole source: the last of each period belongs to the smaller part.
  private func place(of index: Int) -> Int {
    if isRare { return index * period + period - 1 }
    let (turn, place) = index.quotientAndRemainder(dividingBy: period - 1)
    return turn * period + place
  }
}
