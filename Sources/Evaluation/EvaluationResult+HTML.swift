import Foundation
import Pictures

extension EvaluationResult {
  /// The result as a page that needs nothing but itself.
  ///
  /// - Parameters:
  ///   - model: what the model, or the folder of labels, is called.
  ///   - dataset: what the data set is called.
  ///   - worstScans: pictures of scans, the worst first.
  /// - Returns: HTML that is read as well on light as on dark.
  public func html(model: String, dataset: String, worstScans: [WorstScanPicture]) -> String {
    let others = protocols.keys.filter { $0 != headline }.sorted()
    let sections = [headline] + others
    return HTMLPage(
      title: "Evaluation of \(model)", style: Self.style,
      elements: [summary(dataset)]
        + sections.flatMap { name in protocols[name].map { section(name, $0) } ?? [] }
        + Self.pictures(worstScans)
    ).text
  }

  private func summary(_ dataset: String) -> String {
    var facts = [
      "Data set \(dataset.escapedForHTML): \(scans) scans scored, label map "
        + labelMap.escapedForHTML
    ]
    if unlabelledScans > 0 { facts.append("\(unlabelledScans) scans without truth left out") }
    if damagedScans > 0 {
      facts.append("<span class=\"bad\">\(damagedScans) damaged scans left out</span>")
    }
    facts.append(
      "Scores are percent; intervals hold the middle \(Int((bootstrap.coverage * 100).rounded())) % "
        + "of \(bootstrap.resampleCount) draws of drives, or of scans")
    return "<p>\(facts.joined(separator: "<br>\n"))</p>"
  }

  private func section(_ name: String, _ result: ProtocolResult) -> [String] {
    let remarks = remarks(name, result).dropFirst().map { "<br>\n\($0.escapedForHTML)" }.joined()
    let counts = result.counts
    var elements = [
      "<h2>\(name)\(name == headline ? ", the headline" : "")</h2>",
      "<p>\(counts.points) points, \(counts.scored) scored, \(counts.ignored) ignored\(remarks)</p>",
      element(scoreTable(result)),
    ]
    if let comparison, let differences = comparison.protocols[name] {
      elements.append(element(differenceTable(comparison, differences, result.points.iou)))
    }
    elements += tables(result).map(element)
    elements.append(Self.element(result.confusion))
    if let calibration = result.calibration, calibration.points > 0 {
      elements.append(
        "<h3>Reliability</h3>\n<figure class=\"reliability\">\n"
          + ReliabilityDiagram(calibration: calibration).svg + "\n<figcaption>"
          + "Bars: the share of visible points that are right, by the network's probability. "
          + "Lines: their mean probability. On the diagonal, both are the same.</figcaption></figure>"
      )
    }
    return elements
  }

  private func element(_ table: ReportTable) -> String {
    HTMLPage.table(table.title, rows: table.rows)
  }

  /// Each cell has the share of its row's truth in its shade.
  private static func element(_ confusion: Confusion) -> String {
    let (counts, shares) = (confusion.countTable.rows, confusion.shareTable.rows)
    let head = counts[0].map { "<th>\($0.escapedForHTML)</th>" }.joined()
    let rows = zip(counts, shares).dropFirst().map { counts, shares in
      let cells = zip(counts, shares).dropFirst().map { count, share in
        let shade = (Double(share) ?? 0) * 0.6
        return "<td style=\"--shade: \(String(format: "%.1f", shade))%\">\(share)<small>\(count)"
          + "</small></td>"
      }
      return "<tr><td>\(counts[0].escapedForHTML)</td>\(cells.joined())</tr>"
    }
    return """
      <h3>Confusion, in percent of the truth, and points</h3>
      <div class="wide"><table class="confusion">
      <tr>\(head)</tr>
      \(rows.joined(separator: "\n"))
      </table></div>
      """
  }

  private static func pictures(_ scans: [WorstScanPicture]) -> [String] {
    guard !scans.isEmpty else { return [] }
    let figures = scans.map { scan in
      let scores = scan.scores
      let caption =
        "\(scores.drive) \(scores.frame): \(scores.wrong) of \(scores.scored) scored points are wrong "
        + "(\(ReportTable.share(scores.wrongShare)) %)"
      return """
        <figure class="scan"><figcaption>\(caption.escapedForHTML)</figcaption>
        <img alt="Truth, prediction and errors of \("\(scores.drive) \(scores.frame)".escapedForHTML)" \
        src="data:image/png;base64,\(scan.png.base64EncodedString())"></figure>
        """
    }
    return ["<h2>The worst scans</h2>"] + figures
  }

  private static let style = """
    :root { --bar: #7aa7cc; --mark: #d4601a; --bad: #c0262d; }
    @media (prefers-color-scheme: dark) { :root { --bar: #3f6f96; --mark: #ff9a55;
      --bad: #ff6b70; } }
    .bad { color: var(--bad); font-weight: bold; }
    .reliability { max-width: 460px; }
    .accuracy, .count { fill: var(--bar); }
    .confidence { stroke: var(--mark); stroke-width: 2; }
    .diagonal { stroke: var(--text); stroke-dasharray: 4 3; }
    .confusion td:not(:first-child) {
      background: color-mix(in srgb, var(--bar) var(--shade), transparent); }
    .confusion small { display: block; opacity: .7; }
    .scan { margin: 1.5rem 0; } .scan img { max-width: 100%; height: auto; }
    figcaption { margin: .3rem 0; }
    """
}
