import Datasets
import Foundation
import PointCloudIO
import PointClouds
import TestSupport
import Testing

/// Real frames and folders, against what is known of them.
@Suite struct DatasetsAcceptanceTests {
  @Test(arguments: ["000002", "000003", "000005"])
  func boxesGiveEveryPointOfAFrameItsClass(frame: String) throws {
    let folder = try SharedFolder.path("data/formats/kitti_object")
    let dataset = try Dataset.open(path: folder)
    #expect(dataset.layout == .kittiObject)
    #expect(dataset.scans.count == 3)
    let scan = try #require(dataset.scans.first { $0.frame == frame })
    guard case .boxes(let boxes) = scan.truth else {
      Issue.record("\(scan.truth) instead of boxes")
      return
    }
    let classes = try boxes.classes(of: readKITTI(scan.path))
    let expected = [UInt8](
      try Data(contentsOf: URL(fileURLWithPath: "\(folder)/kitti/\(frame).u8")))
    #expect(classes.count == expected.count)
    #expect(zip(classes, expected).count { $0.rawValue != $1 } == 0)
    #expect(classes.contains { $0 != .background && $0 != .outsideImage })
  }

  @Test func imagesOfAFrameHoldTheClassesOfItsPoints() throws {
    let source = try SharedFolder.path("data/formats/kitti_object")
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      "convert", source, folder.path("out"), "--to", "npy", "--json", timeout: 120)
    let counts = try #require(outcome.json["image"] as? [String: Int], "\(outcome.err)")
    #expect(counts.filter { $0.key != "unknownCells" }.values.reduce(0, +) == 365_087)
    var cells = 0
    for frame in ["000002", "000003", "000005"] {
      let path = folder.path("out/lidar_2d/kitti_object_\(frame).npy")
      #expect(try NumpyFloats(path: path).shape == [64, 512, 6])
      let image = try ScanFile.read(path).scan
      cells += image.cloud.count
      let cloud = try readKITTI("\(source)/velodyne/\(frame).bin")
      let classes = [UInt8](
        try Data(contentsOf: URL(fileURLWithPath: "\(source)/kitti/\(frame).u8")))
      var expected: [[Float]: UInt16] = [:]
      for index in 0..<cloud.count {
        // Cars and vans, people on foot or sitting, cyclists; all else is background to SqueezeSeg.
        let id: [UInt8: UInt16] = [1: 10, 4: 10, 2: 30, 6: 30, 3: 31]
        expected[[cloud.x[index], cloud.y[index], cloud.z[index]]] = id[classes[index]] ?? 99
      }
      for index in 0..<image.cloud.count {
        let place = [image.cloud.x[index], image.cloud.y[index], image.cloud.z[index]]
        #expect(expected[place] == image.labels?[index].semantic)
      }
    }
    #expect(counts["visible"] == cells && cells > 80_000)
  }

  @Test func aRecordingDaysCalibrationSeesWhatAnObjectFramesSees() throws {
    let shared = try SharedFolder.path("data/formats")
    let frame = KITTIFrame(
      objectsPath: "\(shared)/kitti_object/label_2/000003.txt",
      calibration: .rawFolder("\(shared)/kitti_raw"))
    let cloud = try readKITTI("\(shared)/kitti_object/velodyne/000003.bin")
    let expected = [UInt8](
      try Data(contentsOf: URL(fileURLWithPath: "\(shared)/kitti_object/kitti/000003.u8")))
    #expect(try frame.classes(of: cloud).map(\.rawValue) == expected)
  }

  @Test func theLabelledDrivesAreFound() throws {
    let dataset = try Dataset.open(path: SharedFolder.scans("labelled"))
    #expect(dataset.layout == .drives)
    #expect(dataset.drives.count == 16)
    #expect(dataset.scans.count == 151)
    #expect(dataset.labelledCount == 151)
    let long = dataset.scans.filter { $0.drive == "2011_09_26_drive_0005" }
    #expect(long.count == 80)
    #expect(
      long.map(\.frame) == (0..<80).map { String(repeating: "0", count: $0 < 10 ? 5 : 4) + "\($0)" }
    )
  }

  @Test func labelsOfBoxesAreThoseOfTheUnpackedDrives() throws {
    let map = try LabelMap.bundled("four-classes")
    let labelOfClass = (UInt8.min...UInt8.max).map {
      KITTIClass(rawValue: $0)?.semanticKITTI.rawValue
    }
    let scans = try Dataset.open(path: SharedFolder.scans("labelled")).scans
    for scan in scans.enumerated().filter({ $0.offset % 9 == 0 }).map(\.element) {
      guard case .labels(let path) = scan.truth else { continue }
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      let labels = data.withUnsafeBytes { Array($0.bindMemory(to: UInt32.self)) }
      let boxes = path.replacingOccurrences(of: "/labels/", with: "/kitti/")
        .replacingOccurrences(of: ".label", with: ".u8")
      let classes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: boxes)))
      #expect(labels.count == classes.count)
      #expect(zip(labels, classes).allSatisfy { $0 == labelOfClass[Int($1)] })
      #expect(Set(labels).allSatisfy { map.meaning(of: UInt16($0)) != .unknown })
    }
  }

  @Test(arguments: [
    ("kitti_raw/2011_09_26_drive_0005_sync", Dataset.Layout.kittiRaw, 1),
    ("kitti_raw", .kittiRaw, 1),
    ("squeezeseg", .squeezeSeg, 2), ("semantickitti", .scans, 1),
    ("semantickitti/000000.bin", .file, 1), ("kitti_object/velodyne/000003.bin", .file, 1),
  ])
  func layoutsAreToldApart(name: String, layout: Dataset.Layout, count: Int) throws {
    let dataset = try Dataset.open(path: SharedFolder.path("data/formats/\(name)"))
    #expect(dataset.layout == layout)
    #expect(dataset.scans.count == count)
  }
}

private func readKITTI(_ path: String) throws -> PointCloud {
  let data = try Data(contentsOf: URL(fileURLWithPath: path))
  let values = data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
  let columns = (0..<4).map { column in
    stride(from: column, to: values.count, by: 4).map { values[$0] }
  }
  return PointCloud(x: columns[0], y: columns[1], z: columns[2], intensity: columns[3])
}
