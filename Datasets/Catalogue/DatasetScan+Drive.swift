package import Foundation

/// What lies beside a scan in its drive's folders.
extension DatasetScan {
  /// The folder of its drive, which holds the one of its points.
  package var driveFolder: URL {
    let points = URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent()
    let drive = points.deletingLastPathComponent()
    return points.lastPathComponent == "data" ? drive.deletingLastPathComponent() : drive
  }

  /// How the camera stands beside the sensor: the calibration of its boxes, or `calib/FRAME.txt` or
  /// `calib.txt` of its drive, or its recording day's.
  ///
  /// - Returns: nothing where there is none.
  /// - Throws: `unreadable` or `malformed` where there is one that cannot be read.
  package func calibration() throws(DatasetsError) -> KITTICalibration? {
    guard let place = calibrationPlace else { return nil }
    return try KITTIFrame(objectsPath: "", calibration: place).readCalibration()
  }

  /// Whether the calibration is the scan's own, as with KITTI's object frames, and not all its drive's.
  package var hasOwnCalibration: Bool {
    if case .objectFile? = calibrationPlace { true } else { false }
  }

  private var calibrationPlace: KITTIFrame.Calibration? {
    if case .boxes(let frame) = truth { return frame.calibration }
    if let objects { return objects.calibration }
    let drive = driveFolder
    func file(_ folder: URL, _ name: String) -> String? {
      let path = folder.appending(path: name).path
      return FileManager.default.fileExists(atPath: path) ? path : nil
    }
    if let path = file(drive, "calib/\(frame).txt") {
      return .objectFile(path, image: imagePath)
    }
    if let path = file(drive, "calib.txt") { return .sequenceFile(path) }
    for folder in [drive.deletingLastPathComponent(), drive]
    where file(folder, "calib_velo_to_cam.txt") != nil {
      return .rawFolder(folder.path)
    }
    return nil
  }

  /// The left colour camera's image of the same moment, where there is one: KITTI's
  /// `image_02/data/FRAME.png` or `image_2/FRAME.png`.
  package var imagePath: String? {
    ["image_02/data", "image_2"].lazy.flatMap { folder in
      ["png", "jpg"].map { "\(folder)/\(frame).\($0)" }
    }
    .map { driveFolder.appending(path: $0).path }
    .first { FileManager.default.fileExists(atPath: $0) }
  }
}
