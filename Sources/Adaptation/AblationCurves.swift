package import Pictures

/// Pictures of a table's scores over what its rows differ in, such as how many scans they adapted to.
package enum AblationCurves {
  /// What curves of a table there are: what they are over, in the order of the rows.
  package static func names(of rows: [AblationRow]) -> [String] {
    rows.flatMap { $0.curves ?? [] }.reduce(into: []) { names, point in
      if !names.contains(point.over) { names.append(point.over) }
    }
  }

  /// A curve: the median of the seeds, and below and above it the lowest and the highest.
  ///
  /// - Parameters:
  ///   - name: what it is over.
  ///   - rows: the table's rows.
  ///   - results: what became of those that are measured.
  ///   - label: whose intersection over union is drawn.
  /// - Returns: nothing where fewer than two points are done.
  package static func picture(
    over name: String, rows: [AblationRow], results: [AblationResult], label: String
  ) -> Picture? {
    var points: [(at: Double, scores: [Double])] = []
    for row in rows {
      guard let point = row.curves?.first(where: { $0.over == name }),
        let result = results.first(where: { $0.name == row.name })
      else { continue }
      let scores = result.scores.compactMap { $0.iou[label] }
      if !scores.isEmpty { points.append((point.at, scores)) }
    }
    guard points.count > 1 else { return nil }
    points.sort { $0.at < $1.at }
    func line(_ title: String, _ color: UInt32, _ read: ([Double]) -> Double?) -> LineChart.Line {
      LineChart.Line(
        name: title, color: RGB(color),
        points: points.compactMap { point in read(point.scores).map { (point.at, 100 * $0) } })
    }
    return LineChart.picture(of: [
      LineChart(
        title: "\(label) IoU, %", caption: name,
        lines: [
          line("lowest", 0x4A_6A85) { $0.min() }, line("highest", 0x4A_6A85) { $0.max() },
          line("median", 0x4C_B5F5, AblationResult.median),
        ])
    ])
  }
}
