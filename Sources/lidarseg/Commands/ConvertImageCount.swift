import RangeImages

/// What became of the points of all scans that were written as range images, and of the cells.
struct ConvertImageCount: Encodable {
  var visible = 0
  var shadowed = 0
  var beside = 0
  var above = 0
  var below = 0
  var between = 0
  var beyond = 0
  var invalid = 0
  /// Cells that show a point of which nothing is known: SqueezeSeg has no other class for them than
  /// background.
  var unknownCells = 0

  mutating func add(_ report: ProjectionReport) {
    visible += report.visible
    shadowed += report.shadowed
    invalid += report.invalid
    beside += report.outsideByReason.beside
    above += report.outsideByReason.above
    below += report.outsideByReason.below
    between += report.outsideByReason.between
    beyond += report.outsideByReason.beyond
  }

  var text: String {
    let reasons = [
      (shadowed, "share a cell with a nearer point"), (beside, "beside the image"),
      (above, "above it"), (below, "below it"), (between, "between its rows"),
      (beyond, "beyond its range"), (invalid, "without a position"),
    ]
    let lost = reasons.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return "\(visible) points are in the images; lost are "
      + (lost.isEmpty ? "none" : lost.joined(separator: ", "))
  }
}
