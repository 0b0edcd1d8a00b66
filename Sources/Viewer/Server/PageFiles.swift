#if Viewer
import CBundledFiles
import Hummingbird

/// The page's files, which the program carries within itself.
package struct PageFiles: Sendable {
  /// One of them.
  struct File: Sendable {
    var content: ByteBuffer
    var type: String
    /// Another one where the content is another one.
    var tag: String
  }

  private static let folder = "viewer/"
  private let files: [String: File]

  /// All files of the page.
  package init() {
    var files: [String: File] = [:]
    for position in 0..<bundled_file_count() {
      let file = bundled_file_at(position)
      let path = String(cString: file.name)
      guard path.hasPrefix(Self.folder) else { continue }
      let bytes = UnsafeBufferPointer(start: file.bytes, count: file.count)
      let name = String(path.dropFirst(Self.folder.count))
      files[name] = File(
        content: ByteBuffer(bytes: bytes), type: Self.type(of: name), tag: Self.tag(of: bytes))
    }
    self.files = files
  }

  /// Their names.
  package var names: [String] { files.keys.sorted() }

  subscript(name: String) -> File? { files[name] }

  private static func type(of name: String) -> String {
    switch name.split(separator: ".").last {
    case "html": "text/html; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "svg": "image/svg+xml"
    default: "application/octet-stream"
    }
  }

  /// The 64-bit FNV-1a hash, in quotes as HTTP wants it.
  private static func tag(of bytes: some Sequence<UInt8>) -> String {
    let hash = bytes.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3
    }
    return "\"\(String(hash, radix: 16))\""
  }
}
#endif
