/// What is told of one set of scans; its JSON is the program's.
///
/// Shares are 0 to 1. What cannot be told is missing.
public struct SetSummary: Equatable, Sendable, Encodable {
  /// How many scans were counted.
  public var scans: Int
  /// How many of them have labels.
  public var labelledScans: Int
  /// Differences in range of cells side by side, in metres.
  public var rangeSteps: Counts
  /// Intensities, 0 to 1.
  public var intensities: Counts
  /// Lengths of runs without a return.
  public var holeRuns: Counts
  /// Lengths of runs of intensity 0.
  public var zeroRuns: Counts
  /// The rows from the top.
  public var rows: [Row]
  /// Cells without a return or without intensity.
  public var drops: Drops
  /// The inside of cars at all ranges.
  public var cars: Interior
  /// The inside of cars by range.
  public var carBands: [Interior]
  /// The objects by kind: `car`, `person`, `cyclist`.
  public var objects: [String: Objects]

  /// A histogram.
  public struct Counts: Equatable, Sendable, Encodable {
    /// The smallest value of each bin.
    public var starts: [Double]
    /// How many values fell into each bin.
    public var counts: [Int]

    init(_ histogram: Histogram) {
      starts = histogram.binning.starts
      counts = histogram.counts
    }
  }

  /// One row of the windows.
  public struct Row: Equatable, Sendable, Encodable {
    /// Share of cells with a return.
    public var validity: Double?
    /// Mean intensity of the returns, 0 to 1.
    public var intensity: Double?
    /// Ranges of the returns, in metres.
    public var ranges: Counts
  }

  /// How often cells have no return or no intensity, and how much that clusters.
  public struct Drops: Equatable, Sendable, Encodable {
    /// Share of returns of intensity 0.
    public var zero: Double?
    /// The same of returns right of one.
    public var zeroRightOfZero: Double?
    /// The same of returns below one.
    public var zeroBelowZero: Double?
    /// Share of returns of intensity 0 by range.
    public var zeroBands: [BandShare]
    /// Share of cells without a return.
    public var hole: Double?
    /// The same of cells right of one.
    public var holeRightOfHole: Double?
    /// Share of cells without a return between two that have one.
    public var isolatedHole: Double?
  }

  /// A share within a band of ranges.
  public struct BandShare: Equatable, Sendable, Encodable {
    /// The band.
    public var band: RangeBand
    /// The share.
    public var share: Double?
  }

  /// The inside of cars.
  public struct Interior: Equatable, Sendable, Encodable {
    /// The band of ranges; missing for all of them.
    public var band: RangeBand?
    /// How many car cells there are, with and without a return.
    public var cells: Int
    /// Share of cells without a return.
    public var hole: Double?
    /// The same of cells right of one.
    public var holeRightOfHole: Double?
    /// Share of returns of intensity 0.
    public var zero: Double?
    /// The same of returns right of one.
    public var zeroRightOfZero: Double?
    /// Mean intensity of the returns, 0 to 1.
    public var intensity: Double?

    init(_ interior: CarInterior, band: RangeBand? = nil) {
      self.band = band
      cells = interior.hole.trials
      hole = interior.hole.value
      holeRightOfHole = interior.holeRightOfHole.value
      zero = interior.zero.value
      zeroRightOfZero = interior.zeroRightOfZero.value
      intensity = interior.intensity.value
    }
  }

  /// The objects of a kind.
  public struct Objects: Equatable, Sendable, Encodable {
    /// How many there are in a scan with labels, on average.
    public var perScan: Double?
    /// How many cells they cover by range.
    public var bands: [ObjectBand]
  }

  /// The objects of a kind in a band of ranges.
  public struct ObjectBand: Equatable, Sendable, Encodable {
    /// The band.
    public var band: RangeBand
    /// How many objects there are.
    public var count: Int
    /// The median number of cells that one covers.
    public var medianCells: Double?
    /// Half of all cells belong to objects that cover at least this many.
    public var typicalCells: Int?
  }
}

extension SetSummary {
  /// What the statistics say.
  public init(_ statistics: RangeImageStatistics) {
    scans = statistics.windows
    labelledScans = statistics.labelledWindows
    rangeSteps = Counts(statistics.cells.rangeSteps)
    intensities = Counts(statistics.cells.intensities)
    holeRuns = Counts(statistics.cells.holeRuns)
    zeroRuns = Counts(statistics.cells.zeroRuns)
    rows = statistics.rows.map {
      Row(
        validity: $0.validity.value, intensity: $0.intensity.value, ranges: Counts($0.ranges))
    }
    drops = Drops(statistics.drops)
    cars = Interior(statistics.cars.all)
    carBands = zip(statistics.cars.byBand, RangeBand.ofObjects).map { Interior($0, band: $1) }
    objects = Dictionary(
      uniqueKeysWithValues: ObjectKind.allCases.map { kind in
        let sizes = statistics.sizes(of: kind)
        return (kind.rawValue, Objects(sizes, scans: statistics.labelledWindows))
      })
  }
}

extension SetSummary.Drops {
  init(_ drops: DropStatistics) {
    zero = drops.zero.value
    zeroRightOfZero = drops.zeroRightOfZero.value
    zeroBelowZero = drops.zeroBelowZero.value
    zeroBands = zip(drops.zeroByBand, RangeBand.ofCells).map {
      SetSummary.BandShare(band: $1, share: $0.value)
    }
    hole = drops.hole.value
    holeRightOfHole = drops.holeRightOfHole.value
    isolatedHole = drops.isolatedHole.value
  }
}

extension SetSummary.Objects {
  init(_ sizes: ObjectSizes, scans: Int) {
    perScan = scans > 0 ? Double(sizes.count) / Double(scans) : nil
    bands = RangeBand.ofObjects.enumerated().map { index, band in
      SetSummary.ObjectBand(
        band: band, count: sizes.count(inBand: index),
        medianCells: sizes.medianCells(inBand: index),
        typicalCells: sizes.typicalCells(inBand: index))
    }
  }
}
