import Datasets
import Foundation
import PointClouds
import TestSupport
import Testing

@Suite struct DatasetTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Makes empty files and the folders they need.
  private func make(_ names: [String]) throws {
    for name in names {
      let url = folder.url.appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data().write(to: url)
    }
  }

  private func scan(_ path: String, _ truth: DatasetScan.Truth, _ drive: String, _ frame: String)
    -> DatasetScan
  {
    DatasetScan(path: folder.path(path), truth: truth, drive: drive, frame: frame)
  }

  @Test func sequencesOfSemanticKITTIAreFound() throws {
    try make([
      "sequences/08/velodyne/000001.bin", "sequences/08/velodyne/000000.bin",
      "sequences/08/labels/000000.label", "sequences/08/calib.txt",
      "sequences/01/velodyne/000000.bin",
    ])
    let dataset = try Dataset.open(path: folder.path(""))
    #expect(dataset.layout == .semanticKITTI)
    #expect(
      dataset.scans == [
        scan("sequences/01/velodyne/000000.bin", .none, "01", "000000"),
        scan(
          "sequences/08/velodyne/000000.bin",
          .labels(path: folder.path("sequences/08/labels/000000.label")), "08", "000000"),
        scan("sequences/08/velodyne/000001.bin", .none, "08", "000001"),
      ])
    #expect(dataset.labelledCount == 1)
    #expect(dataset.drives == ["01", "08"])
  }

  @Test func objectFramesAreFoundInTraining() throws {
    try make([
      "training/velodyne/000007.bin", "training/label_2/000007.txt", "training/calib/000007.txt",
      "testing/velodyne/000001.bin",
    ])
    let dataset = try Dataset.open(path: folder.path(""))
    #expect(dataset.layout == .kittiObject)
    let frame = KITTIFrame(
      objectsPath: folder.path("training/label_2/000007.txt"),
      calibration: .objectFile(folder.path("training/calib/000007.txt"), image: nil))
    #expect(
      dataset.scans == [scan("training/velodyne/000007.bin", .boxes(frame), "training", "000007")])
  }

  @Test func aSequenceWithLabelsAndBoxesIsNoFolderOfObjectFrames() throws {
    try make([
      "08/velodyne/000000.bin", "08/labels/000000.label", "08/label_2/000000.txt", "08/calib.txt",
    ])
    #expect(try Dataset.open(path: folder.path("08")).layout == .drives)
  }

  @Test func boxesWithoutACalibrationAreRefused() throws {
    try make(["velodyne/000007.bin", "label_2/000007.txt"])
    expectError(.mismatch, containing: "no calibration") { try Dataset.open(path: folder.path("")) }
  }

  @Test(arguments: [
    "", "2011_09_26", "2011_09_26/drive_1_sync", "2011_09_26/drive_1_sync/velodyne_points/data",
  ])
  func aRawDriveIsFoundByItselfInItsDayAndAmongDays(name: String) throws {
    let drive = "2011_09_26/drive_1_sync"
    try make([
      "2011_09_26/calib_velo_to_cam.txt", "2011_09_26/calib_cam_to_cam.txt",
      "\(drive)/velodyne_points/data/0000000000.bin", "\(drive)/velodyne_points/timestamps.txt",
      "\(drive)/label_2/0000000000.txt",
    ])
    let dataset = try Dataset.open(path: folder.path(name))
    #expect(dataset.layout == .kittiRaw)
    let found = try #require(dataset.scans.first)
    #expect(dataset.scans.count == 1)
    #expect(found.drive == "drive_1_sync")
    guard case .boxes(let frame) = found.truth, case .rawFolder(let day) = frame.calibration else {
      Issue.record("\(found.truth)")
      return
    }
    #expect(day.hasSuffix("2011_09_26"))
  }

  @Test func drivesSideBySideAreInTheOrderOfTheirNumbers() throws {
    try make([
      "d10/velodyne/9.bin", "d10/velodyne/10.bin", "d9/velodyne/1.pcd", ".hidden/velodyne/1.bin",
    ])
    let dataset = try Dataset.open(path: folder.path(""))
    #expect(dataset.layout == .drives)
    #expect(dataset.scans.map { "\($0.drive)/\($0.frame)" } == ["d9/1", "d10/9", "d10/10"])
  }

  @Test(arguments: ["d1", "d1/velodyne", "d1/velodyne/5.bin"])
  func aDriveByItselfKeepsItsLabels(name: String) throws {
    try make(["d1/velodyne/5.bin", "d1/labels/5.label"])
    let dataset = try Dataset.open(path: folder.path(name))
    #expect(
      dataset.scans == [
        scan("d1/velodyne/5.bin", .labels(path: folder.path("d1/labels/5.label")), "d1", "5")
      ])
  }

  @Test func imagesAreNamedByDriveAndFrame() throws {
    try make(["lidar_2d/2011_09_26_0001_0000000010.npy", "lidar_2d/2011_09_26_0002_0000000003.npy"])
    let dataset = try Dataset.open(path: folder.path(""))
    #expect(dataset.layout == .squeezeSeg)
    #expect(dataset.drives == ["2011_09_26_0001", "2011_09_26_0002"])
    #expect(dataset.scans.map(\.frame) == ["0000000010", "0000000003"])
    #expect(dataset.scans.allSatisfy { $0.truth == .withinScan })
  }

  @Test func aFolderOfScansIsADrive() throws {
    try make(["set/a.bin", "set/b.pcd.bin", "set/c.PLY", "set/notes.txt", "set/._d.bin"])
    let dataset = try Dataset.open(path: folder.path("set"))
    #expect(dataset.layout == .scans)
    #expect(dataset.scans.map(\.frame) == ["a", "b", "c"])
    #expect(dataset.drives == ["set"])
  }

  @Test func twoFilesOfOneFrameAreRefused() throws {
    try make(["a.bin", "a.pcd"])
    expectError(.mismatch, containing: "same frame") { try Dataset.open(path: folder.path("")) }
  }

  @Test func aFolderWithoutScansIsRefused() throws {
    expectError(.unrecognised, containing: "no scans") { try Dataset.open(path: folder.path("")) }
    try make(["velodyne/readme.txt"])
    expectError(.unrecognised, containing: "no scans") { try Dataset.open(path: folder.path("")) }
  }

  @Test func aFolderAboveTheDrivesIsAnsweredWithTheirFolder() throws {
    try make(["labelled/d1/velodyne/1.bin"])
    #expect {
      try Dataset.open(path: folder.path(""))
    } throws: {
      ($0 as? DatasetsError)?.remedy.contains("/labelled'") == true
    }
  }

  @Test func aMissingPathIsRefused() {
    expectError(.unreadable, containing: "no such") { try Dataset.open(path: folder.path("none")) }
  }

  @Test func aCatalogueNamesScansLabelsMapAndSensor() throws {
    try make(["points/1.bin", "points/2.bin", "truth/2.label", "night/1.pcd"])
    let path = try folder.write(
      """
      sensor: velodyne-hdl-64e
      label-map: four-classes
      drives:
        - name: day
          scans: points
          labels: truth
        - scans: night
      """.utf8, to: "set.yaml")
    let dataset = try Dataset.open(path: path)
    #expect(dataset.layout == .catalogue)
    #expect(dataset.sensor == "velodyne-hdl-64e")
    #expect(dataset.labelMap == (try LabelMap.bundled("four-classes")))
    #expect(
      dataset.scans == [
        scan("points/1.bin", .none, "day", "1"),
        scan("points/2.bin", .labels(path: folder.path("truth/2.label")), "day", "2"),
        scan("night/1.pcd", .withinScan, "night", "1"),
      ])
  }

  @Test(arguments: [
    ("drives: []", "'drives' is empty"), ("sensr: a", "unknown key 'sensr'"),
    ("sensor: a", "'drives' is missing"), ("drives: [{scans: nowhere}]", "which is no folder"),
    ("drives: [{scans: empty}]", "has no scans"),
    ("drives: [{scans: points, labels: empty}]", "no label file"),
    ("drives: [{scans: points}, {scans: points}]", "two drives are called 'points'"),
    ("label-map: four\ndrives: [{scans: points}]", "no label map 'four'"),
    ("label-map: ./map.yaml\ndrives: [{scans: points}]", "missing"),
    ("format: pdc\ndrives: [{scans: points}]", "unknown kind 'pdc'"),
    ("intensity-scale: -1\ndrives: [{scans: points}]", "'intensity-scale' is '-1'"),
    ("intensity-scale: nan\ndrives: [{scans: points}]", "'intensity-scale' is 'nan'"),
    ("drives: [{scans: points, lables: truth}]", "unknown key 'lables'"),
  ])
  func aFaultyCatalogueIsRefused(text: String, message: String) throws {
    try make(["points/1.bin", "empty/readme"])
    let path = try folder.write(text.utf8, to: "set.yaml")
    expectError(nil, containing: message) { try Dataset.open(path: path) }
  }

  @Test(arguments: [
    "sequences/d1/predictions/5.label", "d1/predictions/5.label", "d1/labels/5.label",
    "d1/5.label", "predictions/5.label", "labels/5.label", "5.label",
  ])
  func aPredictionIsFoundByDriveAndFrame(name: String) throws {
    try make(["d1/velodyne/5.bin", "out/\(name)"])
    let dataset = try Dataset.open(path: folder.path("d1"))
    let found = try dataset.predictionPath(of: dataset.scans[0], in: folder.path("out"))
    #expect(found == folder.path("out/\(name)"))
  }

  @Test func theTruthIsReadFromWhereItLies() throws {
    let cloud = PointCloud(x: [1, 2], y: [0, 0], z: [0, 0], intensity: [0, 0])
    let own = [PointLabel(semantic: 10), PointLabel(semantic: 30)]
    let scan = Scan(cloud: cloud, labels: own)
    #expect(try self.scan("a", .none, "d", "a").labels(of: scan) == nil)
    #expect(try self.scan("a", .withinScan, "d", "a").labels(of: scan) == own)
    let path = try folder.write([31, 0, 2, 0, 99, 0, 0, 0], to: "a.label")
    let labelled = self.scan("a", .labels(path: path), "d", "a")
    #expect(
      try labelled.labels(of: scan) == [
        PointLabel(semantic: 31, instance: 2), PointLabel(semantic: 99),
      ])
    #expect(throws: (any Error).self) { try labelled.labels(of: Scan(cloud: PointCloud())) }
  }

  @Test func aPredictionWithoutADriveIsNotTakenForOneOfSeveral() throws {
    try make(["d1/velodyne/5.bin", "d2/velodyne/5.bin", "out/5.label"])
    let dataset = try Dataset.open(path: folder.path(""))
    expectError(.mismatch, containing: "no prediction for frame 5 of drive d1") {
      try dataset.predictionPath(of: dataset.scans[0], in: folder.path("out"))
    }
  }

  private func expectError(
    _ code: DatasetsError.Code?, containing message: String, from body: () throws -> some Any,
    at location: SourceLocation = #_sourceLocation
  ) {
    #expect(sourceLocation: location) {
      _ = try body()
    } throws: { error in
      guard let error = error as? DatasetsError else { return false }
      return (code == nil || error.code == code) && error.message.contains(message)
    }
  }
}
