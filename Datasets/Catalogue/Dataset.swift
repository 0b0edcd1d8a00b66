import Foundation
public import PointClouds

/// The scans of a data set by name, in an order that depends on nothing but their names.
public struct Dataset: Equatable, Sendable {
  /// How its files are laid out.
  public var layout: Layout
  /// The folder or file it was opened from.
  public var path: String
  /// Its scans, by drive and then by frame.
  public var scans: [DatasetScan]
  /// The label map that it names.
  public var labelMap: LabelMap?
  /// The sensor that it names.
  public var sensor: String?

  /// A known arrangement of files.
  public enum Layout: String, Codable, Sendable {
    /// `sequences/NN/velodyne` and `sequences/NN/labels`.
    case semanticKITTI = "semantickitti"
    /// `velodyne`, `label_2` and `calib`, as they stand or in `training`.
    case kittiObject = "kitti-object"
    /// `velodyne_points/data`: one drive, the drives of a day, or days of drives.
    case kittiRaw = "kitti-raw"
    /// Drives side by side, each with `velodyne` and perhaps `labels`; or one of them.
    case drives
    /// A folder of `.npy` images, or one with a folder `lidar_2d` or `shards` of them; a file may hold
    /// several.
    case squeezeSeg = "squeezeseg"
    /// A folder of scan files.
    case scans
    /// One scan file.
    case file
    /// A YAML that names the rest; see `Dataset.open(path:)`.
    case catalogue
  }

  /// How many scans have labels beside them; those that hold labels themselves are not counted.
  public var labelledCount: Int {
    scans.count { $0.truth != .none && $0.truth != .withinScan }
  }

  /// The names of its drives, in order.
  public var drives: [String] {
    var seen: Set<String> = []
    return scans.map(\.drive).filter { seen.insert($0).inserted }
  }

  /// Finds the scans of a folder, a scan file, or a YAML that names them.
  ///
  /// A folder's layout is told by the names of its folders. The YAML, of which only `drives` must be
  /// there, and whose paths start at its own folder:
  ///
  ///     sensor: hdl64e-kitti        # a known sensor's name, or a YAML file
  ///     label-map: four-classes     # a bundled name, or a YAML file
  ///     format: kitti-bin           # recognised by content if left out
  ///     intensity-scale: 0.00392    # what intensities are multiplied by
  ///     drives:
  ///       - name: morning           # the folder's own name if left out
  ///         scans: morning/points   # a folder of scan files
  ///         labels: morning/labels  # a folder of FRAME.label; may be left out
  ///       - scans: evening/points
  ///
  /// - Throws: `unreadable` where there is nothing at `path`, `unrecognised` for a folder without
  ///   scans, `mismatch` where files contradict each other, `malformed` for a faulty YAML.
  public static func open(path: String) throws(DatasetsError) -> Dataset {
    let url = URL(fileURLWithPath: path)
    if let folder = Folder(url) { return try open(folder) }
    guard FileManager.default.fileExists(atPath: path) else {
      throw DatasetsError(
        .unreadable, "there is no such file or folder", remedy: "Check the path.", path: path)
    }
    if ["yaml", "yml"].contains(url.pathExtension.lowercased()) {
      return try open(catalogue: url)
    }
    return try open(file: url)
  }
}

extension Dataset {
  /// What a folder may be, in the order of trying.
  private enum Candidate: CaseIterable {
    case drive
    case drives
    case images
    case scans
  }

  private init(_ layout: Layout, _ folder: Folder, _ scans: [DatasetScan]) {
    self.init(layout: layout, path: folder.url.path, scans: scans)
  }

  private static func open(_ given: Folder) throws(DatasetsError) -> Dataset {
    let folder = driveFolder(ofPoints: given) ?? given
    for candidate in Candidate.allCases {
      let dataset =
        switch candidate {
        case .drive: try layout(ofDrive: folder)
        case .drives: try layout(ofDrives: folder)
        case .images: try layout(ofImages: folder)
        case .scans: try layout(ofScans: folder)
        }
      if let dataset, !dataset.scans.isEmpty { return dataset }
    }
    throw DatasetsError(
      .unrecognised, "the folder has no scans in a known layout",
      remedy: try hint(for: folder), path: folder.url.path)
  }

