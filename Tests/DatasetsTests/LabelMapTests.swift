import Datasets
import Foundation
import PointClouds
import TestSupport
import Testing

@Suite struct LabelMapTests {
  @Test func theFourClassesReadSemanticKITTIsIDs() throws {
    let map = try LabelMap.bundled("four-classes")
    #expect(map.classes.map(\.name) == ["background", "car", "person", "cyclist"])
    let meanings: [UInt16: LabelMap.Meaning] = [
      0: .ignored, 1: .ignored, 256: .ignored, 259: .ignored, 10: .index(1), 252: .index(1),
      30: .index(2), 254: .index(2), 31: .index(3), 32: .index(3), 253: .index(3), 255: .index(3),
      18: .index(0), 16: .index(0), 20: .index(0), 99: .index(0), 40: .index(0),
      2: .unknown, 260: .unknown, 65_535: .unknown,
    ]
    for (id, meaning) in meanings { #expect(map.meaning(of: id) == meaning, "id \(id)") }
    #expect(map.restPosition == 0)
    #expect(map.objectPositions == [1, 2, 3])
  }

  /// The raw ids of each data set.
  private static let semanticKITTI: [UInt16] = [
    0, 1, 10, 11, 13, 15, 16, 18, 20, 30, 31, 32, 40, 44, 48, 49, 50, 51, 52, 60, 70, 71, 72, 80,
    81, 99, 252, 253, 254, 255, 256, 257, 258, 259,
  ]

  @Test(arguments: [
    ("four-classes", semanticKITTI, 4), ("nineteen-classes", semanticKITTI, 19),
    ("nineteen-classes-learning-ids", Array(0...19), 19), ("nuscenes-sixteen", Array(0...31), 16),
  ])
  func everyIDOfADataSetHasAMeaningAndNoOther(name: String, ids: [UInt16], count: Int) throws {
    let map = try LabelMap.bundled(name)
    #expect(map.name == name && map.classes.count == count)
    for id in 0...UInt16.max {
      #expect((map.meaning(of: id) != .unknown) == ids.contains(id), "id \(id)")
    }
    for position in map.classes.indices {
      #expect(map.meaning(of: map.label(ofClass: position).semantic) == .index(position))
    }
    #expect(map.meaning(of: 0) == .ignored)
  }

  @Test func noBundledMapIsLeftOut() {
    #expect(
      LabelMap.bundledNames.sorted() == [
        "four-classes", "nineteen-classes", "nineteen-classes-learning-ids", "nuscenes-sixteen",
      ])
  }

  /// SemanticKITTI's `learning_map`, and nuScenes' classes of the challenge by their ids 1 to 16.
  private static let learningIDs: [(String, [(ids: [UInt16], id: Int)])] = [
    (
      "nineteen-classes",
      [
        ([0, 1, 52, 99], 0), ([10, 252], 1), ([11], 2), ([15], 3), ([18, 258], 4),
        ([13, 16, 20, 256, 257, 259], 5), ([30, 254], 6), ([31, 253], 7), ([32, 255], 8),
        ([40, 60], 9), ([44], 10), ([48], 11), ([49], 12), ([50], 13), ([51], 14), ([70], 15),
        ([71], 16), ([72], 17), ([80], 18), ([81], 19),
      ]
    ),
    ("nineteen-classes-learning-ids", (0...19).map { ([UInt16($0)], $0) }),
    (
      "nuscenes-sixteen",
      [
        ([0, 1, 5, 7, 8, 10, 11, 13, 19, 20, 29, 31], 0), ([9], 1), ([14], 2), ([15, 16], 3),
        ([17], 4), ([18], 5), ([21], 6), ([2, 3, 4, 6], 7), ([12], 8), ([22], 9), ([23], 10),
        ([24], 11), ([25], 12), ([26], 13), ([27], 14), ([28], 15), ([30], 16),
      ]
    ),
  ]

  @Test(arguments: learningIDs)
  func classesAreInTheOrderOfTheDataSetsLearningIDs(
    name: String, groups: [(ids: [UInt16], id: Int)]
  ) throws {
    let map = try LabelMap.bundled(name)
    for group in groups {
      for id in group.ids {
        #expect(map.meaning(of: id) == (group.id == 0 ? .ignored : .index(group.id - 1)), "\(id)")
      }
    }
  }

