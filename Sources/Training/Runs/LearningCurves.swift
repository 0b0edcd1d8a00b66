package import Pictures

/// A picture of what was measured over the steps of a run: losses, learning rate, intersection over
/// union by class.
package enum LearningCurves {
  /// Draws what a `metrics.jsonl` tells; the picture's file appears whole or not at all.
  ///
  /// - Throws: `TrainingError` where the measurements cannot be read, `PicturesError` where the
  ///   picture cannot be written.
  package static func write(metrics: String, to path: String) throws {
    try picture(of: MetricsRecord.read(metrics)).write(to: path)
  }

  /// The picture; a chart of which nothing was measured is left out, but for the loss.
  package static func picture(of records: [MetricsRecord]) -> Picture {
    let names = Set(records.flatMap(\.values.keys)).sorted()
    let losses = lines(names.filter { $0.hasSuffix("loss") }, of: records)
    var charts = [
      LineChart(title: "loss", caption: "step", scale: scale(of: losses), lines: losses)
    ]
    let rates = lines(names.filter { $0 == "learning_rate" }, of: records)
    if !rates.isEmpty {
      charts.append(LineChart(title: "learning rate", caption: "step", lines: rates))
    }
    let classes = lines(names.filter { $0.hasPrefix("iou.") }, of: records)
    if !classes.isEmpty {
      charts.append(
        LineChart(title: "intersection over union", caption: "step", lines: classes))
    }
    return LineChart.picture(of: charts)
  }

  // Told apart in hue and lightness on a dark ground.
  private static let colors = [
    0xF2_8A45, 0x4C_B5F5, 0x8C_CF5A, 0xE9_DE6B, 0xE0_6C9F, 0x9B_8AFB, 0x2F_B38A, 0xC8_D0D9,
  ].map(RGB.init)

  private static func lines(_ names: [String], of records: [MetricsRecord]) -> [LineChart.Line] {
    names.enumerated().map { place, name in
      let points = records.compactMap { record in
        record.values[name].map { (x: Double(record.step), y: $0) }
      }
      let title = name.hasPrefix("iou.") ? String(name.dropFirst(4)) : name
      return LineChart.Line(
        name: title.replacing("_", with: " "), color: colors[place % colors.count],
        points: points)
    }
  }

  /// Logarithmic where the values span more than a decade.
  private static func scale(of lines: [LineChart.Line]) -> LineChart.Scale {
    let values = lines.flatMap { $0.points.map(\.y) }.filter { $0.isFinite && $0 > 0 }
    guard let least = values.min(), let most = values.max() else { return .linear }
    return most > 10 * least ? .logarithmic : .linear
  }
}
