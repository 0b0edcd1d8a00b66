import Foundation
import PointCloudIO

extension Dataset {
  /// The images of a folder, of its `lidar_2d`, or of its `shards`; nothing where most of its files are
  /// other scans.
  static func layout(ofImages folder: Folder) throws(DatasetsError) -> Dataset? {
    let home = folder.folder("lidar_2d") ?? folder.folder("shards") ?? folder
    let images = try home.files(extensions: ["npy"])
    let others = try folder.files(extensions: DriveFolder.scanExtensions).count
    guard others <= images.count else { return nil }
    return Dataset(
      layout: .squeezeSeg, path: folder.url.path,
      scans: images.flatMap { Self.images(in: $0.path, named: $0.frame, of: folder) })
  }

  /// The scans of an array: itself, named DRIVE_FRAME as in 2011_09_26_0001_0000000010, or the images
  /// of a drive of its name.
  private static func images(
    in path: String, named name: String, of folder: Folder
  ) -> [DatasetScan] {
    if let images = images(in: path, drive: name) { return images }
    let cut = name.lastIndex(of: "_")
    return [
      DatasetScan(
        path: path, truth: .withinScan,
        drive: cut.map { String(name[..<$0]) } ?? folder.name,
        frame: cut.map { String(name[$0...].dropFirst()) } ?? name)
    ]
  }

  /// The images of an array that holds several, or nothing where it does not.
  static func images(in path: String, drive: String) -> [DatasetScan]? {
    guard path.lowercased().hasSuffix(".npy"), let count = ScanFile.imageCount(path) else {
      return nil
    }
    return (0..<count).map { image in
      let digits = String(image)
      return DatasetScan(
        path: path, truth: .withinScan, drive: drive,
        frame: String(repeating: "0", count: max(0, 6 - digits.count)) + digits, image: image)
    }
  }
}
