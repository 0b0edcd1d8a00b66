import Datasets
import Foundation
import PointClouds
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
