import Annotation
import Datasets
import Foundation
import PointCloudIO
import PointClouds
import TestSupport
import Testing

@Suite struct AnnotatedFilesTests {
  private let folder: TemporaryFolder
  private static let box = OrientedBox(
    bottom: SIMD3(14, 3, -1.6), size: SIMD3(4.2, 1.7, 1.5), heading: 0.3)
  /// A camera like KITTI's, slightly turned against the sensor.
  private static let calibration = """
    P2: 720 0 600 44 0 720 180 0.2 0 0 1 0.003
    R0_rect: 0.99995 0.01 0 -0.01 0.99995 0 0 0 1
    Tr_velo_to_cam: 0 -1 0 0.01 0 0 -1 -0.07 1 0 0 -0.27
    """

  init() throws { folder = try TemporaryFolder() }

  /// A drive of scans, with a calibration of each where it says so.
  private func dataset(isCalibrated: Bool = false, hasLabels: Bool = false) throws -> Dataset {
    let drive = folder.url.appending(path: "scans/drive")
    for part in ["velodyne", "calib", "labels"] {
      if part == "calib", !isCalibrated { continue }
      if part == "labels", !hasLabels { continue }
      try FileManager.default.createDirectory(
        at: drive.appending(path: part), withIntermediateDirectories: true)
    }
    for frame in ["000000", "000001"] {
      let cloud = RandomScan.cloud(count: 50, seed: 3)
      try ScanFile.write(
        Scan(cloud: cloud), to: drive.appending(path: "velodyne/\(frame).bin").path, as: .kittiBin)
      if isCalibrated {
        try Data(Self.calibration.utf8).write(to: drive.appending(path: "calib/\(frame).txt"))
      }
      if hasLabels {
        try LabelFile.write(
          [PointLabel](repeating: .unlabelled, count: 50),
          to: drive.appending(path: "labels/\(frame).label").path)
      }
    }
    return try Dataset.open(path: folder.path("scans"))
  }

  /// A drive of scans with one calibration for all.
  private func sequence() throws -> Dataset {
    let text = Self.calibration.replacingOccurrences(of: "Tr_velo_to_cam", with: "Tr")
    try folder.write(text: text, to: "scans/drive/calib.txt")
    return try dataset()
  }

  /// Annotates the first scan of a data set.
  private func annotate(_ dataset: Dataset, out: String) throws -> AnnotationSession {
    let session = try AnnotationSession(folder: folder.path(out), source: dataset.path)
    try annotate(dataset.scans[0], of: dataset, session)
    return session
  }

  private func annotate(
    _ scan: DatasetScan, of dataset: Dataset, _ session: AnnotationSession
  ) throws {
    let name = AnnotatedFiles.name(of: scan)
    try session.open(name, labels: [PointLabel](repeating: .unlabelled, count: 50))
    let object = AnnotatedObject(id: 4, objectClass: .car, box: Self.box, state: .confirmed)
    try session.perform(.addObject(object, points: PointRuns(3..<9)), in: name)
    try AnnotatedFiles(folder: session.folder, of: dataset).save(scan, of: session)
  }

  @Test func whatIsSavedIsADataSet() throws {
    let dataset = try dataset()
    let session = try annotate(dataset, out: "out")
    let written = try Dataset.open(path: folder.path("out"))
    #expect(written.scans.count == 1 && written.labelledCount == 1)
    #expect(written.scans[0].drive == "drive" && written.scans[0].frame == "000000")
    let read = try written.scans[0].read()
    #expect(read.scan.cloud.count == 50)
    let labels = try #require(try written.scans[0].labels(of: read.scan))
    #expect(labels == session.document.sweeps["drive/000000"]?.labels)
    #expect(labels[3] == PointLabel(semantic: 10, instance: 4))
    let boxes = try BoxFile(path: folder.path("out/drive/boxes/000000.json"))
    #expect(boxes.objects.map(\.id) == [4] && boxes.objects[0].box == Self.box)
    #expect(boxes.objects[0].state == .confirmed && boxes.frame == "sensor")
    #expect(!FileManager.default.fileExists(atPath: folder.path("out/drive/label_2")))
    #expect(session.unsavedSweeps.isEmpty)
  }

  @Test func withACalibrationTheBoxesAreKITTIs() throws {
    _ = try annotate(try dataset(isCalibrated: true), out: "out")
    let written = try Dataset.open(path: folder.path("out"))
    try expectBox(of: written.scans[0])
    let line = try String(
      contentsOfFile: folder.path("out/drive/label_2/000000.txt"), encoding: .utf8)
    #expect(line.hasPrefix("Car 0.00 3 ") && line.split(separator: " ").count == 15, "\(line)")
  }

  /// Expects that the box of KITTI's lines is the one that was annotated.
  private func expectBox(of scan: DatasetScan) throws {
    let found = try #require(try scan.boxes()?.first)
    for point in [SIMD3<Float>(14, 3, -1.6), SIMD3(15, 4, -1), SIMD3(12, 3, 0)] {
      let place = found.place(x: point.x, y: point.y, z: point.z)
      let expected = Self.box.own(SIMD3<Double>(point))
      let error = place - expected
      // The camera is turned by half a degree against the sensor, and the box stands upright there.
      #expect((error * error).sum().squareRoot() < 0.06, "\(place) for \(expected)")
    }
  }

