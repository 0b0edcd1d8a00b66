import Foundation
import TestSupport
import Testing
import Training

@Suite struct MetricsLogTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("metrics.jsonl")
  }

  private func open(after step: Int = 0) throws -> MetricsLog {
    try MetricsLog(
      path: path, eventsFolder: folder.url.path, after: step, startTime: 1_700_000_000)
  }

  private func record(_ step: Int, loss: Double = 0.5) -> MetricsRecord {
    MetricsRecord(
      step: step, seconds: Double(step) / 4,
      values: ["loss": loss, "learning_rate": 1e-5, "iou.car": 0.75])
  }

  private var text: String {
    get throws { try String(contentsOfFile: path, encoding: .utf8) }
  }

  private func add(_ text: String) throws {
    try AppendedFile(path).append(Array(text.utf8))
  }

  @Test func aLineHasItsKeysInOrder() throws {
    try open().append(record(100))
    #expect(
      try text
        == "{\"iou.car\":0.75,\"learning_rate\":1e-05,\"loss\":0.5,\"seconds\":25,\"step\":100}\n")
    #expect(try MetricsRecord.read(path) == [record(100)])
  }

  @Test func whatIsNotFiniteIsNullAndComesBackAsNotANumber() throws {
    try open().append(
      MetricsRecord(step: 1, seconds: 2, values: ["a": .nan, "b": -.infinity, "c": 1]))
    #expect(try text == "{\"a\":null,\"b\":null,\"c\":1,\"seconds\":2,\"step\":1}\n")
    let values = try MetricsRecord.read(path)[0].values
    #expect(values.count == 3 && values["c"] == 1)
    #expect(values["a"]?.isNaN == true && values["b"]?.isNaN == true)
  }

  @Test func laterStepsThanTheCheckpointAreCutOff() throws {
    let log = try open()
    for step in [1, 2, 3, 4] { try log.append(record(step)) }
    try log.append(record(2, loss: 7))
    let resumed = try open(after: 2)
    #expect(try MetricsRecord.read(path) == [record(1), record(2), record(2, loss: 7)])
    try resumed.append(record(3, loss: 9))
    #expect(try MetricsRecord.read(path).map { $0.values["loss"] } == [0.5, 0.5, 7, 9])
  }

  @Test func aLineThatWasNotFinishedIsCutOff() throws {
    let line = try {
      try open().append(record(1))
      return try text
    }()
    for count in 1..<line.count {
      try Data((line + line.prefix(count)).utf8).write(to: URL(fileURLWithPath: path))
      #expect(try MetricsRecord.read(path) == [record(1)])
      try open(after: 1).append(record(2))
      #expect(try MetricsRecord.read(path).map(\.step) == [1, 2])
    }
  }

  @Test(arguments: ["nonsense", "{}", "{\"step\":1.5,\"seconds\":1}", "[1]", ""])
  func aFinishedLineThatIsNoRecordIsDamaged(line: String) throws {
    try open().append(record(1))
    let offset = try text.utf8.count
    try add(line + "\n")
    let error = #expect(throws: TrainingError.self) { try open(after: 1) }
    #expect(error?.code == .damaged && error?.offset == offset && error?.path == path)
  }

  @Test func aFullDiskIsAnExhaustedResource() throws {
    let error = #expect(throws: TrainingError.self) { try AppendedFile("/dev/full").append([1]) }
    #expect(error?.code == .exhausted && error?.path == "/dev/full")
  }

  @Test func eachStartHasAnEventFileAfterTheOthers() throws {
    for step in [0, 5] { try open(after: step).synchronize() }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    #expect(
      names == [
        "events.out.tfevents.1700000000.0000", "events.out.tfevents.1700000000.0001",
        "metrics.jsonl",
      ])
  }
}
