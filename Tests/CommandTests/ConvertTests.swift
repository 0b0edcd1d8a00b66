import Foundation
import PointCloudIO
import PointClouds
import TestSupport
import Testing

/// Scans that go from one layout to another.
@Suite struct ConvertTests {
  private let files: CommandFiles

  init() throws { files = try CommandFiles() }

  /// The bundled street as a drive with labels.
  private func street() throws -> String {
    let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Datasets/Examples").standardizedFileURL
    for (name, place) in [("street.bin", "velodyne/1.bin"), ("street.label", "labels/1.label")] {
      let data = try Data(contentsOf: examples.appending(path: name))
      _ = try files.write([UInt8](data), to: "street/\(place)")
    }
    return files.path("street")
  }

  private func convert(
    _ source: String, _ out: String, _ target: String, _ more: String...
  ) throws -> Program.Outcome {
    try Program.start(
      ["convert", source, files.path(out), "--to", target, "--json", "--progress", "none"] + more
    ).outcome(timeout: 120)
  }

  private func labelled(_ drive: String, _ frame: String) throws -> Scan {
    let cloud = try ScanFile.read(files.path("\(drive)/velodyne/\(frame).bin")).scan.cloud
    let labels = try LabelFile.read(
      files.path("\(drive)/labels/\(frame).label"), expecting: cloud.count)
    return Scan(cloud: cloud, labels: labels)
  }

  /// A point's bits.
  private struct Place: Hashable {
    let bits: [UInt32]

    init(_ cloud: PointCloud, _ index: Int) {
      bits = [cloud.x, cloud.y, cloud.z, cloud.intensity].map { $0[index].bitPattern }
    }
  }

  @Test func aFolderOfLASFilesIsLabelledAsItsScansWere() throws {
    let street = try street()
    let there = try convert(street, "las", "las")
    #expect(there.status == 0, "\(there.err)")
    let folder = try #require(files.files("las").first { $0.hasSuffix(".las") })
    let source = files.path("las/" + (folder as NSString).deletingLastPathComponent)
    for (name, source) in [("before", street), ("after", source)] {
      let outcome = try Program.run(
        "segment", source, "--model", "front-small", "--out", files.path(name), "--quiet")
      #expect(outcome.status == 0, "\(outcome.err)")
    }
    let labels = try ["before", "after"].map { name -> [PointLabel] in
      let file = try #require(files.files(name).first { $0.hasSuffix(".label") })
      return try LabelFile.read(files.path("\(name)/\(file)"), expecting: 122_429)
    }
    let different = zip(labels[0], labels[1]).count { $0 != $1 }
    // Coordinates are 0.1 mm apart at most, intensities less than a thousandth.
    #expect(different < labels[0].count / 1000, "\(different) of \(labels[0].count)")
    #expect(labels[0].contains { $0.semantic == 10 })
  }

