extension RealismComparison {
  /// The comparison as a page that needs nothing but itself.
  ///
  /// - Parameters:
  ///   - simulatedName: what the simulated set is called.
  ///   - realName: what the real set is called.
  /// - Returns: HTML that is read as well on light as on dark.
  public func html(simulatedName: String, realName: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Simulated and real scans</title>
    <style>
    \(Self.style)
    </style>
    </head>
    <body>
    <h1>Simulated and real scans</h1>
    <p><span class="key sim">SIM</span> \(simulatedName.escapedForHTML): \(Self.size(simulated))<br>
    <span class="key real">REAL</span> \(realName.escapedForHTML): \(Self.size(real))<br>
    <span class="key half">halves of REAL</span> what differs between them differs without a
    simulation, too</p>
    \(Self.element(distanceTable))
    <div class="plots">
    \(plots.map { "<figure>\n\($0.svg)\n</figure>" }.joined(separator: "\n"))
    </div>
    \(tables.dropFirst().map(Self.element).joined(separator: "\n"))
    </body>
    </html>

    """
  }

  private static func size(_ set: SetSummary) -> String {
    "\(set.scans) scans, \(set.labelledScans) labelled"
  }

  private static func element(_ table: ComparisonTable) -> String {
    let rows = table.rows.enumerated().map { index, row in
      let name = index == 0 ? "th" : "td"
      let cells = row.map { cell in
        let style = ["met", "MISSED"].contains(cell) ? " class=\"\(cell)\"" : ""
        return "<\(name)\(style)>\(cell.escapedForHTML)</\(name)>"
      }
      return "<tr>\(cells.joined())</tr>"
    }
    return """
      <h2>\(table.title.escapedForHTML)</h2>
      <div class="wide"><table>
      \(rows.joined(separator: "\n"))
      </table></div>
      """
  }

  /// Colours that can be told apart on light and on dark.
  private static let style = """
    :root { color-scheme: light dark; --text: #1d2329; --page: #ffffff; --faint: #d9dee3;
      --sim: #d4601a; --real: #1f6fb4; --half: #7aa7cc; --met: #1c7c3c; --missed: #c0262d; }
    @media (prefers-color-scheme: dark) { :root { --text: #e3e8ec; --page: #14181c;
      --faint: #333b43; --sim: #ff9a55; --real: #62b0f0; --half: #5f93b8; --met: #58c27c;
      --missed: #ff6b70; } }
    body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page);
      max-width: 1180px; margin: 2rem auto; padding: 0 1rem; }
    h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
    th, td { padding: .15rem .7rem; text-align: right; white-space: nowrap;
      border-bottom: 1px solid var(--faint); }
    th:first-child, td:first-child { text-align: left; }
    .wide { overflow-x: auto; }
    .met { color: var(--met); } .MISSED { color: var(--missed); font-weight: bold; }
    .plots { display: grid; gap: 1rem; margin: 2rem 0;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); }
    figure { margin: 0; }
    svg { width: 100%; height: auto; }
    svg text { fill: var(--text); font-size: 12px; } svg .title { font-size: 15px; }
    .grid { stroke: var(--faint); }
    path { fill: none; stroke-width: 2; stroke-linejoin: round; }
    path.sim { stroke: var(--sim); } path.real { stroke: var(--real); }
    path.half { stroke: var(--half); stroke-width: 1; stroke-dasharray: 3 2; }
    .key { font-weight: bold; }
    .key.sim { color: var(--sim); } .key.real { color: var(--real); } .key.half { color: var(--half); }
    """
}
