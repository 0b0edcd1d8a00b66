import Pictures

extension RealismComparison {
  /// The comparison as a page that needs nothing but itself.
  ///
  /// - Parameters:
  ///   - simulatedName: what the simulated set is called.
  ///   - realName: what the real set is called.
  /// - Returns: HTML that is read as well on light as on dark.
  public func html(simulatedName: String, realName: String) -> String {
    let summary = """
      <p><span class="key sim">SIM</span> \(simulatedName.escapedForHTML): \(Self.size(simulated))<br>
      \(renderedKey)
      <span class="key real">REAL</span> \(realName.escapedForHTML): \(Self.size(real))<br>
      <span class="key half">halves of REAL</span> what differs between them differs without a
      simulation, too</p>
      """
    let figures = plots.map { "<figure>\n\($0.svg)\n</figure>" }.joined(separator: "\n")
    return HTMLPage(
      title: "Simulated and real scans", style: Self.style,
      elements: [
        summary, Self.element(distanceTable), "<div class=\"plots\">\n\(figures)\n</div>",
      ] + tables.dropFirst().map(Self.element)
    ).text
  }

  private var renderedKey: String {
    rendered == nil
      ? "" : "<span class=\"key rendered\">RENDERED</span> the same after the networks<br>"
  }

  private static func size(_ set: SetSummary) -> String {
    "\(set.scans) scans, \(set.labelledScans) labelled"
  }

  private static func element(_ table: ComparisonTable) -> String {
    HTMLPage.table(table.title, level: 2, rows: table.rows) { cell in
      ["met", "MISSED"].contains(cell) ? cell : nil
    }
  }

  /// Colours that can be told apart on light and on dark.
  private static let style = """
    :root { --sim: #d4601a; --real: #1f6fb4; --half: #7aa7cc; --rendered: #8b3fa8; --met: #1c7c3c; --missed: #c0262d; }
    @media (prefers-color-scheme: dark) { :root { --sim: #ff9a55; --real: #62b0f0;
      --half: #5f93b8; --rendered: #c98be0; --met: #58c27c; --missed: #ff6b70; } }
    .met { color: var(--met); } .MISSED { color: var(--missed); font-weight: bold; }
    .plots { display: grid; gap: 1rem; margin: 2rem 0;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); }
    path { fill: none; stroke-width: 2; stroke-linejoin: round; }
    path.sim { stroke: var(--sim); } path.real { stroke: var(--real); }
    path.rendered { stroke: var(--rendered); }
    path.half { stroke: var(--half); stroke-width: 1; stroke-dasharray: 3 2; }
    .key { font-weight: bold; }
    .key.rendered { color: var(--rendered); }
    .key.sim { color: var(--sim); } .key.real { color: var(--real); } .key.half { color: var(--half); }
    """
}
