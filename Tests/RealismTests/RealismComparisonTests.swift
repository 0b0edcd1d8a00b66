import Foundation
import Realism
import Testing

@Suite struct RealismComparisonTests {
  private static let legend: [Character: DrawnWindow.Cell] = [
    "r": .init(range: 10), "s": .init(range: 10.3), "z": .init(range: 10, intensity: 0),
    "c": .init(range: 10, intensity: 0.2, id: 10), "d": .init(range: 10, intensity: 0, id: 10),
  ]

  private func statistics(
    _ drawing: [String], isLabelled: Bool = true
  ) throws -> RangeImageStatistics {
    var statistics = RangeImageStatistics(labelMap: try DrawnWindow.labelMap())
    statistics.add(try DrawnWindow.image(drawing, Self.legend, isLabelled: isLabelled))
    return statistics
  }

  private func compare(
    _ simulated: [String], _ real: [String], isLabelled: Bool = true
  ) throws -> RealismComparison {
    let half = try statistics(real)
    return try RealismComparison(
      simulated: try statistics(simulated, isLabelled: isLabelled), realHalves: (half, half))
  }

  @Test func aSetMeetsEveryGateAgainstItself() throws {
    let drawing = ["rrsrr z c dcc  cc", "zzz rr"]
    let found = try compare(drawing, drawing)
    #expect(found.gates.count == 7 && found.gates.allSatisfy { $0.isMet == true })
    #expect(found.gates.allSatisfy { $0.distance == 0 })
    #expect(!found.text().contains("MISSED"))
  }

  @Test func carsWithoutHolesMissTheirGates() throws {
    let found = try compare(["ccccccccc"], ["ccc  cccc"])
    let missed = found.gates.filter { $0.isMet == false }.map(\.name)
    #expect(missed.contains("carHoles"))
    #expect(!missed.contains("intensities"))
    #expect(abs((found.distances.carHoles ?? 0) - 2.0 / 9) < 1e-9)
    #expect(found.text().contains("MISSED"))
  }

  @Test func theRowThatDiffersMostIsNamed() throws {
    let found = try compare(["rrrr", "rrrr", "rrrr"], ["rrrr", "rrr", "rrrrrrrr"])
    #expect(found.distances.validity?.row == 2)
    #expect(found.distances.validity?.largest == 0.125)
    #expect(abs((found.distances.validity?.mean ?? 0) - (0.125 + 1.0 / 32) / 64) < 1e-12)
  }

  @Test func withoutLabelsTheGatesOfCarsAreUnknown() throws {
    let found = try compare(["zr ccc"], ["zr c  ccc"], isLabelled: false)
    let unknown = found.gates.filter { $0.isMet == nil }.map(\.name)
    #expect(unknown == ["carHoles", "carHolesRightOfHoles"])
  }

  @Test func aRenderedSetIsComparedBesideTheSimulatedOne() throws {
    let half = try statistics(["rrzz c"])
    let found = try RealismComparison(
      simulated: try statistics(["rrrr c"]), realHalves: (half, half), rendered: half)
    #expect(found.rendered?.distances.zeroRuns == 0 && found.distances.zeroRuns != 0)
    #expect(found.rendered?.summary == SetSummary(half))
    #expect(found.text().contains("RENDERED to REAL"))
    #expect(found.gates.contains { $0.distance != 0 }, "gates are those of the simulation")
    let page = found.html(simulatedName: "a", realName: "b")
    #expect(page.contains("path class=\"rendered\""))
  }

  @Test func anEmptySideIsRefused() throws {
    let empty = RangeImageStatistics(labelMap: try DrawnWindow.labelMap())
    let full = try statistics(["rrr"])
    let refused = #expect(throws: RealismError.self) {
      try RealismComparison(simulated: empty, realHalves: (full, full))
    }
    #expect(refused?.code == .empty && refused?.message.contains("simulated") == true)
    #expect(throws: RealismError.self) {
      try RealismComparison(simulated: full, realHalves: (empty, empty))
    }
  }

  @Test func aSingleRealScanHasNoHalves() throws {
    let empty = RangeImageStatistics(labelMap: try DrawnWindow.labelMap())
    let full = try statistics(["rrr"])
    let found = try RealismComparison(simulated: full, realHalves: (full, empty))
    #expect(found.halfDistances == nil && found.halves.isEmpty)
    #expect(found.real == SetSummary(full))
  }

  @Test func thePageIsWellFormedAndNeedsNothingElse() throws {
    let page = try compare(["rrsr z ccc  c"], ["rr rzz cccccc"])
      .html(simulatedName: "a<b", realName: "c&d")
    #expect(page.contains("a&lt;b") && page.contains("c&amp;d"))
    #expect(!page.contains("http") && !page.contains("<script") && !page.contains("nan"))
    #expect(page.components(separatedBy: "<svg").count == 12)
    for name in ["svg", "figure", "table", "tr", "td", "th", "text", "div"] {
      let (opened, closed) = ("<\(name)[ >]", "</\(name)>")
      let count = page.matches(of: try Regex(opened)).count
      #expect(count > 0 && count == page.components(separatedBy: closed).count - 1, "\(name)")
    }
  }

  @Test func theJSONHasTheNamesThatAreDocumented() throws {
    let found = try compare(["rrsr ccc  c"], ["rr r cccccc"])
    let data = try JSONEncoder().encode(found)
    let object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    let names = ["distances", "gates", "halfDistances", "halves", "real", "simulated"]
    #expect(object.keys.sorted() == names)
    let gate = (object["gates"] as? [[String: Any]])?.first
    #expect(gate?.keys.sorted() == ["distance", "limit", "met", "name"])
    let validity = (object["distances"] as? [String: Any])?["validity"] as? [String: Any]
    #expect(validity?.keys.sorted() == ["largest", "mean", "row"])
  }
}
