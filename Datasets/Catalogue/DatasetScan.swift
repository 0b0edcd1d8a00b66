import Foundation
public import PointCloudIO
public import PointClouds

/// One scan of a data set, and where the truth about it lies.
public struct DatasetScan: Equatable, Sendable {
  /// The file of the points.
  public var path: String
  /// What is known of them.
  public var truth: Truth
  /// The recording that the scan belongs to: scans of one drive resemble each other.
  public var drive: String
  /// The scan's name within its drive: the file's without its extension.
  public var frame: String
  /// KITTI's boxes of its objects, where they lie beside labels of its points.
  public var objects: KITTIFrame?
  /// Which image of its file the scan is, where the file is an array of several.
  public var image: Int?
  /// The kind of its file, where the data set says so.
  public var format: ScanFormat?
  /// What intensities are multiplied by.
  public var intensityScale: Float = 1

  /// Where the labels of a scan come from.
  public enum Truth: Equatable, Sendable {
    /// There are none.
    case none
    /// The scan's own file may hold them in a field.
    case withinScan
    /// A SemanticKITTI `.label` file.
    case labels(path: String)
    /// KITTI's boxes.
    case boxes(KITTIFrame)
  }

  /// A scan; see the properties.
  public init(
    path: String, truth: Truth, drive: String, frame: String, objects: KITTIFrame? = nil,
    image: Int? = nil
  ) {
    self.path = path
    self.truth = truth
    self.drive = drive
    self.frame = frame
    self.objects = objects
    self.image = image
  }

  /// Reads the scan: as `format`, as what the data set says, or as what its file is recognised to be.
  ///
  /// - Throws: what `ScanFile.read` throws.
  public func read(as format: ScanFormat? = nil) throws(PointCloudIOError) -> ReadScan {
    var result =
      if let image {
        try ScanFile.read(path, image: image)
      } else {
        try ScanFile.read(path, as: format ?? self.format)
      }
    if intensityScale != 1 {
      for index in result.scan.cloud.intensity.indices {
        result.scan.cloud.intensity[index] *= intensityScale
      }
    }
    return result
  }
}

/// A KITTI frame whose truth is boxes: its annotation and how the camera stands.
public struct KITTIFrame: Equatable, Sendable {
  /// The `label_2` file.
  public var objectsPath: String
  /// Where the calibration is.
  public var calibration: Calibration

  /// Where a frame's calibration is.
  public enum Calibration: Equatable, Sendable {
    /// An object frame's `calib` file, and the frame's image if it is there.
    case objectFile(String, image: String?)
    /// A recording day's folder with its `calib_*.txt`.
    case rawFolder(String)
    /// An odometry sequence's `calib.txt`.
    case sequenceFile(String)
  }

  /// A frame; see the properties.
  public init(objectsPath: String, calibration: Calibration) {
    self.objectsPath = objectsPath
    self.calibration = calibration
  }

  /// One class per point of the frame's scan.
  ///
  /// The image's size comes from the frame's PNG if that is there, otherwise it is
  /// `KITTICalibration.ImageSize.usual`; a recording day's calibration says it itself.
  /// - Throws: `unreadable` or `malformed` for the frame's files.
  public func classes(of cloud: PointCloud) throws(DatasetsError) -> [KITTIClass] {
    let objects = try KITTIObjects(path: objectsPath)
    return try readCalibration().classes(of: cloud, in: objects)
  }

  /// One SemanticKITTI label per point of the frame's scan; see `classes(of:)`.
  ///
  /// - Throws: `unreadable` or `malformed` for the frame's files.
  public func labels(of cloud: PointCloud) throws(DatasetsError) -> [PointLabel] {
    try classes(of: cloud).map(\.semanticKITTI)
  }

  /// - Throws: `unreadable` or `malformed`.
  func readCalibration() throws(DatasetsError) -> KITTICalibration {
    switch calibration {
    case .rawFolder(let folder): return try KITTICalibration(rawFolder: folder)
    case .sequenceFile(let path): return try KITTICalibration(sequenceFile: path)
    case .objectFile(let path, let image):
      guard let image else { return try KITTICalibration(objectFile: path) }
      return try KITTICalibration(
        objectFile: path, imageSize: KITTICalibration.ImageSize(pngFile: image))
    }
  }
}

extension KITTICalibration.ImageSize {
  /// Reads the size from a PNG's first chunk (PNG specification, section 11.2.2, IHDR).
  ///
  /// - Throws: `unreadable`, or `malformed` where the file does not start as a PNG does.
  public init(pngFile path: String) throws(DatasetsError) {
    let header: Data?
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      header = try handle.read(upToCount: 24)
    } catch {
      throw DatasetsError(
        .unreadable, "the image cannot be read", remedy: "Check its permissions.", path: path)
    }
    let bytes = [UInt8](header ?? Data())
    let start: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    guard bytes.count == 24, bytes.starts(with: start),
      bytes[12..<16].elementsEqual("IHDR".utf8)
    else {
      throw DatasetsError(
        .malformed, "the file does not start as a PNG does",
        remedy: "Restore the image, or remove it: its size is then assumed.", path: path, offset: 0)
    }
    let words = [16, 20].map { bytes[$0..<$0 + 4].reduce(0) { $0 << 8 | Int($1) } }
    self.init(width: words[0], height: words[1])
  }
}
