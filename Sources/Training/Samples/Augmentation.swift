/// How samples are varied; each way can be switched off alone, by a probability of 0.
///
/// The defaults are those of SqueezeSegV2, which mirrors half of its images and nothing else, with
/// sensible extents for the ways that are off.
public struct Augmentation: Codable, Equatable, Sendable {
  /// How likely an image is mirrored left to right, 0 to 1.
  public var flip: Float = 0.5
  /// How likely an image that goes all the way round is turned by any number of columns, 0 to 1; to
  /// narrower images it is of no effect: their sources draw windows.
  public var rotation: Float = 1
  /// Columns that are cut out of each image, at a drawn place; 0 leaves images as wide as they are.
  public var cropColumns = 0
  /// Points that are lost one by one.
  public var pointDrop = Loss(maximum: 0.3)
  /// Rows that are lost as a whole.
  public var beamDrop = Loss(maximum: 0.25)
  /// How likely all intensities of an image are 0, so that a network works without them too, 0 to 1.
  public var intensityDropout: Float = 0
  /// Intensities that are stretched and moved.
  public var intensity = IntensityChange()
  /// Points that move along their rays.
  public var rangeJitter = RangeJitter()
  /// Objects of rare classes that are put in from other images.
  public var paste = ObjectPaste()
  /// Parts of images of another domain that are put in.
  public var mix = DomainMix()

  /// The defaults of all fields.
  public init() {}

  /// No change at all, as for validation.
  public static var none: Self {
    var none = Self()
    (none.flip, none.rotation) = (0, 0)
    return none
  }

  /// Losing parts of an image.
  public struct Loss: Codable, Equatable, Sendable {
    /// How likely an image loses any, 0 to 1.
    public var probability: Float = 0
    /// The greatest share that an image loses; each image's is drawn from 0 to this, 0 to 1.
    public var maximum: Float

    /// No loss until the probability is set.
    public init(maximum: Float) {
      self.maximum = maximum
    }
  }

  /// Changing the intensities of an image.
  public struct IntensityChange: Codable, Equatable, Sendable {
    /// How likely an image is changed, 0 to 1.
    public var probability: Float = 0
    /// All intensities are multiplied by a number from 1 less this to 1 plus this, 0 to 1.
    public var scale: Float = 0.2
    /// To all intensities a number from minus to plus this is added, 0 to 1.
    public var offset: Float = 0.05

    /// The defaults of all fields.
    public init() {}
  }

  /// Moving points along their rays.
  public struct RangeJitter: Codable, Equatable, Sendable {
    /// How likely an image is changed, 0 to 1.
    public var probability: Float = 0
    /// The greatest standard deviation in metres; each image's is drawn from 0 to this, 0 to 1.
    public var deviation: Float = 0.03

    /// The defaults of all fields.
    public init() {}
  }

  /// Putting objects from other images into an image.
  public struct ObjectPaste: Codable, Equatable, Sendable {
    /// How likely an image gets objects, 0 to 1.
    public var probability: Float = 0
    /// The greatest number of objects; each image's is drawn from 1 to this, 1 to 50.
    public var objects = 4
    /// The classes whose objects are put in.
    public var classes = ["person", "cyclist"]
    /// Cells that an object has at least, 1 to 1000.
    public var minimumCells = 12
    /// Objects of each class that are kept, 1 to 10000.
    public var bankSize = 400
    /// Images that are looked through for objects, from the first samples on, 1 to 100000.
    public var bankImages = 1000

    /// The defaults of all fields.
    public init() {}
  }

  /// Putting parts of an image of another domain into an image, each part with its labels: sectors
  /// (PolarMix, Xiao et al., arXiv 2208.00223, section 3.1), or bands of beams (LaserMix, Kong et al.,
  /// arXiv 2207.00026, section 3.2).
  public struct DomainMix: Codable, Equatable, Sendable {
    /// How likely an image is mixed with one of another domain, 0 to 1.
    public var probability: Float = 0
    /// How many of the mixed images get bands of beams, the others a sector, 0 to 1.
    public var beams: Float = 0.5
    /// The greatest number of bands; each image's is drawn from 2 to this, 2 to 64.
    public var bands = 6

    /// The defaults of all fields.
    public init() {}
  }

  /// Checks every field against its range.
  ///
  /// - Throws: `.invalidConfiguration`, naming the field and its range.
  public func validate() throws(TrainingError) {
    let shares: [(String, Float)] = [
      ("flip", flip), ("rotation", rotation), ("pointDrop.probability", pointDrop.probability),
      ("pointDrop.maximum", pointDrop.maximum), ("beamDrop.probability", beamDrop.probability),
      ("beamDrop.maximum", beamDrop.maximum), ("intensityDropout", intensityDropout),
      ("intensity.probability", intensity.probability), ("intensity.scale", intensity.scale),
      ("intensity.offset", intensity.offset), ("rangeJitter.probability", rangeJitter.probability),
      ("rangeJitter.deviation", rangeJitter.deviation), ("paste.probability", paste.probability),
      ("mix.probability", mix.probability), ("mix.beams", mix.beams),
    ]
    for (field, value) in shares { try Self.check(field, value, in: 0...1) }
    try Self.check("mix.bands", mix.bands, in: 2...64)
    try Self.check("cropColumns", cropColumns, in: 0...16_384)
    try Self.check("paste.objects", paste.objects, in: 1...50)
    try Self.check("paste.minimumCells", paste.minimumCells, in: 1...1000)
    try Self.check("paste.bankSize", paste.bankSize, in: 1...10_000)
    try Self.check("paste.bankImages", paste.bankImages, in: 1...100_000)
  }

  private static func check<Number: Comparable>(
    _ field: String, _ value: Number, in range: ClosedRange<Number>
  ) throws(TrainingError) {
    guard range.contains(value) else {
      throw TrainingError(
        .invalidConfiguration,
        "`\(field)` is \(value); it goes from \(range.lowerBound) to \(range.upperBound)",
        remedy: "give `\(field)` a value in that range")
    }
  }
}
