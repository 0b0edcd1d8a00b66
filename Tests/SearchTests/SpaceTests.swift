import Execution
import Foundation
import Graphs
import Kernels
import Networks
import Search
import TestSupport
import Testing

@Suite struct SpaceTests {
  @Test func coveringChoicesPutEveryBlockEverywhereItCanStand() {
    let space = SearchSpace(SmallSpace.configuration)
    let choices = space.coveringChoices(randomCount: 0, seed: 1)
    for (position, place) in space.places.enumerated() {
      #expect(Set(choices.map { $0[position] }) == Set(place.candidates.indices))
    }
  }

  @Test func randomChoicesAreThoseOfTheirSeed() {
    let space = SearchSpace(SmallSpace.configuration)
    let first = space.randomChoices(count: 50, seed: 3)
    #expect(first == space.randomChoices(count: 50, seed: 3))
    #expect(first != space.randomChoices(count: 50, seed: 4))
    #expect(Set(first.map { $0[0] }) == [0, 1, 2, 3])
  }

  @Test(arguments: Precision.allCases)
  func theUnitsOfCoveringNetworksArePartsOfEveryNetwork(_ precision: Precision) throws {
    let space = SearchSpace(SmallSpace.configuration, precision: precision)
    func keys(_ choices: [Int]) throws -> [String] {
      try space.session(choices, backend: .fastest, threadCount: 1).steps.map(\.unit.key)
    }
    let known = Set(try space.coveringChoices(randomCount: 8, seed: 1).flatMap(keys))
    for choices in space.randomChoices(count: 20, seed: 2) {
      #expect(known.isSuperset(of: try keys(choices)))
    }
  }

  @Test func aNetworkInBytesMultipliesBytes() throws {
    let space = SearchSpace(SmallSpace.configuration, precision: .int8)
    let steps = try space.session([3, 0, 1, 0], backend: .portable, threadCount: 1).steps
    #expect(steps.filter { $0.unit.key.contains("u8 ") }.count > steps.count / 2)
  }
}

@Suite struct LatencyTableTests {
  private func unit(_ width: Int) throws -> LatencyUnit {
    let space = SearchSpace(SmallSpace.configuration)
    let steps = try space.session([0, 0, 0, width], backend: .portable, threadCount: 1).steps
    return try #require(steps.last?.unit)
  }

  private func table(_ entries: [String: LatencyTable.Entry]) -> LatencyTable {
    LatencyTable(processor: "test", kernels: "portable", threads: 1, entries: entries)
  }

  @Test func aPredictionIsTheSumOfTheEntries() throws {
    let space = SearchSpace(SmallSpace.configuration)
    let units = try space.session([1, 0, 0, 0], backend: .portable, threadCount: 1).steps.map(
      \.unit)
    var entries: [String: LatencyTable.Entry] = [:]
    for (index, unit) in units.enumerated() {
      entries[unit.key] = LatencyTable.Entry(of: [Double(index + 1)])
    }
    let expected = units.reduce(0.0) { $0 + (entries[$1.key]?.median ?? .nan) }
    #expect(try table(entries).prediction(for: units) == expected)
  }

