import PointCloudIO

extension Picture {
  /// Writes the picture as a PNG file, which appears whole or not at all.
  ///
  /// - Throws: `PicturesError` with `.unwritable` or `.exhausted`, or `.tooLarge` as `pngData()` does.
  public func write(to path: String) throws(PicturesError) {
    let data = try pngData()
    do {
      try AtomicFile.write([UInt8](data), to: path)
    } catch {
      throw PicturesError(
        error.code == .exhausted ? .exhausted : .unwritable, error.message, remedy: error.remedy,
        path: path)
    }
  }
}
