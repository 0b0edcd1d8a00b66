import RangeImages

/// How far a network's probabilities are from how often it is right.
///
/// The scored points that cells show are sorted by the probability of their cell's class, the highest
/// of the softmax, into 15 bins of equal width. In each bin, the mean probability is compared with the
/// share of points that are of that class.
public struct Calibration: Equatable, Sendable, Codable {
  /// How many points there are.
  public var points: UInt64
  /// The expected calibration error, 0...1 (Guo et al., arXiv 1706.04599, equation 3).
  ///
  /// It is the mean over the points of how far their bin's probability is from its accuracy.
  @OrNull public var expectedError: Double?
  /// The same over the points that were predicted as one class.
  public var byClass: [String: Double?]
  /// The bins, from probability 0 to 1.
  public var bins: [Bin]

  /// Points whose probabilities are alike.
  public struct Bin: Equatable, Sendable, Codable {
    /// The lowest probability.
    public var from: Double
    /// The next bin's lowest probability; 1 belongs to the last bin.
    public var to: Double
    /// How many points there are.
    public var points: UInt64
    /// Their mean probability.
    @OrNull public var confidence: Double?
    /// The share of them that were rightly predicted.
    @OrNull public var accuracy: Double?
  }
}

/// The bins of some scans, by the class that was predicted.
struct CalibrationCount: Equatable, Sendable, Codable {
  static let binCount = 15
  /// Probabilities are summed as whole multiples of this, so that the order of summing does not matter.
  private static let quantum = 0x1p-30

  /// How many of the scans have probabilities.
  private(set) var scans = 0
  /// `[K, bins]`, row by row.
  private var bins: [Bin]

  private struct Bin: Equatable, Sendable, Codable {
    var points: UInt64 = 0
    var hits: UInt64 = 0
    var confidence: UInt64 = 0

    static func += (sum: inout Self, other: Self) {
      sum.points += other.points
      sum.hits += other.hits
      sum.confidence += other.confidence
    }
  }

  init(classCount: Int) {
    bins = Array(repeating: Bin(), count: classCount * Self.binCount)
  }

  mutating func add(_ points: ScoredPoints, _ image: ClassifiedImage) {
    scans += 1
    for (cell, point) in image.projection.image.pointIndex.enumerated() where point >= 0 {
      let truth = points.truth[Int(point)]
      guard truth != ScoredPoints.none else { continue }
      add(
        confidence: Double(image.confidence[cell]), prediction: Int(image.classes[cell]),
        truth: truth)
    }
  }

  private mutating func add(confidence: Double, prediction: Int, truth: Int) {
    // Scores that are not numbers are no reason to be sure.
    let confidence = confidence > 0 ? min(confidence, 1) : 0
    let bin = min(Int(confidence * Double(Self.binCount)), Self.binCount - 1)
    let place = prediction * Self.binCount + bin
    bins[place] += Bin(
      points: 1, hits: truth == prediction ? 1 : 0,
      confidence: UInt64((confidence / Self.quantum).rounded()))
  }

  static func += (sum: inout Self, other: Self) {
    sum.scans += other.scans
    for index in sum.bins.indices { sum.bins[index] += other.bins[index] }
  }

  /// The bins of all classes together, or nothing where no scan has probabilities.
  func result(_ classes: [String]) -> Calibration? {
    guard scans > 0 else { return nil }
    let parts = classes.indices.map { Array(bins[$0 * Self.binCount..<($0 + 1) * Self.binCount]) }
    var all = Array(repeating: Bin(), count: Self.binCount)
    for part in parts {
      for (index, bin) in part.enumerated() { all[index] += bin }
    }
    return Calibration(
      points: all.reduce(0) { $0 + $1.points }, expectedError: Self.expectedError(of: all),
      byClass: Dictionary(uniqueKeysWithValues: zip(classes, parts.map(Self.expectedError))),
      bins: all.enumerated().map { index, bin in
        Calibration.Bin(
          from: Double(index) / Double(Self.binCount),
          to: Double(index + 1) / Double(Self.binCount), points: bin.points,
          confidence: Self.confidence(of: bin), accuracy: Self.accuracy(of: bin))
      })
  }

  private static func confidence(of bin: Bin) -> Double? {
    bin.points == 0 ? nil : Double(bin.confidence) * quantum / Double(bin.points)
  }

  private static func accuracy(of bin: Bin) -> Double? {
    bin.points == 0 ? nil : Double(bin.hits) / Double(bin.points)
  }

  private static func expectedError(of bins: [Bin]) -> Double? {
    let points = bins.reduce(0) { $0 + $1.points }
    guard points > 0 else { return nil }
    let sum = bins.reduce(0.0) { $0 + abs(Double($1.confidence) * quantum - Double($1.hits)) }
    return sum / Double(points)
  }
}
