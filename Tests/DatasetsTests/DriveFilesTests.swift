import Datasets
import Foundation
import PCLBridge
import TestSupport
import Testing

/// What lies beside a scan in its drive.
@Suite struct DriveFilesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func scan(_ path: String) -> DatasetScan {
    DatasetScan(path: folder.path(path), truth: .none, drive: "drive", frame: "000007")
  }

  @Test(arguments: [
    ("drive/velodyne/000007.bin", "drive"),
    ("day/drive/velodyne_points/data/000007.bin", "day/drive"),
  ])
  func aScanKnowsItsDrive(_ path: String, _ drive: String) {
    #expect(scan(path).driveFolder.standardizedFileURL.path.hasSuffix("/\(drive)"))
  }

  @Test(arguments: [
    ("drive/velodyne", "drive/image_2/000007.png"),
    ("drive/velodyne", "drive/image_2/000007.jpg"),
    ("day/drive/velodyne_points/data", "day/drive/image_02/data/000007.png"),
  ])
  func theImageOfTheSameMomentIsFound(_ points: String, _ image: String) throws {
    let scan = scan("\(points)/000007.bin")
    #expect(scan.imagePath == nil)
    try folder.write(text: "png", to: image)
    #expect(scan.imagePath?.hasSuffix("/\(image)") == true)
  }

  @Test(arguments: ["drive/calib/000007.txt", "drive/calib.txt", "calib_velo_to_cam.txt"])
  func theCalibrationIsFound(_ place: String) throws {
    let scan = scan("drive/velodyne/000007.bin")
    #expect(try scan.calibration() == nil)
    let turn = "0 -1 0 0 0 -1 1 0 0"
    let matrix = "0 -1 0 0 0 0 -1 0 1 0 0 0"
    try folder.write(
      text: """
        P2: 700 0 600 0 0 700 180 0 0 0 1 0
        R0_rect: 1 0 0 0 1 0 0 0 1
        Tr: \(matrix)
        Tr_velo_to_cam: \(matrix)
        R: \(turn)
        T: 0 0 0
        """, to: place)
    try folder.write(
      text: """
        R_rect_00: 1 0 0 0 1 0 0 0 1
        P_rect_02: 700 0 600 0 0 700 180 0 0 0 1 0
        S_rect_02: 1242 375
        """, to: "calib_cam_to_cam.txt")
    let camera = try #require(try scan.calibration()).camera
    #expect(camera.cameraFromLidar == [0, -1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0])
    #expect(camera.projection[0] == 700 && camera.imageWidth == 1242)
  }

  @Test func aDamagedCalibrationIsNamed() throws {
    try folder.write(text: "P2: 1\n", to: "drive/calib.txt")
    let error = #expect(throws: DatasetsError.self) {
      try scan("drive/velodyne/000007.bin").calibration()
    }
    #expect(error?.path?.hasSuffix("drive/calib.txt") == true)
  }
}
