/// How far two sets of scans are apart.
///
/// Divergences are Jensen-Shannon's, in bits (0 to 1). What cannot be told, such as the inside of cars
/// where a set has no labels, is missing.
public struct RealismDistances: Equatable, Sendable, Codable {
  /// A difference by row, and where it is largest.
  public struct ByRow: Equatable, Sendable, Codable {
    /// Mean over all rows.
    public var mean: Double
    /// In the row that differs most.
    public var largest: Double
    /// That row, counted from 0 at the top.
    public var row: Int

    init?(_ differences: [Double?]) {
      let known = differences.enumerated().compactMap { row, value in value.map { (row, $0) } }
      guard let most = known.max(by: { $0.1 < $1.1 }) else { return nil }
      mean = known.reduce(0) { $0 + $1.1 } / Double(known.count)
      (row, largest) = most
    }
  }

  /// Divergence of the differences in range of cells side by side.
  public var rangeSteps: Double?
  /// Divergence of intensities.
  public var intensities: Double?
  /// Divergence of the lengths of runs without a return.
  public var holeRuns: Double?
  /// Divergence of the lengths of runs of intensity 0.
  public var zeroRuns: Double?
  /// Difference in the share of cells with a return.
  public var validity: ByRow?
  /// Divergence of ranges.
  public var ranges: ByRow?
  /// Difference in mean intensity.
  public var rowIntensity: ByRow?
  /// Difference in the share of holes inside cars.
  public var carHoles: Double?
  /// Difference in the share of holes right of holes inside cars.
  public var carHolesRightOfHoles: Double?
  /// Difference in the share of car cells of intensity 0.
  public var carZeros: Double?
  /// Difference in the share of car cells of intensity 0 right of such.
  public var carZerosRightOfZeros: Double?
  /// Difference in the mean intensity of car cells.
  public var carIntensity: Double?

  /// The distances between two sets.
  public init(_ first: RangeImageStatistics, _ second: RangeImageStatistics) {
    rangeSteps = first.cells.rangeSteps.divergence(from: second.cells.rangeSteps)
    intensities = first.cells.intensities.divergence(from: second.cells.intensities)
    holeRuns = first.cells.holeRuns.divergence(from: second.cells.holeRuns)
    zeroRuns = first.cells.zeroRuns.divergence(from: second.cells.zeroRuns)
    let rows = Array(zip(first.rows, second.rows))
    validity = ByRow(rows.map { Self.difference($0.validity.value, $1.validity.value) })
    ranges = ByRow(rows.map { $0.ranges.divergence(from: $1.ranges) })
    rowIntensity = ByRow(rows.map { Self.difference($0.intensity.value, $1.intensity.value) })
    let (cars, others) = (first.cars.all, second.cars.all)
    carHoles = Self.difference(cars.hole.value, others.hole.value)
    carHolesRightOfHoles = Self.difference(cars.holeRightOfHole.value, others.holeRightOfHole.value)
    carZeros = Self.difference(cars.zero.value, others.zero.value)
    carZerosRightOfZeros = Self.difference(cars.zeroRightOfZero.value, others.zeroRightOfZero.value)
    carIntensity = Self.difference(cars.intensity.value, others.intensity.value)
  }

  private static func difference(_ first: Double?, _ second: Double?) -> Double? {
    guard let first, let second else { return nil }
    return abs(first - second)
  }
}
