/// Histograms of single cells and of runs along rows.
public struct CellHistograms: Equatable, Sendable {
  /// Differences in range of cells side by side, in metres.
  public private(set) var rangeSteps = Histogram(.rangeSteps)
  /// Intensities, 0 to 1.
  public private(set) var intensities = Histogram(.intensities)
  /// Lengths of runs of cells without a return.
  public private(set) var holeRuns = Histogram(.runLengths)
  /// Lengths of runs of returns of intensity 0.
  public private(set) var zeroRuns = Histogram(.runLengths)

  mutating func add(_ window: Window) {
    for row in 0..<window.rows {
      var left: Float = 0
      for cell in window.cells(ofRow: row) {
        let range = window.range[cell]
        if range > 0 {
          intensities.add(window.intensity[cell])
          if left > 0 { rangeSteps.add(abs(range - left)) }
        }
        left = range
      }
    }
    window.forEachRun(where: window.isHole) { holeRuns.add(Float($0)) }
    window.forEachRun(where: window.isZero) { zeroRuns.add(Float($0)) }
  }

  static func += (histograms: inout Self, other: Self) {
    histograms.rangeSteps += other.rangeSteps
    histograms.intensities += other.intensities
    histograms.holeRuns += other.holeRuns
    histograms.zeroRuns += other.zeroRuns
  }
}
