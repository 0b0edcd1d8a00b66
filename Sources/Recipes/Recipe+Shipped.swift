import CBundledFiles
import Foundation

extension Recipe {
  private static let folder = "recipes/"
  private static let suffix = ".yaml"

  /// The names of the recipes that the program carries within itself.
  public static var shippedNames: [String] {
    (0..<bundled_file_count()).map { String(cString: bundled_file_at($0).name) }
      .filter { $0.hasPrefix(folder) }
      .map { String($0.dropFirst(folder.count).dropLast(suffix.count)) }
  }

  /// The text of a recipe that the program carries within itself; nothing where there is none of this
  /// name.
  static func shipped(_ name: String) -> String? {
    for position in 0..<bundled_file_count() {
      let file = bundled_file_at(position)
      guard String(cString: file.name) == folder + name + suffix else { continue }
      return String(
        decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
    }
    return nil
  }
}
