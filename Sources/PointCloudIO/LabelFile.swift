public import PointClouds

/// SemanticKITTI's `.label` files: one little-endian `UInt32` for each point of a scan, the class
/// in the low and the instance in the high 16 bits.
public enum LabelFile {
  /// Reads the labels of a scan of `count` points, or all there are where `count` is nothing.
  ///
  /// - Throws: `.unreadable`; `.damaged` where the file's length is not that of `count` labels.
  public static func read(
    _ path: String, expecting count: Int? = nil
  ) throws(PointCloudIOError) -> [PointLabel] {
    try read(FileContent(path: path), expecting: count)
  }

  static func read(
    _ file: FileContent, expecting count: Int? = nil
  ) throws(PointCloudIOError) -> [PointLabel] {
    let whole = file.count / 4
    guard file.count % 4 == 0 else {
      throw file.damaged(
        "\(file.count % 4) bytes after \(whole) whole labels of 4 bytes", at: whole * 4)
    }
    if let count, count != whole {
      throw file.damaged(
        "\(whole) labels for a scan of \(count) points", at: min(whole, count) * 4,
        remedy: "Name the label file of this scan.")
    }
    return Columns.column(file.bytes, offset: 0, step: 4, count: whole) { (bits: UInt32) in
      PointLabel(rawValue: UInt32(littleEndian: bits))
    }
  }

  /// Writes labels; the file appears whole or not at all.
  ///
  /// - Throws: `.unwritable`; `.exhausted`.
  public static func write(
    _ labels: [PointLabel], to path: String
  ) throws(PointCloudIOError) {
    var bytes = [UInt8](repeating: 0, count: 4 * labels.count)
    Columns.store(labels, into: &bytes, offset: 0, step: 4) { $0.rawValue }
    try AtomicFile.write(bytes, to: path)
  }
}
