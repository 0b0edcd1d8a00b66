/// Lines over a common axis from left to right, with axes, marks and a legend.
package struct LineChart {
  /// A line through points.
  package struct Line {
    /// Its name in the legend.
    package var name: String
    /// Its colour.
    package var color: RGB
    /// Its points from left to right; one that the axes cannot show is a gap.
    package var points: [(x: Double, y: Double)]

    /// A line; see the properties.
    package init(name: String, color: RGB, points: [(x: Double, y: Double)]) {
      self.name = name
      self.color = color
      self.points = points
    }
  }

  /// How values turn into heights.
  package enum Scale: Sendable {
    case linear
    /// Values of 0 and below are gaps.
    case logarithmic
  }

  /// What is above it.
  package var title: String
  /// What is along the horizontal axis.
  package var caption: String
  /// How values turn into heights.
  package var scale: Scale
  /// The lines, the first one lowest.
  package var lines: [Line]

  /// A chart; see the properties.
  package init(title: String, caption: String, scale: Scale = .linear, lines: [Line]) {
    self.title = title
    self.caption = caption
    self.scale = scale
    self.lines = lines
  }

  /// Charts one under the other, over the same range from left to right.
  ///
  /// - Precondition: there is at least one.
  package static func picture(of charts: [LineChart], width: Int = 960) -> Picture {
    precondition(!charts.isEmpty, "a picture of no chart")
    let across = ChartAxis(
      for: charts.flatMap { $0.lines.flatMap { $0.points.map(\.x) } }, scale: .linear, marks: 8,
      endsAtLast: true)
    var picture = Picture(
      width: width, height: charts.count * ChartLayout.height, filledWith: .background)
    for (place, chart) in charts.enumerated() {
      let layout = ChartLayout(top: place * ChartLayout.height, width: width)
      chart.draw(on: &picture, in: layout, across: across)
    }
    return picture
  }
}

/// Where the parts of a chart lie, in pixels.
struct ChartLayout {
  /// Rows of a chart.
  static let height = 300

  /// The row in which the chart begins.
  var top: Int
  /// The picture's columns.
  var width: Int

  /// The frame that the lines are drawn in.
  var left: Int { 96 }
  var right: Int { width - 28 }
  var upper: Int { top + 50 }
  var lower: Int { top + Self.height - 50 }
}
