import Foundation

/// A folder with the scans of one recording: `velodyne` or `velodyne_points/data`, and beside it
/// `labels`, or `label_2` and a calibration.
struct DriveFolder {
  let folder: Folder
  let points: Folder
  /// Whether it is laid out as KITTI's raw recordings are.
  let isRaw: Bool

  static let scanExtensions = ["pcd.bin", "bin", "pcd", "ply", "las", "npy"]

  /// A drive, or nothing where the folder is none.
  init?(_ folder: Folder?) {
    guard let folder else { return nil }
    if let points = folder.folder("velodyne_points/data") {
      self.points = points
      isRaw = true
    } else if let points = folder.folder("velodyne") {
      self.points = points
      isRaw = false
    } else {
      return nil
    }
    self.folder = folder
  }

  /// Whether it is laid out as KITTI's object frames are, each with a calibration of its own: a sequence
  /// has one for all.
  var isObject: Bool {
    !isRaw && folder.file("calib.txt") == nil
      && (folder.folder("label_2") != nil || folder.folder("calib") != nil)
  }

  func scans() throws(DatasetsError) -> [DatasetScan] {
    let labels = try Self.files(in: folder.folder("labels"), extensions: ["label"])
    let boxes = try Self.files(in: folder.folder("label_2"), extensions: ["txt"])
    return try points.files(extensions: Self.scanExtensions).map { (file) throws(DatasetsError) in
      var truth = DatasetScan.Truth.none
      var objects: KITTIFrame?
      if let path = labels[file.frame] {
        truth = .labels(path: path)
        objects = boxesBesideLabels(boxes[file.frame], of: file.frame)
      } else if let path = boxes[file.frame] {
        let calibration = try calibration(of: file.frame)
        truth = .boxes(KITTIFrame(objectsPath: path, calibration: calibration))
      }
      return DatasetScan(
        path: file.path, truth: truth, drive: folder.name, frame: file.frame, objects: objects)
    }
  }

  /// Simulated sequences have boxes and labels, and one calibration; annotated object frames have one each.
  private func boxesBesideLabels(_ path: String?, of frame: String) -> KITTIFrame? {
    let shared = folder.file("calib.txt").map { KITTIFrame.Calibration.sequenceFile($0) }
    guard let path, let calibration = ownCalibration(of: frame) ?? shared else { return nil }
    return KITTIFrame(objectsPath: path, calibration: calibration)
  }

  private func ownCalibration(of frame: String) -> KITTIFrame.Calibration? {
    folder.file("calib/\(frame).txt").map {
      .objectFile($0, image: folder.file("image_2/\(frame).png"))
    }
  }

  private func calibration(
    of frame: String
  ) throws(DatasetsError) -> KITTIFrame.Calibration {
    if let own = ownCalibration(of: frame) { return own }
    // The day's folder holds the calibration of all its drives.
    for url in [folder.url.standardizedFileURL.deletingLastPathComponent(), folder.url] {
      if let day = Folder(url), day.file("calib_velo_to_cam.txt") != nil {
        return .rawFolder(day.url.path)
      }
    }
    throw DatasetsError(
      .mismatch, "frame \(frame) has boxes but no calibration",
      remedy: isRaw
        ? "Put the day's calib_velo_to_cam.txt and calib_cam_to_cam.txt beside the drive."
        : "Put calib/\(frame).txt beside label_2.",
      path: folder.url.path)
  }

  static func files(
    in folder: Folder?, extensions: [String]
  ) throws(DatasetsError) -> [String: String] {
    guard let folder else { return [:] }
    let files = try folder.files(extensions: extensions)
    return Dictionary(uniqueKeysWithValues: files.map { ($0.frame, $0.path) })
  }
}
