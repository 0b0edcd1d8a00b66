/// Coloured squares with captions, one under the other or side by side.
struct Legend {
  struct Entry: Equatable {
    var color: RGB
    var caption: String
  }

  var entries: [Entry]
  var scale = 2

  private var square: Int { Font.glyphHeight * scale }
  private var gap: Int { 4 * scale }

  /// Rows that one line takes, with the space under it.
  var lineHeight: Int { square + gap }

  /// Columns that an entry takes, with the space after it.
  private func width(of entry: Entry) -> Int {
    square + gap + Picture.width(of: entry.caption, scale: scale) + 3 * gap
  }

  /// Columns and rows that the entries take when each has its own line.
  var columnSize: (width: Int, height: Int) {
    ((entries.map(width).max() ?? 3 * gap) - 3 * gap, entries.count * lineHeight - gap)
  }

  /// Columns that the entries take in one line.
  var rowWidth: Int { max(entries.map(width).reduce(0, +) - 3 * gap, 0) }

  /// The entries in as many lines as they need, in a given number of columns.
  func lines(within width: Int) -> [Self] {
    var lines: [Self] = []
    for entry in entries {
      if var line = lines.last {
        line.entries.append(entry)
        if line.rowWidth <= width {
          lines[lines.count - 1] = line
          continue
        }
      }
      lines.append(Self(entries: [entry], scale: scale))
    }
    return lines
  }

  /// Draws the entries one under the other.
  func drawColumn(on picture: inout Picture, x: Int, y: Int) {
    for (line, entry) in entries.enumerated() {
      draw(entry, on: &picture, x: x, y: y + line * lineHeight)
    }
  }

  /// Draws the entries in one line, from `x` to the right.
  func drawRow(on picture: inout Picture, x: Int, y: Int) {
    var x = x
    for entry in entries {
      draw(entry, on: &picture, x: x, y: y)
      x += width(of: entry)
    }
  }

  private func draw(_ entry: Entry, on picture: inout Picture, x: Int, y: Int) {
    picture.fill(x: x, y: y, width: square, height: square, with: entry.color)
    picture.write(entry.caption, x: x + square + gap, y: y, color: .text, scale: scale)
  }
}
