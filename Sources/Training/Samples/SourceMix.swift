public import PointClouds
public import RangeImages

/// Several sources whose samples alternate: simulated, real, or both.
///
/// Of the first `n` samples each source gives its share, rounded to a whole number, so that every
/// batch holds nearly the same mix.
public struct SourceMix: Sendable {
  /// A source, how often it comes beside the others, and in which order its images come.
  public struct Part: Sendable {
    /// Where images come from.
    public var source: any SampleSource
    /// Its share, compared with the other parts' weights.
    public var weight: Double
    /// Which images come when.
    public var order: SampleOrder
    /// What its images are beside the other parts'.
    public var domain: LabelledImage.Domain

    /// A part; see the properties.
    public init(
      _ source: any SampleSource, weight: Double = 1, order: SampleOrder,
      domain: LabelledImage.Domain = .source
    ) {
      (self.source, self.weight, self.order, self.domain) = (source, weight, order, domain)
    }
  }

  /// An image of one of the parts.
  public struct Place: Hashable, Sendable {
    /// The part's position.
    public var part: Int
    /// The image's number in its source.
    public var image: Int
  }

  /// The parts.
  public let parts: [Part]

  /// A mix of parts.
  ///
  /// - Throws: `.invalidConfiguration` where there are none or a weight is not above 0;
  ///   `.unsuitableData` where a source is empty or their images or classes differ.
  public init(_ parts: [Part]) throws(TrainingError) {
    guard let first = parts.first, parts.allSatisfy({ $0.weight > 0 && $0.weight.isFinite }) else {
      throw TrainingError(
        .invalidConfiguration, "the weights of the sources are \(parts.map(\.weight))",
        remedy: "name at least one source, each with a weight above 0")
    }
    for part in parts {
      let (source, other) = (part.source, first.source)
      guard source.count != 0 else {
        throw TrainingError(
          .unsuitableData, "the source has no labelled images", remedy: "name another one",
          path: source.name)
      }
      guard source.geometry.hasCells(of: other.geometry), source.labelMap == other.labelMap else {
        throw TrainingError(
          .unsuitableData, "\(source.name) and \(other.name) differ in their images or classes",
          remedy: "read all sources with one geometry and one label map")
      }
    }
    self.parts = parts
  }

  /// The directions of the images' cells.
  public var geometry: ImageGeometry { parts[0].source.geometry }

  /// What the images' classes are.
  public var labelMap: LabelMap { parts[0].source.labelMap }

  /// The image that a sample is.
  public func place(ofSample number: Int) -> Place {
    var rest = number
    var total = parts.reduce(0) { $0 + $1.weight }
    for (position, part) in parts.enumerated().dropLast() {
      // Samples of this part among the first `rest`, and among one more.
      let share = part.weight / total
      let before = Int(Double(rest) * share)
      if Int(Double(rest + 1) * share) > before {
        return Place(part: position, image: part.order.image(ofSample: before))
      }
      rest -= before
      total -= part.weight
    }
    return Place(
      part: parts.count - 1, image: parts[parts.count - 1].order.image(ofSample: rest))
  }
}

extension ImageGeometry {
  /// Whether the cells look in the same directions; how far is another matter.
  fileprivate func hasCells(of other: Self) -> Bool {
    rows == other.rows && columns == other.columns && left == other.left && right == other.right
  }
}
