import Datasets
import Evaluation
import Foundation
import Pictures
import PointClouds
import Testing

@Suite struct PageTests {
  private let map: LabelMap

  init() throws { map = try LabelMap.bundled("four-classes") }

  /// A tally of five scans, each with more wrong points than the one before, and the worst of them.
  private func evaluated(limit: Int) throws -> (tally: Tally, worst: WorstScans) {
    var tally = Tally(labelMap: map, protocols: [.sweep360])
    var worst = WorstScans(limit: limit, labelMap: map, headline: .sweep360)
    for number in [2, 0, 4, 1, 3] {
      var scan = try RandomEvaluatedScan(seed: 1, frame: "f<\(number)>").scan
      for index in scan.truth.indices {
        scan.prediction[index] =
          index % 5 < number ? PointLabel(semantic: 30) : scan.truth[index]
      }
      if number == 3 { scan.image = nil }
      worst.add(scan, try tally.add(scan), seenBy: nil)
    }
    return (tally, worst)
  }

  @Test func theWorstScansAreKeptWorstFirst() throws {
    let (tally, worst) = try evaluated(limit: 3)
    let pictures = try worst.pictures()
    #expect(pictures.map(\.scores.frame) == ["f<4>", "f<3>", "f<2>"])
    #expect(pictures.allSatisfy { $0.png.starts(with: [0x89, 0x50, 0x4E, 0x47]) })
    let shares = pictures.map(\.scores.wrongShare)
    #expect(shares == shares.sorted(by: >) && shares[0] < 0.9 && shares[2] > 0.1)
    // Of the five, one has no wrong point.
    #expect(try tally.result().worstScans.map(\.frame) == ["f<4>", "f<3>", "f<2>", "f<1>"])
    #expect(try evaluated(limit: 0).worst.pictures().isEmpty)
  }

  @Test func thePageNeedsNothingButItselfAndEscapesNames() throws {
    let (tally, worst) = try evaluated(limit: 2)
    var result = try tally.result()
    result.comparison = try tally.comparison(with: tally, names: ("a&b", "c"))
    result.damagedScans = 3
    let page = result.html(model: "<model>", dataset: "x & y", worstScans: try worst.pictures())
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    for part in [
      "Evaluation of &lt;model&gt;", "x &amp; y", "a&amp;b against c", "d f&lt;4&gt;: ",
      "3 damaged scans left out", "class=\"diagonal\"", "IoU by range", "IoU by drive",
      "What the network saw", "Confusion", "Objects of which",
    ] { #expect(page.contains(part), "\(part)") }
    #expect(page.components(separatedBy: "src=\"data:image/png;base64,").count == 3)
    #expect(!page.contains("http"))
  }

  @Test func everyTagOfThePageIsClosed() throws {
    let page = try evaluated(limit: 1).tally.result()
      .html(model: "m", dataset: "d", worstScans: [])
    for tag in ["table", "tr", "td", "th", "svg", "figure", "rect", "title", "p", "h2", "h3"] {
      let opened = page.matches(of: try Regex("<\(tag)[ >][^>]*?>?")).count
      let closed = page.components(separatedBy: "</\(tag)>").count - 1
      let closedItself = page.matches(of: try Regex("<\(tag) [^>]*/>")).count
      #expect(opened > 0 && opened == closed + closedItself, "\(tag): \(opened), \(closed)")
    }
  }
}
