/// A network as boxes from top to bottom with lines between them, as SVG.
///
/// Each box stands below all it reads; boxes of one level stand side by side.
package struct GraphDiagram {
  /// A box.
  package struct Node {
    /// What is written in it, line by line.
    package var lines: [String]
    /// The positions of the boxes that it reads, all before it.
    package var sources: [Int]
    /// How strongly it is filled, 0 to 1.
    package var weight: Double

    /// A box; see the properties.
    package init(lines: [String], sources: [Int], weight: Double) {
      (self.lines, self.sources, self.weight) = (lines, sources, weight)
    }
  }

  private let title: String
  private let nodes: [Node]
  private static let (width, lineHeight, gapX, gapY, margin) = (230, 14, 24, 26, 20)

  /// A diagram of some boxes.
  package init(title: String, nodes: [Node]) {
    (self.title, self.nodes) = (title, nodes)
  }

  /// The diagram as a file's text.
  package var svg: String {
    let levels = levels
    let count = (levels.max() ?? 0) + 1
    var rows = Array(repeating: [Int](), count: count)
    for (index, level) in levels.enumerated() { rows[level].append(index) }
    let widest = rows.map(\.count).max() ?? 1
    let height = Self.lineHeight * ((nodes.map(\.lines.count).max() ?? 1) + 1)
    let total = (
      width: 2 * Self.margin + widest * (Self.width + Self.gapX),
      height: 2 * Self.margin + 20 + count * (height + Self.gapY)
    )
    var places = Array(repeating: (x: 0, y: 0), count: nodes.count)
    for (level, row) in rows.enumerated() {
      let left = (total.width - row.count * (Self.width + Self.gapX) + Self.gapX) / 2
      for (place, index) in row.enumerated() {
        places[index] = (
          left + place * (Self.width + Self.gapX),
          Self.margin + 20 + level * (height + Self.gapY)
        )
      }
    }
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(total.width)\" height=\"\(total.height)\" "
        + "font-family=\"monospace\" font-size=\"11\">",
      "<rect width=\"100%\" height=\"100%\" fill=\"#0e1117\"/>",
      "<text x=\"\(Self.margin)\" y=\"\(Self.margin)\" fill=\"#e6edf3\">\(Self.escaped(title))</text>",
    ]
    lines += nodes.indices.flatMap { edges(to: $0, places, height: height) }
    lines += nodes.indices.flatMap { box($0, at: places[$0], height: height) }
    return (lines + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  /// How far down each box stands.
  private var levels: [Int] {
    nodes.indices.reduce(into: [Int]()) { levels, index in
      levels.append((nodes[index].sources.map { levels[$0] }.max() ?? -1) + 1)
    }
  }

  private func edges(to index: Int, _ places: [(x: Int, y: Int)], height: Int) -> [String] {
    nodes[index].sources.map { source in
      let from = (x: places[source].x + Self.width / 2, y: places[source].y + height)
      let to = (x: places[index].x + Self.width / 2, y: places[index].y)
      // What goes past other boxes does so beside them.
      let reach = to.y - from.y > Self.gapY ? Self.width / 2 + Self.gapX : 0
      return "<path d=\"M\(from.x),\(from.y) C\(from.x + reach),\(from.y + Self.gapY) "
        + "\(to.x + reach),\(to.y - Self.gapY) \(to.x),\(to.y)\" fill=\"none\" stroke=\"#6a85a0\"/>"
    }
  }

  private func box(_ index: Int, at place: (x: Int, y: Int), height: Int) -> [String] {
    let share = max(0, min(1, nodes[index].weight))
    let opacity = Double(Int((0.1 + 0.8 * share) * 100)) / 100
    let frame =
      "<rect x=\"\(place.x)\" y=\"\(place.y)\" width=\"\(Self.width)\" height=\"\(height)\" rx=\"4\" "
      + "fill=\"#f28a45\" fill-opacity=\"\(opacity)\" stroke=\"#303b49\"/>"
    let words = nodes[index].lines.enumerated().map { number, line in
      "<text x=\"\(place.x + 8)\" y=\"\(place.y + Self.lineHeight * (number + 1))\" fill=\"#e6edf3\">"
        + Self.escaped(String(line.prefix(34))) + "</text>"
    }
    return [frame] + words
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
