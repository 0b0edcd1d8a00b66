import Foundation

extension OusterMetadata {
  /// Reads the JSON that a sensor says, in its old form or its new one.
  ///
  /// - Parameters:
  ///   - json: all bytes of it.
  ///   - path: the file that errors are to name.
  /// - Throws: `damaged` where it cannot be read, `unsupported` for a profile that is not known,
  ///   `uncalibrated` where something is missing or cannot be.
  public init(json: [UInt8], path: String? = nil) throws(PacketsError) {
    do throws(PacketsError) {
      try self.init(OusterDocument(json: json))
    } catch {
      var located = error
      located.path = path
      throw located
    }
  }

  /// Reads a file of such JSON.
  ///
  /// - Throws: `unreadable`, and what `init(json:path:)` throws.
  public init(path: String) throws(PacketsError) {
    // One byte more than may be is enough to say that there are too many.
    guard let file = FileHandle(forReadingAtPath: path),
      let bytes = try? file.read(upToCount: OusterDocument.longest + 1)
    else {
      throw PacketsError(
        .unreadable, "the metadata cannot be opened",
        remedy: "Check that the file exists and may be read.", path: path)
    }
    try self.init(json: [UInt8](bytes), path: path)
  }
}
