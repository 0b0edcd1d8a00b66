import Foundation
import Pictures

/// A plot of lines over places in a row: the bins of a histogram, the rows of an image.
struct LinePlot {
  /// A line, drawn in the style that the page has for its class.
  struct Line {
    /// `sim`, `rendered`, `real` or `half`.
    var style: String
    /// One value for each place; a gap where there is none.
    var values: [Double?]
  }

  /// How values turn into heights.
  enum Scale {
    case linear
    /// Shows small shares beside large ones, and 0.
    case squareRoot
    case logarithmic
  }

  var title: String
  /// What is along the axes.
  var caption: String
  var lines: [Line]
  /// Places that have a word below them: 0.5 is the middle of the first.
  var ticks: [(place: Double, text: String)]
  var scale = Scale.linear
  /// Whether values are drawn as steps as wide as a place.
  var hasSteps = false

  private static let size = (width: 560.0, height: 300.0)
  private static let frame = (left: 52.0, top: 34.0, right: 548.0, bottom: 254.0)

  /// The plot as an SVG element whose colours come from the page.
  var svg: String {
    let frame = Self.frame
    var parts = [
      "<svg viewBox=\"0 0 \(Int(Self.size.width)) \(Int(Self.size.height))\" role=\"img\" "
        + "aria-label=\"\(title.escapedForHTML)\">",
      "<text class=\"title\" x=\"\(frame.left)\" y=\"18\">\(title.escapedForHTML)</text>",
      "<text x=\"\((frame.left + frame.right) / 2)\" y=\"292\" text-anchor=\"middle\">"
        + "\(caption.escapedForHTML)</text>",
    ]
    parts += heightMarks.map { mark in
      let y = point(y(mark))
      return "<line class=\"grid\" x1=\"\(frame.left)\" x2=\"\(frame.right)\" y1=\"\(y)\" "
        + "y2=\"\(y)\"/><text x=\"\(frame.left - 6)\" y=\"\(point(self.y(mark) + 4))\" "
        + "text-anchor=\"end\">\(Self.text(mark))</text>"
    }
    parts += ticks.map { tick in
      let x = point(x(tick.place))
      return "<line class=\"grid\" x1=\"\(x)\" x2=\"\(x)\" y1=\"\(frame.bottom)\" "
        + "y2=\"\(frame.bottom + 5)\"/><text x=\"\(x)\" y=\"\(frame.bottom + 19)\" "
        + "text-anchor=\"middle\">\(tick.text.escapedForHTML)</text>"
    }
    parts += lines.map {
      "<path class=\"\($0.style)\" fill=\"none\" stroke=\"currentColor\" d=\"\(path($0.values))\"/>"
    }
    return parts.joined(separator: "\n") + "\n</svg>"
  }

  private func path(_ values: [Double?]) -> String {
    var words: [String] = []
    var isOpen = false
    for (place, value) in values.enumerated() {
      guard let value, scale != .logarithmic || value > 0 else {
        isOpen = false
        continue
      }
      let places = hasSteps ? [Double(place), Double(place) + 1] : [Double(place) + 0.5]
      for at in places {
        words.append("\(isOpen ? "L" : "M")\(point(x(at))) \(point(y(value)))")
        isOpen = true
      }
    }
    return words.joined(separator: " ")
  }

  private var known: [Double] { lines.flatMap { $0.values.compactMap { $0 } } }

  /// The lowest and the highest value that the frame shows.
  private var limits: (low: Double, high: Double) {
    let high = max(known.max() ?? 1, 1e-9)
    guard scale == .logarithmic else { return (0, high * 1.05) }
    let low = known.filter { $0 > 0 }.min() ?? high / 10
    return (pow(10, log10(low).rounded(.down)), pow(10, log10(high).rounded(.up)))
  }

  private func bent(_ value: Double) -> Double {
    switch scale {
    case .linear: value
    case .squareRoot: value.squareRoot()
    case .logarithmic: log10(max(value, .leastNormalMagnitude))
    }
  }

  private func y(_ value: Double) -> Double {
    let (low, high) = (bent(limits.low), bent(limits.high))
    let share = high > low ? (bent(value) - low) / (high - low) : 0
    return Self.frame.bottom - share * (Self.frame.bottom - Self.frame.top)
  }

  private func x(_ place: Double) -> Double {
    let places = Double(max(lines.map(\.values.count).max() ?? 1, 1))
    return Self.frame.left + place / places * (Self.frame.right - Self.frame.left)
  }

  /// Values that have a line across the frame: round ones that leave room for their words.
  private var heightMarks: [Double] {
    let (low, high) = limits
    if scale == .logarithmic {
      return (Int(log10(low).rounded())...Int(log10(high).rounded())).map { pow(10, Double($0)) }
    }
    let magnitude = pow(10, log10(high).rounded(.down))
    if scale == .linear {
      let step = [0.1, 0.2, 0.5, 1, 2].map { $0 * magnitude }.first { high / $0 <= 6 } ?? magnitude
      return stride(from: 0, through: high, by: step).map { $0 }
    }
    let round = [5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01].map { $0 * magnitude }
    return round.filter { $0 <= high }.reduce(into: [0]) { marks, mark in
      let above = marks.count > 1 ? y(marks[marks.count - 1]) : -.infinity
      if y(mark) - above > 24, y(0) - y(mark) > 18 { marks.append(mark) }
    }
  }

  private static func text(_ value: Double) -> String {
    value >= 1 ? "\(Int(value.rounded()))" : String(format: "%.3g", value)
  }

  private func point(_ value: Double) -> String { String(format: "%.1f", value) }
}
