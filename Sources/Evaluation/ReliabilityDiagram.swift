import Foundation

/// How often the network is right at each of its probabilities, as a picture: bars on a diagonal, and
/// below how many points there are.
struct ReliabilityDiagram {
  let calibration: Calibration

  private static let size = (width: 420.0, height: 440.0)
  private static let frame = (left: 52.0, top: 14.0, right: 408.0, bottom: 314.0)
  private static let counts = (top: 330.0, bottom: 386.0)

  /// An SVG element whose colours come from the page.
  var svg: String {
    let (width, height) = (Int(Self.size.width), Int(Self.size.height))
    return [
      "<svg viewBox=\"0 0 \(width) \(height)\" role=\"img\" aria-label=\"Reliability diagram\">",
      grid, bars, diagonal, counts, captions, "</svg>",
    ].joined(separator: "\n")
  }

  private var grid: String {
    stride(from: 0.0, through: 1.0, by: 0.2).map { share in
      let (x, y) = (Self.text(self.x(share)), Self.text(self.y(share)))
      let label = Self.text(share)
      return
        "<line class=\"grid\" x1=\"\(Self.frame.left)\" x2=\"\(Self.frame.right)\" y1=\"\(y)\" "
        + "y2=\"\(y)\"/><text x=\"\(Self.frame.left - 6)\" y=\"\(Self.text(self.y(share) + 4))\" "
        + "text-anchor=\"end\">\(label)</text>"
        + "<text x=\"\(x)\" y=\"\(Self.counts.bottom + 16)\" text-anchor=\"middle\">\(label)</text>"
    }.joined(separator: "\n")
  }

  /// A bar as high as the accuracy, and a mark at the mean probability.
  private var bars: String {
    calibration.bins.compactMap { bin in
      guard let accuracy = bin.accuracy, let confidence = bin.confidence else { return nil }
      let (left, right) = (x(bin.from) + 1, x(bin.to) - 1)
      let level = Self.text(y(confidence))
      return rectangle("accuracy", left, right, top: y(accuracy), bottom: Self.frame.bottom)
        + "<line class=\"confidence\" x1=\"\(Self.text(left))\" x2=\"\(Self.text(right))\" "
        + "y1=\"\(level)\" y2=\"\(level)\"/>"
    }.joined(separator: "\n")
  }

  private var diagonal: String {
    "<line class=\"diagonal\" x1=\"\(x(0))\" y1=\"\(y(0))\" x2=\"\(x(1))\" y2=\"\(y(1))\"/>"
  }

  /// Bars that grow with the logarithm, as most points are in the last bin.
  private var counts: String {
    let largest = log10(Double(max(calibration.bins.map(\.points).max() ?? 1, 1)) + 1)
    return calibration.bins.map { bin in
      let share = log10(Double(bin.points) + 1) / largest
      let top = Self.counts.bottom - share * (Self.counts.bottom - Self.counts.top)
      let bar = rectangle(
        "count", x(bin.from) + 1, x(bin.to) - 1, top: top, bottom: Self.counts.bottom)
      return bar.replacing("/>", with: "><title>\(bin.points) points</title></rect>")
    }.joined(separator: "\n")
  }

  private var captions: String {
    let middle = (Self.frame.left + Self.frame.right) / 2
    return """
      <text x="\(middle)" y="\(Self.size.height - 12)" text-anchor="middle">probability; below: points, \
      logarithmic</text>
      <text transform="translate(14 164) rotate(-90)" text-anchor="middle">share that is right</text>
      """
  }

  private func rectangle(
    _ style: String, _ left: Double, _ right: Double, top: Double, bottom: Double
  ) -> String {
    "<rect class=\"\(style)\" x=\"\(Self.text(left))\" y=\"\(Self.text(top))\" "
      + "width=\"\(Self.text(right - left))\" height=\"\(Self.text(bottom - top))\"/>"
  }

  private func x(_ share: Double) -> Double {
    Self.frame.left + share * (Self.frame.right - Self.frame.left)
  }

  private func y(_ share: Double) -> Double {
    Self.frame.bottom - share * (Self.frame.bottom - Self.frame.top)
  }

  private static func text(_ value: Double) -> String { String(format: "%.4g", value) }
}
