import Foundation

/// A folder that exists, and what it holds.
struct Folder {
  let url: URL

  /// A folder, or nothing where there is none at `url`.
  init?(_ url: URL) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder),
      isFolder.boolValue
    else { return nil }
    self.url = url
  }

  var name: String { url.standardizedFileURL.lastPathComponent }

  func folder(_ name: String) -> Folder? { Folder(url.appending(path: name)) }

  func file(_ name: String) -> String? {
    let path = url.appending(path: name).path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  /// The names in it, in order, without those that start with a dot.
  func names() throws(DatasetsError) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: url.path)
    guard let names else {
      throw DatasetsError(
        .unreadable, "the folder cannot be listed", remedy: "Check its permissions.", path: url.path
      )
    }
    return names.filter { !$0.hasPrefix(".") }.sorted(by: Self.comesBefore)
  }

  /// The folders in it, in order.
  func folders() throws(DatasetsError) -> [Folder] { try names().compactMap { folder($0) } }

  /// Files with one of the extensions by their names without it, in order.
  ///
  /// - Throws: `mismatch` where two files differ by the extension only.
  func files(extensions: [String]) throws(DatasetsError) -> [(frame: String, path: String)] {
    var files: [(frame: String, path: String)] = []
    for name in try names() {
      guard let ending = extensions.first(where: { name.lowercased().hasSuffix(".\($0)") })
      else { continue }
      let frame = String(name.dropLast(ending.count + 1))
      files.append((frame, url.appending(path: name).path))
    }
    for (file, next) in zip(files, files.dropFirst()) where file.frame == next.frame {
      throw DatasetsError(
        .mismatch, "'\(file.path)' and '\(next.path)' are the same frame",
        remedy: "Keep one of them.", path: url.path)
    }
    return files
  }

  /// Runs of digits by their value, so that 9 comes before 10; all else by its characters' codes.
  static func comesBefore(_ first: String, _ second: String) -> Bool {
    let (left, right) = (Array(first.utf8), Array(second.utf8))
    var (i, j) = (0, 0)
    while i < left.count, j < right.count {
      let (a, b) = (digits(left, from: i), digits(right, from: j))
      if a.isEmpty || b.isEmpty {
        if left[i] != right[j] { return left[i] < right[j] }
        i += 1
        j += 1
      } else {
        let (x, y) = (a.drop { $0 == zero }, b.drop { $0 == zero })
        if x.count != y.count { return x.count < y.count }
        if !x.elementsEqual(y) { return x.lexicographicallyPrecedes(y) }
        i = a.endIndex
        j = b.endIndex
      }
    }
    if i < left.count || j < right.count { return j < right.count }
    return left.lexicographicallyPrecedes(right)
  }

  private static let zero = UInt8(ascii: "0")

  private static func digits(_ bytes: [UInt8], from start: Int) -> ArraySlice<UInt8> {
    bytes[start...].prefix { (zero...UInt8(ascii: "9")).contains($0) }
  }
}
