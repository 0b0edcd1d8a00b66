import Foundation
import FoundationXML
import Pictures
import Testing

@Suite struct GraphDiagramTests {
  private let diagram = GraphDiagram(
    title: "a < b",
    nodes: [
      .init(lines: ["features", "input"], sources: [], weight: 0),
      .init(lines: ["left"], sources: [0], weight: 1),
      .init(lines: ["right & more"], sources: [0], weight: 0.5),
      .init(lines: ["sum"], sources: [1, 2, 0], weight: 0),
    ])

  @Test func everyBoxAndEveryLineIsDrawnOnce() {
    #expect(diagram.svg.components(separatedBy: "<rect x=").count - 1 == 4)
    #expect(diagram.svg.components(separatedBy: "<path ").count - 1 == 5)
  }

  @Test func aBoxStandsBelowAllItReads() throws {
    let tops = try diagram.svg.split(separator: "\n").filter { $0.hasPrefix("<rect x=") }.map {
      let text = try #require($0.firstMatch(of: /y="(\d+)"/))
      return try #require(Int(text.1))
    }
    #expect(tops[0] < tops[1] && tops[1] == tops[2] && tops[2] < tops[3])
  }

  @Test func textIsEscaped() {
    #expect(diagram.svg.contains("a &lt; b") && diagram.svg.contains("right &amp; more"))
    #expect(!diagram.svg.contains("a < b"))
  }

  @Test func itIsWellFormed() {
    let parser = XMLParser(data: Data(diagram.svg.utf8))
    #expect(parser.parse())
  }
}
