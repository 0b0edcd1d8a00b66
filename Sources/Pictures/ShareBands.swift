/// Shares that make up a whole, over steps from left to right: one band for each whole, one colour for each
/// name.
package struct ShareBands {
  /// A whole and the shares of its parts.
  package struct Band {
    /// What it is called.
    package var title: String
    /// The parts from the top down, each with its share, 0 to 1, at each of the times.
    package var shares: [(name: String, values: [Double])]

    /// A band; see the properties.
    package init(title: String, shares: [(name: String, values: [Double])]) {
      (self.title, self.shares) = (title, shares)
    }
  }

  private let bands: [Band]
  private let caption: String
  private let last: Double
  private let names: [String]

  private static let (left, height, gap) = (150, 34, 8)

  /// Bands over evenly spaced times of which `last` is the number of the last.
  ///
  /// - Precondition: there is a band.
  package init(bands: [Band], caption: String, last: Double) {
    precondition(!bands.isEmpty, "a picture of no band")
    (self.bands, self.caption, self.last) = (bands, caption, last)
    names = bands.flatMap { $0.shares.map(\.name) }.reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }

  /// Draws the bands, and below them what the colours stand for.
  package func picture(width: Int = 960) -> Picture {
    let legend = Legend(entries: names.map { .init(color: color(of: $0), caption: $0) }, scale: 1)
    let lines = legend.lines(within: width - 2 * Self.gap)
    let bottom = bands.count * (Self.height + Self.gap) + Self.gap
    var picture = Picture(
      width: width, height: bottom + 20 + lines.count * legend.lineHeight + Self.gap,
      filledWith: .background)
    for (index, band) in bands.enumerated() {
      let top = Self.gap + index * (Self.height + Self.gap)
      picture.write(
        band.title, x: Self.gap, y: top + Self.height / 2 - 4, color: .text)
      draw(band, on: &picture, top: top)
    }
    let scale = "0 to \(Int(last)) \(caption)s"
    picture.write(scale, x: Self.left, y: bottom, color: .faintText)
    for (index, line) in lines.enumerated() {
      line.drawRow(on: &picture, x: Self.gap, y: bottom + 20 + index * legend.lineHeight)
    }
    return picture
  }

  private func draw(_ band: Band, on picture: inout Picture, top: Int) {
    let columns = picture.width - Self.left - Self.gap
    let count = band.shares.map(\.values.count).min() ?? 0
    guard count > 0 else { return }
    for column in 0..<columns {
      let time = min(count - 1, column * count / columns)
      var sum = 0.0
      for (name, values) in band.shares {
        let (from, to) = (row(sum), row(sum + values[time]))
        sum += values[time]
        picture.fill(
          x: Self.left + column, y: top + from, width: 1, height: to - from, with: color(of: name))
      }
    }
  }

  private func row(_ share: Double) -> Int {
    share.isFinite ? Int((max(0, min(1, share)) * Double(Self.height)).rounded()) : 0
  }

  private func color(of name: String) -> RGB {
    Self.colors[(names.firstIndex(of: name) ?? 0) % Self.colors.count]
  }

  // Neighbours differ in hue and lightness.
  private static let colors = [
    0x30_3B49, 0xF2_8A45, 0x4C_B5F5, 0x8C_CF5A, 0xE9_DE6B, 0xE0_6C9F, 0x9B_8AFB, 0x2F_B38A,
    0xC8_D0D9, 0xB4_5F2A, 0x2A_6F9E, 0x5A_8A34, 0xA3_9A3C, 0x9C_3F6B, 0x5F_52B8,
  ].map(RGB.init)
}
