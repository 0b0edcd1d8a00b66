extension Picture {
  /// Writes one line of text, its top left corner at column `x` of row `y`; each pixel of a glyph
  /// becomes `scale` pixels wide and high.
  mutating func write(_ text: String, x: Int, y: Int, color: RGB, scale: Int = 1) {
    for (place, character) in text.enumerated() {
      for (row, bits) in Font.rows(of: character).enumerated() {
        for column in 0..<Font.glyphWidth where bits >> (Font.glyphWidth - 1 - column) & 1 == 1 {
          fill(
            x: x + (place * Font.advance + column) * scale, y: y + row * scale, width: scale,
            height: scale, with: color)
        }
      }
    }
  }

  /// How many columns a line of text takes.
  static func width(of text: String, scale: Int = 1) -> Int {
    max(text.count * Font.advance - 1, 0) * scale
  }
}