  @Test func aMapSurvivesJSON() throws {
    let map = try LabelMap.bundled("four-classes")
    let data = try JSONEncoder().encode(map)
    #expect(try JSONDecoder().decode(LabelMap.self, from: data) == map)
  }

  @Test func jsonThatContradictsItselfIsRefused() throws {
    let json = """
      {"name": "a", "ignore": [1], "classes": [{"name": "b", "read": [1], "write": 1, "color": [0, 0, 0]}]}
      """
    #expect(throws: PointCloudsError.self) {
      try JSONDecoder().decode(LabelMap.self, from: Data(json.utf8))
    }
  }

  @Test func withoutARestWhatIsNotNamedIsUnknown() throws {
    let map = try LabelMap(name: "pair", classes: [car], ignored: [0])
    #expect(map.meaning(of: 11) == .unknown)
    #expect(map.restPosition == nil)
  }

  @Test func aRestWithoutKnownIDsTakesEveryOther() throws {
    let rest = LabelClass(
      name: "rest", read: .rest, write: 9, color: LabelColor(red: 1, green: 2, blue: 3))
    let map = try LabelMap(name: "pair", classes: [rest, car], ignored: [0])
    for id: UInt16 in 0...65_534 {
      #expect(map.meaning(of: id) == (id == 0 ? .ignored : .index(id == 10 ? 1 : 0)))
    }
  }

  @Test(arguments: [
    ("colour: [1, 2, 3]", "line 3: unknown key 'colour'", "Did you mean 'color'?"),
    ("write: 70000", "'write' holds '70000'", "from 0 to 65535"),
    ("write: 11", "written as 11, which is not read as 'car'", "one of the ids"),
    ("read: [10, 0]", "raw id 0 is in 'ignore' and in 'car'", "once"),
    ("read: some", "'read' is not a list", "[1, 2, 3]"),
    ("name: mean", "called 'mean', which is reserved", "another name"),
    ("color: [1, 2]", "'color' has 2 components", "red, green and blue"),
    ("color: [1, 2, 256]", "holds '256'", "from 0 to 255"),
  ])
  func aFaultyClassIsRefused(change: String, message: String, remedy: String) throws {
    let key = change.prefix { $0 != ":" }
    let parts = ["name: car", "read: [10]", "write: 10", "color: [1, 2, 3]"].map {
      $0.hasPrefix("\(key):") ? change : $0
    }
    let extra = parts.contains(change) ? "" : ", \(change)"
    let text = "ignore: [0]\nname: a\nclasses: [{\(parts.joined(separator: ", "))\(extra)}]\n"
    try expectRefusal(of: text, message: message, remedy: remedy)
  }

  @Test(arguments: [
    ("", "the file is empty"), ("- a", "not a mapping"), ("name: [", "line"),
    ("name: a\nname: b", "'name' occurs twice"), ("name: a", "'classes' is missing"),
    ("nmae: a", "unknown key 'nmae'"), ("name: a\nignore: []\nclasses: []", "0 classes"),
    ("name: \u{0}", "not text"),
  ])
  func whatIsNoLabelMapIsRefused(text: String, message: String) throws {
    try expectRefusal(of: text, message: message, remedy: "")
  }

  @Test func endlessNestingIsRefused() throws {
    try expectRefusal(
      of: String(repeating: "[", count: 100_000), message: "nesting", remedy: "")
  }

  @Test func aMisspeltBundledNameIsAnsweredWithTheNearest() {
    #expect {
      try LabelMap.bundled("four-clases")
    } throws: {
      ($0 as? DatasetsError)?.remedy == "Did you mean 'four-classes'?"
    }
  }

  private var car: LabelClass {
    LabelClass(
      name: "car", read: .ids([10]), write: 10, color: LabelColor(red: 0, green: 0, blue: 9))
  }

  private func expectRefusal(of text: String, message: String, remedy: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(text.utf8, to: "map.yaml")
    #expect {
      try LabelMap.read(path: path)
    } throws: { error in
      guard let error = error as? DatasetsError else { return false }
      return error.code == .malformed && error.path == path && error.message.contains(message)
        && (remedy.isEmpty || error.remedy.contains(remedy))
    }
  }
}
