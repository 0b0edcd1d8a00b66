import Datasets
import PointClouds
import Testing

@Suite struct LabelTranslationTests {
  private func translate(
    _ ids: [UInt16], from source: String, to target: String
  ) throws -> (labels: [UInt16], unknown: [UInt16: Int]) {
    let translation = try LabelTranslation(from: .bundled(source), to: .bundled(target))
    var unknown: [UInt16: Int] = [:]
    let labels = translation.translate(ids.map { PointLabel(semantic: $0) }, unknown: &unknown)
    return (labels.map(\.semantic), unknown)
  }

  @Test func aMapWritesOneIDForEachClass() throws {
    let found = try translate(
      [0, 1, 10, 252, 254, 32, 40, 7, 7, 300], from: "four-classes", to: "four-classes")
    #expect(found.labels == [0, 0, 10, 10, 30, 31, 99, 0, 0, 0])
    #expect(found.unknown == [7: 2, 300: 1])
  }

  @Test func rawIDsBecomeLearningIDsAndComeBack() throws {
    let (raw, learning) = ("nineteen-classes", "nineteen-classes-learning-ids")
    let there = try translate([10, 252, 81, 52, 258], from: raw, to: learning)
    #expect(there.labels == [1, 1, 19, 0, 4] && there.unknown.isEmpty)
    #expect(try translate(there.labels, from: learning, to: raw).labels == [10, 10, 81, 0, 18])
  }

  @Test func instancesAreKeptWhereTheClassIs() throws {
    let map = try LabelMap.bundled("four-classes")
    var unknown: LabelTranslation.UnknownCounts = [:]
    let labels = try LabelTranslation(from: map, to: map).translate(
      [PointLabel(semantic: 252, instance: 9), PointLabel(semantic: 1, instance: 9)],
      unknown: &unknown)
    #expect(labels == [PointLabel(semantic: 10, instance: 9), .unlabelled])
  }

  @Test func mapsWithOtherClassesAreRefused() {
    #expect {
      try LabelTranslation(
        from: .bundled("nuscenes-sixteen"), to: .bundled("four-classes"))
    } throws: { error in
      guard let error = error as? DatasetsError else { return false }
      return error.code == .mismatch && error.message.contains("barrier, bicycle")
    }
  }

  @Test func aMapThatIgnoresNothingCannotBeWritten() throws {
    let color = LabelColor(red: 0, green: 0, blue: 0)
    let map = try LabelMap(
      name: "all", classes: [LabelClass(name: "a", read: .rest, write: 1, color: color)],
      ignored: [])
    #expect(throws: DatasetsError.self) { try LabelTranslation(from: map, to: map) }
  }
}
