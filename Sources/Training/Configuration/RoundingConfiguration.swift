import Graphs

/// In how few bits a network learns to do its work.
public struct RoundingConfiguration: Codable, Equatable, Sendable {
  /// Bits of weights that meet rounded images: 0, which leaves them out, 2 to 8, or 32, which rounds nothing.
  public var weightBits = 32
  /// Bits of images: 2 to 8, or 32, which rounds nothing.
  ///
  /// With 8 the model runs in bytes.
  public var imageBits = 32
  /// Places with other numbers of bits, by the names that an unknown one's error lists.
  public var exceptions: [Exception] = []
  /// Images that ranges are taken from before the first step.
  public var calibrationImages = 64

  /// A place with another number of bits.
  public struct Exception: Codable, Equatable, Sendable {
    /// The weights' or the image's name.
    public var name = ""
    /// Its bits.
    public var bits = 8

    /// See the properties.
    public init(name: String, bits: Int) {
      (self.name, self.bits) = (name, bits)
    }
  }

  /// Nothing is rounded; see the properties.
  public init() {}

  /// Takes a number of bits for each place.
  public mutating func follow(_ plan: [String: Int]) {
    exceptions = plan.sorted { $0.key < $1.key }.map(Exception.init(name:bits:))
  }

  /// Whether anything is rounded.
  public var isActive: Bool {
    ([weightBits, imageBits] + exceptions.map(\.bits)).contains {
      $0 != RoundingPlaces.unroundedBits
    }
  }

  /// The bits of each of a network's places.
  ///
  /// - Throws: `.invalidConfiguration` where an exception is of no place, with the nearest one that there is.
  func bits(of places: RoundingPlaces) throws(TrainingError) -> [String: Int] {
    var bits: [String: Int] = [:]
    for weights in places.weights { bits[weights.name] = weightBits }
    for image in places.images { bits[image.name] = imageBits }
    for exception in exceptions {
      guard bits[exception.name] != nil else {
        throw TrainingError(
          .invalidConfiguration, "the network rounds nothing called \"\(exception.name)\"",
          remedy: "name one of: \(bits.keys.sorted().joined(separator: ", "))")
      }
      bits[exception.name] = exception.bits
    }
    return bits
  }

  func validate() throws(TrainingError) {
    let unrounded = RoundingPlaces.unroundedBits
    let allowed = Set(2...8).union([unrounded])
    guard allowed.contains(imageBits), weightBits == 0 || allowed.contains(weightBits) else {
      throw TrainingError(
        .invalidConfiguration,
        "rounding.imageBits \(imageBits) or rounding.weightBits \(weightBits) is no number of bits",
        remedy: "use 2 to 8 or 32, and 0 to leave weights out")
    }
    if let exception = exceptions.first(where: { $0.bits != 0 && !allowed.contains($0.bits) }) {
      throw TrainingError(
        .invalidConfiguration, "\(exception.name) cannot have \(exception.bits) bits",
        remedy: "use 0, 2 to 8, or 32")
    }
    guard (1...10_000).contains(calibrationImages) else {
      throw TrainingError(
        .invalidConfiguration,
        "rounding.calibrationImages \(calibrationImages) is not within 1...10000",
        remedy: "use some tens of images")
    }
  }
}
