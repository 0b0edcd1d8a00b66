import Foundation

extension RealismComparison {
  /// The pictures of the comparison.
  var plots: [LinePlot] {
    [
      histogram(
        "Range steps along rows", "difference of neighbours, m", \.rangeSteps,
        marks: [0.001, 0.01, 0.1, 1, 10, 80], isLogarithmic: true),
      histogram(
        "Intensity", "intensity", \.intensities, marks: (0...9).map { Double($0) / 10 }),
      histogram(
        "Runs of holes", "length of run, cells, the last up to twice as long", \.holeRuns,
        marks: Self.runMarks),
      histogram(
        "Runs of intensity 0", "length of run, cells, the last up to twice as long", \.zeroRuns,
        marks: Self.runMarks),
      histogram(
        "Ranges", "range, m", \.ranges, marks: [2, 3, 5, 10, 20, 40, 80], isLogarithmic: true),
      rows("Validity by row", "row; share of cells with a return") { $0.validity },
      rows("Mean intensity by row", "row; mean intensity of returns") { $0.intensity },
      bands("Intensity 0 by range", "range; share of returns", RangeBand.ofCells) { set, band in
        set.drops.zeroBands[band].share
      },
      bands("Holes inside cars", "range; share of car cells", RangeBand.ofObjects) { set, band in
        set.carBands[band].hole
      },
      bands("Intensity 0 inside cars", "range; share of returns", RangeBand.ofObjects) {
        $0.carBands[$1].zero
      },
      carSizes,
    ]
  }

  private static let runMarks = [1.0, 2, 4, 6, 8, 10, 12, 14, 16, 33, 129]

  private func histogram(
    _ title: String, _ caption: String, _ read: (SetSummary) -> SetSummary.Counts, marks: [Double],
    isLogarithmic: Bool = false
  ) -> LinePlot {
    let bins = read(real)
    return LinePlot(
      title: title, caption: "\(caption); height: share, as its square root",
      lines: lines { read($0).shares },
      ticks: marks.map { mark in
        let place = isLogarithmic ? bins.logarithmicPlace(of: mark) : bins.middle(of: mark)
        return (place: place, text: String(format: "%.3g", mark))
      }, scale: .squareRoot, hasSteps: true)
  }

  private func rows(
    _ title: String, _ caption: String, _ read: (SetSummary.Row) -> Double?
  ) -> LinePlot {
    LinePlot(
      title: title, caption: caption, lines: lines { $0.rows.map(read) },
      ticks: stride(from: 0, to: real.rows.count, by: 8).map {
        (place: Double($0) + 0.5, text: "\($0)")
      })
  }

  private func bands(
    _ title: String, _ caption: String, _ bands: [RangeBand], scale: LinePlot.Scale = .linear,
    _ read: (SetSummary, Int) -> Double?
  ) -> LinePlot {
    LinePlot(
      title: title, caption: caption,
      lines: lines { set in bands.indices.map { read(set, $0) } },
      ticks: bands.enumerated().map { (place: Double($0) + 0.5, text: $1.text) }, scale: scale)
  }

  private var carSizes: LinePlot {
    let car = ObjectKind.car.rawValue
    return bands(
      "Cells of a car", "range; half of all car cells are in cars of at least so many cells",
      RangeBand.ofObjects, scale: .logarithmic
    ) { set, band in
      set.objects[car]?.bands[band].typicalCells.map(Double.init)
    }
  }

  /// The halves of the real set below, then the real set, and the simulation and its rendering on top.
  private func lines(_ read: (SetSummary) -> [Double?]) -> [LinePlot.Line] {
    halves.map { LinePlot.Line(style: "half", values: read($0)) }
      + [
        LinePlot.Line(style: "real", values: read(real)),
        LinePlot.Line(style: "sim", values: read(simulated)),
      ] + (rendered.map { [LinePlot.Line(style: "rendered", values: read($0.summary))] } ?? [])
  }
}

extension SetSummary {
  /// Ranges of all rows together.
  fileprivate var ranges: Counts {
    var sum = rows[0].ranges
    for row in rows.dropFirst() {
      for bin in sum.counts.indices { sum.counts[bin] += row.ranges.counts[bin] }
    }
    return sum
  }
}

extension SetSummary.Counts {
  /// The counts as fractions of their sum.
  fileprivate var shares: [Double?] {
    let total = counts.reduce(0, +)
    return counts.map { total > 0 ? Double($0) / Double(total) : nil }
  }

  /// The middle of the bin that a value is in.
  fileprivate func middle(of value: Double) -> Double {
    Double((starts.lastIndex { $0 <= value * 1.000_01 } ?? 0)) + 0.5
  }

  /// Where a value is among bins in equal ratios, the first of which starts at 0.
  fileprivate func logarithmicPlace(of value: Double) -> Double {
    1 + log(value / starts[1]) / log(starts[2] / starts[1])
  }
}