  @Test func pointsAndLabelsSurviveTheirImage() throws {
    let there = try convert(street(), "images", "npy")
    #expect(there.status == 0, "\(there.err)")
    let array = try NumpyFloats(path: files.path("images/lidar_2d/street_1.npy"))
    #expect(array.shape == [64, 512, 6])
    let back = try convert(files.path("images"), "back", "semantickitti")
    #expect(back.status == 0, "\(back.err)")
    let (given, found) = (try labelled("street", "1"), try labelled("back/street", "1"))
    let counts = try #require(there.json["image"] as? [String: Int])
    let lost = ["shadowed", "beside", "above", "below", "between", "beyond", "invalid"]
    #expect(counts["visible"] == found.cloud.count && found.cloud.count > 20_000)
    #expect(
      found.cloud.count + lost.reduce(0) { $0 + (counts[$1] ?? 0) } == given.cloud.count)
    // The ids that SqueezeSeg's classes are read as; what is not named is background.
    let read: [UInt16: UInt16] = [
      10: 10, 252: 10, 30: 30, 254: 30, 31: 31, 32: 31, 253: 31, 255: 31,
    ]
    let labels = Dictionary(
      (0..<given.cloud.count).map { (Place(given.cloud, $0), given.labels?[$0].semantic ?? 0) },
      uniquingKeysWith: { first, _ in first })
    for index in 0..<found.cloud.count {
      let id = labels[Place(found.cloud, index)]
      #expect(found.labels?[index].semantic == id.map { read[$0] ?? 99 })
    }
    #expect(Set((found.labels ?? []).map(\.semantic)).count > 2)
  }

  @Test(arguments: ["pcd", "ply", "npy-points"])
  func aFormatThatKeepsLabelsGivesBackTheSameBytes(_ format: String) throws {
    #expect(try convert(street(), "there", format).status == 0)
    let back = try convert(files.path("there/street"), "back", "semantickitti")
    #expect(back.status == 0, "\(back.err)")
    for name in ["velodyne/1.bin", "labels/1.label"] {
      let found = try Data(contentsOf: URL(fileURLWithPath: files.path("back/street/\(name)")))
      #expect(
        try found == Data(contentsOf: URL(fileURLWithPath: files.path("street/\(name)"))))
    }
  }

  @Test func anImageOfUnlabelledScansHasNoClasses() throws {
    let scan = try Data(contentsOf: URL(fileURLWithPath: street() + "/velodyne/1.bin"))
    _ = try files.write([UInt8](scan), to: "plain/velodyne/0_1.bin")
    let outcome = try convert(
      files.path("plain"), "o", "npy", "--columns", "30", "--left", "90", "--right", "-90")
    #expect(outcome.status == 0, "\(outcome.err)")
    let array = try NumpyFloats(path: files.path("o/lidar_2d/plain_0-1.npy"))
    #expect(array.shape == [64, 30, 5])
  }

  /// Two images of two beams and three columns, with raw ids.
  private func shard() -> [UInt8] {
    let ids: [Float] = [10, 252, 40, 7, 30, 99]
    let values = (0..<12).flatMap { cell -> [Float] in
      cell % 6 == 5 ? [0, 0, 0, 0, 0, 0] : [Float(cell + 3), 1, -1, 0.5, 9, ids[cell % 6]]
    }
    return NumpyArray.bytes(shape: [2, 2, 3, 6], values: values)
  }

  @Test func everyCellOfAShardIsAPointWithItsLabel() throws {
    _ = try files.write(shard(), to: "sim/shards/000000.npy")
    let outcome = try convert(files.path("sim"), "o", "semantickitti", "--from", "npy")
    #expect(outcome.status == 0 && outcome.json["points"] as? Int == 10, "\(outcome.err)")
    let second = try labelled("o/000000", "000001")
    #expect(second.cloud.x == [9, 10, 11, 12, 13])
    #expect(second.labels?.map(\.semantic) == [10, 252, 40, 7, 30])
    #expect(try convert(files.path("sim"), "p", "pcd").status == 0)
    let pcd = try ScanFile.read(files.path("p/000000/000001.pcd")).scan
    #expect(pcd.labels == second.labels && pcd.cloud.ring == [0, 0, 0, 1, 1])
  }

  @Test func aLabelMapWritesTheIDsOfItsClassesAndCountsWhatItDoesNotKnow() throws {
    _ = try files.write(shard(), to: "sim/shards/000000.npy")
    let outcome = try convert(
      files.path("sim"), "o", "semantickitti", "--label-map", "four-classes")
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(outcome.json["unknownLabels"] as? [String: Int] == ["7": 2])
    #expect(outcome.err.contains("ids that the label map does not know: 7"))
    let labels = try labelled("o/000000", "000000").labels
    #expect(labels?.map(\.semantic) == [10, 10, 99, 0, 30])
    let wrong = try convert(files.path("sim"), "o", "pcd", "--label-map", "for-classes")
    #expect(wrong.status == 5 && wrong.err.contains("'four-classes'"), "\(wrong.err)")
  }

  @Test func labelsAreReadByTheMapThatTheDataSetNames() throws {
    _ = try files.scan("points/1.bin", points: 4)
    _ = try files.write([1, 4, 19, 0].flatMap { [$0, 0, 0, 0] }, to: "truth/1.label")
    let text = """
      {label-map: nineteen-classes-learning-ids, format: kitti-bin,
       drives: [{name: d, scans: points, labels: truth}]}
      """
    let set = try files.write([UInt8](text.utf8), to: "set.yaml")
    let outcome = try convert(set, "o", "semantickitti", "--label-map", "nineteen-classes")
    #expect(outcome.status == 0, "\(outcome.err)")
    let labels = try LabelFile.read(files.path("o/d/labels/1.label"))
    #expect(labels.map(\.semantic) == [10, 18, 81, 0])
    let counted = try Program.run("info", set, "--classes", "--json")
    let classes = try #require(counted.json["classes"] as? [String: Any], "\(counted.err)")
    #expect(classes["labelMap"] as? String == "nineteen-classes-learning-ids")
    let points = classes["points"] as? [String: Int]
    #expect(points?["truck"] == 1 && points?["road"] == 0 && classes["ignored"] as? Int == 1)
  }

  @Test(arguments: [
    ["--to", "pcd", "--rows", "3"], ["--to", "semantickitti", "--image", "kitti-full"],
    ["--to", "npy", "--image", "kitti-side"],
  ])
  func optionsOfImagesAreRefusedElsewhere(_ arguments: [String]) throws {
    let outcome = try Program.start(["convert", files.scan(), "o"] + arguments)
      .outcome(timeout: 60)
    #expect(outcome.status == 2 && outcome.isOneErrorWithHint, "\(outcome.err)")
  }

  @Test(arguments: [["--rows", "0"], ["--left", "-60"], ["--columns", "20000"]])
  func anImageThatCannotBeMadeIsRefused(_ more: [String]) throws {
    let outcome = try Program.start(
      ["convert", files.scan(), files.path("o"), "--to", "npy"] + more
    ).outcome(timeout: 60)
    #expect(outcome.status == 5 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(files.files("o").isEmpty)
  }
}