  @Test func framesWithCalibrationsOfTheirOwnKeepThem() throws {
    let dataset = try dataset(isCalibrated: true)
    // The second frame's camera is a metre farther ahead.
    let other = Self.calibration.replacingOccurrences(of: "-0.27", with: "-1.27")
    try folder.write(text: other, to: "scans/drive/calib/000001.txt")
    let session = try annotate(dataset, out: "out")
    try annotate(dataset.scans[1], of: dataset, session)
    let written = try Dataset.open(path: folder.path("out"))
    #expect(written.scans.count == 2)
    for scan in written.scans { try expectBox(of: scan) }
    #expect(!FileManager.default.fileExists(atPath: folder.path("out/drive/calib.txt")))
  }

  @Test func theFramesOfASequenceShareTheirCalibration() throws {
    let dataset = try sequence()
    let session = try annotate(dataset, out: "out")
    try annotate(dataset.scans[1], of: dataset, session)
    for scan in try Dataset.open(path: folder.path("out")).scans { try expectBox(of: scan) }
    #expect(FileManager.default.fileExists(atPath: folder.path("out/drive/calib.txt")))
  }

  @Test func truthIsNeverWrittenOver() throws {
    let dataset = try dataset(hasLabels: true)
    for out in ["scans", "scans/drive", "."] {
      let error = #expect(throws: AnnotationError.self) {
        try AnnotatedFiles(folder: folder.path(out), of: dataset)
      }
      #expect(error?.code == .mismatch && error?.remedy.contains("--out") == true)
    }
    _ = try AnnotatedFiles(folder: folder.path("out"), of: dataset)
  }

  /// The session of a folder that was annotated before.
  private func again(_ dataset: Dataset, out: String) throws -> AnnotationSession {
    try AnnotationSession(folder: folder.path(out), source: dataset.path)
  }

  @Test(arguments: [
    "labels/000000.label", "boxes/000000.json", "label_2/000000.txt", "calib/000000.txt",
    "calib.txt",
  ])
  func filesOfOthersAreNotWrittenOver(_ name: String) throws {
    let dataset = try name == "calib.txt" ? sequence() : dataset(isCalibrated: true)
    let file = folder.url.appending(path: "out/drive/\(name)")
    try folder.write(text: "precious", to: "out/drive/\(name)")
    let error = #expect(throws: AnnotationError.self) { try annotate(dataset, out: "out") }
    #expect(error?.code == .mismatch && error?.path == file.path)
    #expect(try Data(contentsOf: file) == Data("precious".utf8))
    #expect(!FileManager.default.fileExists(atPath: folder.path("out/drive/velodyne")))

    try FileManager.default.removeItem(at: file)
    let session = try again(dataset, out: "out")
    #expect(!session.owns("drive/000000"))
    try AnnotatedFiles(folder: folder.path("out"), of: dataset).save(dataset.scans[0], of: session)
    #expect(session.owns("drive/000000") && FileManager.default.fileExists(atPath: file.path))
  }

  @Test func ourOwnFilesAreWrittenOver() throws {
    let dataset = try dataset(isCalibrated: true)
    do { _ = try annotate(dataset, out: "out") }
    let session = try again(dataset, out: "out")
    try session.perform(.delete(4), in: "drive/000000")
    try AnnotatedFiles(folder: folder.path("out"), of: dataset).save(dataset.scans[0], of: session)
    let saved = try LabelFile.read(folder.path("out/drive/labels/000000.label"))
    #expect(saved.allSatisfy { $0 == .unlabelled })
  }

  @Test func whereNoLinkCanBeMadeNothingIsWritten() throws {
    let dataset = try dataset()
    try folder.write(text: "precious", to: "out/drive/velodyne/000000.bin")
    let error = #expect(throws: AnnotationError.self) { try annotate(dataset, out: "out") }
    #expect(error?.code == .unwritable && error?.remedy == "Name another --out.")
    #expect(try again(dataset, out: "out").owns("drive/000000") == false)
    #expect(!FileManager.default.fileExists(atPath: folder.path("out/drive/labels")))
  }

  private static let hidden: [(String, @Sendable (inout DatasetScan) -> Void)] = [
    ("is an array", { $0.image = 3 }), ("has intensities", { $0.intensityScale = 0.5 }),
    ("is nuscenes", { $0.format = .nuScenes }),
  ]

  @Test(arguments: hidden.indices)
  func scansThatALinkWouldNotTellAreRefused(_ index: Int) throws {
    let (said, change) = Self.hidden[index]
    var dataset = try dataset()
    change(&dataset.scans[1])
    let changed = dataset
    let error = #expect(throws: AnnotationError.self) {
      try AnnotatedFiles(folder: folder.path("out"), of: changed)
    }
    #expect(error?.code == .mismatch && error?.remedy.contains("kitti-bin") == true)
    #expect(error?.message.contains("'\(changed.scans[1].path)' \(said)") == true)
  }

  @Test func whatTheFileSaysItselfIsNotRefused() throws {
    var dataset = try dataset()
    for index in dataset.scans.indices { dataset.scans[index].format = .kittiBin }
    let same = dataset
    #expect(throws: Never.self) { try AnnotatedFiles(folder: folder.path("out"), of: same) }
  }

  @Test func damagedBoxesAreNamed() throws {
    for text in [
      "{", "{\"frame\":\"camera\",\"objects\":[]}",
      "{\"frame\":\"sensor\",\"objects\":[{\"id\":1,\"class\":\"car\","
        + "\"box\":{\"bottom\":[0,0,0],\"size\":[0,1,1],\"heading\":0}}]}",
    ] {
      let path = try folder.write(Array(text.utf8), to: "boxes.json")
      let error = #expect(throws: AnnotationError.self) { try BoxFile(path: path) }
      #expect(error?.code == .damaged && error?.path == path)
    }
    let missing = #expect(throws: AnnotationError.self) { try BoxFile(path: folder.path("no")) }
    #expect(missing?.code == .unreadable)
  }
}
