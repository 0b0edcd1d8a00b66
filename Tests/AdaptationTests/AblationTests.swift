import Pictures
import Testing

@testable import Adaptation

@Suite struct AblationTests {
  private func row(_ name: String, at place: Double?) -> AblationRow {
    AblationRow(name: name, curves: place.map { [.init(over: "target scans", at: $0)] })
  }

  private func result(_ name: String, _ scores: Double...) -> AblationResult {
    AblationResult(
      name: name, seeds: 3,
      scores: scores.enumerated().map { seed, score in
        .init(
          seed: seed + 1, iou: ["car": score], iouWithoutObjects: ["car": score / 2],
          precision: [:], recall: [:])
      })
  }

  @Test func theTableHasTheMedianAndTheRangeOfTheSeeds() {
    let table = [result("a", 0.5, 0.7, 0.64), result("b", 0.25), result("c")]
      .table(of: "car", others: ["person"])
    #expect(
      table.contains("| a | 3 of 3 | 64.0 (50.0 to 70.0) | - | - | 32.0 (25.0 to 35.0) | - |"))
    #expect(table.contains("| b | 1 of 3 | 25.0 | - | - | 12.5 | - |"))
    #expect(table.contains("| c | 0 of 3 | - | - | - | - | - |"))
  }

  @Test func aCurveNeedsTwoPointsThatAreDone() {
    let rows = [row("a", at: 4), row("b", at: 8), row("c", at: nil)]
    #expect(AblationCurves.names(of: rows) == ["target scans"])
    func picture(_ results: [AblationResult]) -> Picture? {
      AblationCurves.picture(
        over: "target scans", rows: rows, results: results, label: "car")
    }
    #expect(picture([result("a", 0.5), result("b"), result("c", 0.5)]) == nil)
    let flat = picture([result("a", 0.5), result("b", 0.5)])
    let steep = picture([result("a", 0.5), result("b", 0.9)])
    #expect(flat != nil && flat != steep)
  }

  @Test func rowsThatLearnFromLabelsAreTold() {
    var row = AblationRow(name: "few labels")
    #expect(!row.learnsFromLabels)
    row.options = ["--labelled", "5", "--labelled-from", "{labelled}"]
    #expect(row.learnsFromLabels)
  }
}
