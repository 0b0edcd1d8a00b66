import Foundation
import Pictures
import TestSupport
import Testing
import Training

@Suite struct MetricsCurvesTests {
  private func record(_ step: Int, _ values: [String: Double]) -> MetricsRecord {
    MetricsRecord(step: step, seconds: 0, values: values)
  }

  @Test func thereIsAChartForEachThingThatWasMeasured() {
    let loss = LearningCurves.picture(of: [record(1, ["loss": 1])])
    let rate = LearningCurves.picture(of: [record(1, ["loss": 1, "learning_rate": 0.1])])
    let all = LearningCurves.picture(
      of: [record(1, ["loss": 1, "learning_rate": 0.1]), record(2, ["iou.car": 0.5])])
    #expect(rate.height == 2 * loss.height && all.height == 3 * loss.height)
    #expect(LearningCurves.picture(of: []).height == loss.height)
  }

  @Test func aLossOverMoreThanADecadeIsDrawnLogarithmically() {
    // On a logarithmic scale equal factors are equal heights, so that both are the same curve.
    func curve(_ values: [Double]) -> Int {
      let records = values.enumerated().map { record($0, ["loss": $1]) }
      let picture = LearningCurves.picture(of: records)
      let (left, right) = (96, picture.width - 28)
      // The middle of three points: half way up where the scale is logarithmic.
      let middle = (left..<right).flatMap { x in
        (50..<250).filter { picture[x, $0] == RGB(0xF2_8A45) }
      }
      return middle.sorted()[middle.count / 2]
    }
    #expect(abs(curve([1, 10, 100]) - 150) < 8)
    #expect(abs(curve([1, 2, 9]) - 150) > 30)
  }

  @Test func thePictureIsWrittenFromTheFile() throws {
    let folder = try TemporaryFolder()
    let log = try MetricsLog(
      path: folder.path("metrics.jsonl"), eventsFolder: folder.url.path, after: 0, startTime: 0)
    for step in 1...20 { try log.append(record(step, ["loss": 1 / Double(step)])) }
    try LearningCurves.write(
      metrics: folder.path("metrics.jsonl"), to: folder.path("curves.png"))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path("curves.png")))
    #expect(bytes.prefix(8) == Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
  }
}
