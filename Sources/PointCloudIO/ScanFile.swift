public import PointClouds

/// Reads and writes files of one scan.
public enum ScanFile {
  /// The format of a file: by its content, then by how plausible its values are, then by its name.
  ///
  /// - Throws: `.unreadable`; `.unrecognised` where nothing, or more than one format, fits.
  public static func recognise(_ path: String) throws(PointCloudIOError) -> ScanFormat {
    try ScanRecognition.format(of: FileContent(path: path))
  }

  /// Reads a scan, as `format` or as what the file is recognised to be.
  ///
  /// Where a file is damaged and some of its points can be read, they are given and
  /// `ReadScan.damage` says what is wrong.
  ///
  /// - Throws: `.unreadable`; `.unrecognised`; `.unsupported`; `.damaged` where nothing can be read.
  public static func read(
    _ path: String, as format: ScanFormat? = nil
  ) throws(PointCloudIOError) -> ReadScan {
    let file = try FileContent(path: path)
    guard let format else {
      return try read(file, as: ScanRecognition.format(of: file))
    }
    return try read(file, as: format)
  }

  static func read(
    _ file: FileContent, as format: ScanFormat
  ) throws(PointCloudIOError) -> ReadScan {
    if file.bytes.isEmpty { throw file.damaged("the file is empty", at: 0) }
    switch format {
    case .kittiBin, .nuScenes: return try HeaderlessPoints.read(file, as: format)
    case .squeezeSegNpy: return try NumpyFile.read(file)
    case .pcd: return try PCDFile.read(file)
    case .ply: return try PLYFile.read(file)
    case .las: return try LASFile.read(file)
    }
  }

  /// Writes a scan; the file appears whole or not at all.
  ///
  /// `ScanFormat.lost(of:)` tells beforehand what the format cannot hold.
  ///
  /// - Throws: `.unsupported` for an encoding or scan that the format does not have; `.unwritable`;
  ///   `.exhausted`.
  public static func write(
    _ scan: Scan, to path: String, as format: ScanFormat, encoding: ScanEncoding = .binary
  ) throws(PointCloudIOError) {
    do {
      try AtomicFile.write(bytes(of: scan, as: format, encoding: encoding), to: path)
    } catch {
      var error = error
      error.path = path
      throw error
    }
  }

  static func bytes(
    of scan: Scan, as format: ScanFormat, encoding: ScanEncoding
  ) throws(PointCloudIOError) -> [UInt8] {
    switch format {
    case .kittiBin, .nuScenes: try HeaderlessPoints.write(scan, as: format)
    case .squeezeSegNpy: NumpyFile.write(scan)
    case .pcd: try PCDFile.write(scan, encoding: encoding)
    case .ply: try PLYFile.write(scan, encoding: encoding)
    case .las: try LASWriting.bytes(of: scan)
    }
  }
}
