import Foundation

/// Where numbers lie along an axis, and which of them are written beside it.
struct ChartAxis {
  /// A place that is marked.
  struct Mark: Equatable {
    var value: Double
    var text: String
  }

  let scale: LineChart.Scale
  let low: Double
  let high: Double
  let marks: [Mark]

  /// An axis for numbers, of which those that it cannot show do not count.
  ///
  /// A linear one begins at 0 or below, and ends at a mark unless it ends at the last number. A
  /// logarithmic one begins and ends at 1, 2 or 5 times a power of ten.
  init(
    for numbers: [Double], scale: LineChart.Scale, marks count: Int = 6, endsAtLast: Bool = false
  ) {
    self.scale = scale
    let shown = numbers.filter { $0.isFinite && (scale == .linear || $0 > 0) }
    let round: [Double]
    switch scale {
    case .linear:
      let (least, most) = (min(shown.min() ?? 0, 0), max(shown.max() ?? 1, 0))
      // Where all are 0, any range will do.
      let step = Self.step(for: most > least ? most - least : 1, count: count)
      // A quotient that is an integer but for rounding is that integer.
      let first = (least / step + 1e-9).rounded(.down)
      let last = max((most / step - 1e-9).rounded(.up), first + 1)
      low = first * step
      let end = endsAtLast && most > low ? most : last * step
      high = end
      round = (Int(first)...Int(last)).map { Double($0) * step }.filter { $0 <= end }
    case .logarithmic:
      let all = Self.roundNumbers(from: shown.min() ?? 0.1, to: shown.max() ?? 1)
      low = all.first ?? 0.1
      high = all.last ?? 1
      let decades = all.filter { abs(log10($0).rounded() - log10($0)) < 1e-9 }
      round = all.count > 10 ? decades : all
    }
    // Along a linear axis all are in one unit; decades need more than one.
    let unit = scale == .linear ? round.map(abs).max() : nil
    marks = round.map { Mark(value: $0, text: Self.text($0, largest: unit ?? abs($0))) }
  }

  /// From 0 at the axis's beginning to 1 at its end; nothing for what it cannot show.
  func position(of value: Double) -> Double? {
    switch scale {
    case .linear: value.isFinite ? (value - low) / (high - low) : nil
    case .logarithmic:
      value.isFinite && value > 0 ? log(value / low) / log(high / low) : nil
    }
  }

  /// 1, 2 or 5 times a power of ten, so that about `count` of them make up `range`.
  private static func step(for range: Double, count: Int) -> Double {
    let magnitude = pow(10, log10(range / Double(count)).rounded(.down))
    return [1, 2, 5].map { $0 * magnitude }.first { range / $0 <= Double(count) } ?? 10 * magnitude
  }

  /// 1, 2 and 5 times powers of ten, from the last that is not above `least` to the first that is not
  /// below `most`; at least two.
  private static func roundNumbers(from least: Double, to most: Double) -> [Double] {
    let powers = Int(log10(least).rounded(.down))...Int(log10(most).rounded(.up))
    let numbers = powers.flatMap { power in [1, 2, 5].map { $0 * pow(10, Double(power)) } }
    let first = numbers.lastIndex { $0 <= least * (1 + 1e-9) } ?? 0
    let last = numbers.firstIndex { $0 >= most * (1 - 1e-9) } ?? numbers.count - 1
    return Array(numbers[first...max(last, first + 1)])
  }

  /// A short text, in the unit of the largest number beside it: `0.25`, `1500`, `20k`, `3M`.
  private static func text(_ value: Double, largest: Double) -> String {
    switch largest {
    case _ where value == 0: "0"
    case 1e6...: String(format: "%.4gM", value / 1e6)
    case 1e4...: String(format: "%.4gk", value / 1e3)
    default: String(format: "%.4g", value)
    }
  }
}