  @Test func aTableOfOtherNetworksNamesAUnitThatItLacks() throws {
    let unit = try unit(0)
    let error = #expect(throws: ExecutionError.self) {
      _ = try table([:]).prediction(for: [unit])
    }
    #expect(error?.message.contains(unit.key) == true)
    #expect(error?.message.contains("lacks 1 of") == true)
  }

  @Test func anEntryIsTheMedianWithItsQuartiles() throws {
    let entry = try #require(LatencyTable.Entry(of: [9, 1, 2, 3, 4]))
    #expect(entry == .init(median: 3, lowerQuartile: 2, upperQuartile: 4, count: 5))
    #expect(LatencyTable.Entry(of: []) == nil)
  }

  @Test func whatBytesStandForDoesNotMakeAnotherUnit() throws {
    let space = SearchSpace(SmallSpace.configuration, precision: .int8)
    let graph = try space.prepared([1, 0, 0, 0])
    let keys = graph.values.compactMap { LatencyUnit($0, of: graph)?.key }
    #expect(!keys.contains { $0.contains("quantized") || $0.contains(" as ") })
  }

  @Test func aFileIsReadBack() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let table = table(["a": .init(median: 1.5, lowerQuartile: 1, upperQuartile: 2, count: 7)])
    try table.json.write(to: URL(fileURLWithPath: path))
    #expect(try LatencyTable(path: path) == table)
  }

  @Test(arguments: [(0.0, true), (-1, false)])
  func whatNeedsNoTimeIsAnEntryAndLessThanNothingIsNone(_ median: Double, isSound: Bool) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let table = table([
      "a": .init(median: 1, lowerQuartile: 1, upperQuartile: 1, count: 1),
      "b": .init(median: median, lowerQuartile: median, upperQuartile: median, count: 1),
    ])
    try table.json.write(to: URL(fileURLWithPath: path))
    #expect((try? LatencyTable(path: path)) == (isSound ? table : nil))
  }

  @Test(arguments: [
    "", "{}", "[1]",
    "{\"unit\":\"ms\",\"processor\":\"p\",\"kernels\":\"k\",\"threads\":1,\"entries\":"
      + "{\"a\":{\"median\":0,\"lowerQuartile\":0,\"upperQuartile\":0,\"count\":1}}}",
  ])
  func whatIsNoTableIsRefusedWithItsPath(_ text: String) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: ExecutionError.self) { _ = try LatencyTable(path: path) }
    #expect(error?.code == .damaged && error?.path == path)
  }

  @Test(arguments: [(-0.2, true), (-11, false), (1e300, false)])
  func betweenUnitsPassesLittle(_ milliseconds: Double, isSound: Bool) throws {
    let folder = try TemporaryFolder()
    var table = table(["a": .init(median: 1, lowerQuartile: 1, upperQuartile: 1, count: 1)])
    table.betweenUnits = milliseconds
    let path = try folder.write(table.json, to: "table.json")
    #expect((try? LatencyTable(path: path)) == (isSound ? table : nil))
  }

  @Test(arguments: [(0, "ms"), (100_000, "ms"), (1, "furlongs")])
  func whatNoMachineHasIsRefused(_ threads: Int, unit: String) throws {
    let folder = try TemporaryFolder()
    var table = table(["a": .init(median: 1, lowerQuartile: 1, upperQuartile: 1, count: 1)])
    (table.threads, table.unit) = (threads, unit)
    let path = try folder.write(table.json, to: "table.json")
    let error = #expect(throws: ExecutionError.self) { _ = try LatencyTable(path: path) }
    #expect(error?.code == .damaged && error?.path == path)
    #expect(error?.message.contains(threads == 1 ? unit : "\(threads) threads") == true)
  }

  @Test func aFileThatIsNotThereIsUnreadable() {
    let error = #expect(throws: ExecutionError.self) {
      _ = try LatencyTable(path: "/nowhere/table.json")
    }
    #expect(error?.code == .unreadable && error?.path == "/nowhere/table.json")
  }

  @Test(arguments: [
    ("", "ends too early, after 0 bytes"),
    (#"{"unit":"ms","#, "ends too early, after 13 bytes"),
    (#"{"unit":,"threads":1}"#, "stops being JSON around byte 8"),
    ("[1]", "the whole is no object with keys"),
    (#"{"unit":"ms"}"#, #"the whole has no "processor""#),
    (#"{"unit":7}"#, #""unit" is no text"#),
    (entry(#"{"median":"x"}"#), #""entries" > "a 1.5x3" > "median" is no number"#),
    (entry(#"{"median":1}"#), #""entries" > "a 1.5x3" has no "lowerQuartile""#),
    (entry("null"), #""entries" > "a 1.5x3" is null, and a"#),
    (entry(#"{"median":1,"lowerQuartile":1,"upperQuartile":1,"count":1.5}"#), "whole number"),
  ])
  func damageIsToldWithItsPlaceAndWithARemedy(_ text: String, _ words: String) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let error = try #require(throws: ExecutionError.self) { _ = try LatencyTable(path: path) }
    #expect(error.code == .damaged && error.message.contains(words), "\(error.message)")
    #expect(!error.message.contains("DecodingError") && !error.message.contains("CodingKeys"))
    #expect(error.remedy.contains("lidarseg latency --out \(path)"))
  }

  /// A table with one entry.
  private static func entry(_ text: String) -> String {
    #"{"unit":"ms","processor":"p","kernels":"k","threads":1,"betweenUnits":0,"entries":{"a 1.5x3":"#
      + text + "}}"
  }
}

@Suite struct LatencyMeasurementTests {
  @Test func everyUnitIsMeasuredInEveryRound() throws {
    let space = SearchSpace(SmallSpace.configuration)
    let session = try space.session([1, 1, 1, 0], backend: .portable, threadCount: 1)
    var measurement = LatencyMeasurement(of: [session], whole: [session])
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<3 { measurement.addRound(using: &generator) }
    let entries = measurement.entries
    #expect(Set(entries.keys) == Set(session.steps.map(\.unit.key)))
    for (key, entry) in entries {
      let steps = session.steps.filter { $0.unit.key == key }.count
      #expect(entry.count == 3 * steps && entry.median > 0)
    }
    #expect(measurement.wholeEntries.map(\.count) == [3])
  }
}
