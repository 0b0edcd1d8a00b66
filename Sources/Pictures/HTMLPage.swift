/// A page that needs nothing but itself, and is read as well on light as on dark.
package struct HTMLPage {
  /// What the page is called.
  package var title: String
  /// Rules of style beyond the common ones.
  package var style: String
  /// The elements below the title.
  package var elements: [String]

  /// A page; see the properties.
  package init(title: String, style: String, elements: [String]) {
    self.title = title
    self.style = style
    self.elements = elements
  }

  /// The whole file.
  package var text: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(title.escapedForHTML)</title>
    <style>
    \(Self.commonStyle)
    \(style)
    </style>
    </head>
    <body>
    <h1>\(title.escapedForHTML)</h1>
    \(elements.joined(separator: "\n"))
    </body>
    </html>

    """
  }

  /// A table below a heading, its head first; wide ones can be scrolled.
  ///
  /// - Parameters:
  ///   - title: the heading.
  ///   - level: the heading's level, 1 to 6.
  ///   - rows: words, row by row.
  ///   - cellClass: the class whose style a cell has, by its word.
  /// - Returns: elements.
  package static func table(
    _ title: String, level: Int = 3, rows: [[String]], cellClass: (String) -> String? = { _ in nil }
  ) -> String {
    let lines = rows.enumerated().map { index, row in
      let name = index == 0 ? "th" : "td"
      let cells = row.map { cell in
        let style = cellClass(cell).map { " class=\"\($0)\"" } ?? ""
        return "<\(name)\(style)>\(cell.escapedForHTML)</\(name)>"
      }
      return "<tr>\(cells.joined())</tr>"
    }
    return """
      <h\(level)>\(title.escapedForHTML)</h\(level)>
      <div class="wide"><table>
      \(lines.joined(separator: "\n"))
      </table></div>
      """
  }

  private static let commonStyle = """
    :root { color-scheme: light dark; --text: #1d2329; --page: #ffffff; --faint: #d9dee3; }
    @media (prefers-color-scheme: dark) { :root { --text: #e3e8ec; --page: #14181c;
      --faint: #333b43; } }
    body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page);
      max-width: 1180px; margin: 2rem auto; padding: 0 1rem; }
    h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; }
    h3 { font-size: 1.1rem; margin-top: 2rem; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
    th, td { padding: .15rem .7rem; text-align: right; white-space: nowrap;
      border-bottom: 1px solid var(--faint); }
    th:first-child, td:first-child { text-align: left; }
    .wide { overflow-x: auto; }
    figure { margin: 0; }
    svg { width: 100%; height: auto; }
    svg text { fill: var(--text); font-size: 12px; } svg .title { font-size: 15px; }
    .grid { stroke: var(--faint); }
    """
}

extension String {
  /// The text with the characters that mean something in HTML replaced.
  package var escapedForHTML: String {
    var text = ""
    for character in self {
      switch character {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      default: text.append(character)
      }
    }
    return text
  }
}
