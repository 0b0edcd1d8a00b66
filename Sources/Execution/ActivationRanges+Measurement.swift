import Graphs

extension ActivationRanges {
  /// The ranges that bytes shall hold, by the nodes' names, over several runs.
  ///
  /// - Parameters:
  ///   - method: how far they reach.
  ///   - session: a graph as `optimizedForInference()` gives it.
  ///   - forEachInput: fills the session's inputs, calls what it is given, and so on for each run; it is called
  ///     a second time where the method counts numbers, and has to fill in the same then.
  /// - Returns: the least and the greatest number for each image.
  public static func measured(
    by method: RangeMethod, in session: Session,
    forEachInput: (_ run: () -> Void) throws -> Void
  ) rethrows -> [String: ClosedRange<Float>] {
    var ranges = ActivationRanges()
    try forEachInput { ranges.add(runOf: session) }
    guard method != .extremes else { return ranges.byNode }
    var histograms = ActivationHistograms(ranges)
    try forEachInput { histograms.add(runOf: session) }
    return histograms.ranges(by: method)
  }
}