  /// Names a subfolder that could be opened, if there is one.
  private static func hint(for folder: Folder) throws(DatasetsError) -> String {
    for inner in try folder.folders() {
      let drives = try? inner.folders().compactMap(DriveFolder.init)
      if drives?.isEmpty == false { return "Name '\(inner.url.path)'." }
    }
    return "Name a folder with 'velodyne', 'velodyne_points/data', 'sequences', or scan files "
      + "(.bin, .pcd, .ply, .las, .npy)."
  }

  /// The drive that a folder of points belongs to, so that its labels are found.
  private static func driveFolder(ofPoints folder: Folder) -> Folder? {
    let parent = folder.url.standardizedFileURL.deletingLastPathComponent()
    for url in [parent, parent.deletingLastPathComponent()] {
      guard let drive = DriveFolder(Folder(url)) else { continue }
      // Paths, because equal URLs may differ by a slash at the end.
      if drive.points.url.standardizedFileURL.path == folder.url.standardizedFileURL.path {
        return drive.folder
      }
    }
    return nil
  }

  private static func layout(ofDrive folder: Folder) throws(DatasetsError) -> Dataset? {
    guard let drive = DriveFolder(folder) ?? DriveFolder(folder.folder("training")) else {
      return nil
    }
    let layout: Layout = drive.isRaw ? .kittiRaw : drive.isObject ? .kittiObject : .drives
    return Dataset(layout, folder, try drive.scans())
  }

  private static func layout(ofDrives folder: Folder) throws(DatasetsError) -> Dataset? {
    let sequences = folder.folder("sequences")
    var drives = try (sequences ?? folder).folders().compactMap(DriveFolder.init)
    if drives.isEmpty {
      for day in try folder.folders() {
        drives += try day.folders().compactMap(DriveFolder.init).filter(\.isRaw)
      }
    }
    var scans: [DatasetScan] = []
    for drive in drives { scans += try drive.scans() }
    let layout: Layout = drives.contains(where: \.isRaw) ? .kittiRaw : .drives
    return Dataset(sequences == nil ? layout : .semanticKITTI, folder, scans)
  }

  private static func layout(ofScans folder: Folder) throws(DatasetsError) -> Dataset? {
    Dataset(.scans, folder, try scans(in: folder, drive: folder.name))
  }

  /// The scan files of a folder; an array of several images gives as many scans, FRAME-IMAGE.
  static func scans(in folder: Folder, drive: String) throws(DatasetsError) -> [DatasetScan] {
    try folder.files(extensions: DriveFolder.scanExtensions).flatMap { file in
      if let images = images(in: file.path, drive: drive) {
        return images.map { image in
          var image = image
          image.frame = "\(file.frame)-\(image.frame)"
          return image
        }
      }
      return [
        DatasetScan(path: file.path, truth: .withinScan, drive: drive, frame: file.frame)
      ]
    }
  }

  /// A scan file by itself, with the truth that its drive has for it.
  private static func open(file url: URL) throws(DatasetsError) -> Dataset {
    let parent = url.standardizedFileURL.deletingLastPathComponent()
    let name = url.deletingPathExtension().lastPathComponent
    if let scans = images(in: url.path, drive: name) {
      return Dataset(layout: .squeezeSeg, path: url.path, scans: scans)
    }
    var scan = DatasetScan(
      path: url.path, truth: .withinScan, drive: parent.lastPathComponent, frame: name)
    if let points = Folder(parent), let drive = DriveFolder(driveFolder(ofPoints: points)),
      let found = try drive.scans().first(where: { $0.path.hasSuffix("/\(url.lastPathComponent)") })
    {
      scan = found
      scan.path = url.path
    }
    return Dataset(layout: .file, path: url.path, scans: [scan])
  }
}
