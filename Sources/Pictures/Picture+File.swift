import Foundation

extension Picture {
  /// Writes the picture as a PNG file, which appears whole or not at all.
  ///
  /// - Throws: `PicturesError` with `.unwritable`, or `.tooLarge` as `pngData()` does.
  public func write(to path: String) throws(PicturesError) {
    let data = try pngData()
    do {
      try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw PicturesError(
        .unwritable, "the picture cannot be written: \(error.localizedDescription)",
        remedy: "name a file in a folder that exists and can be written to", path: path)
    }
  }
}
