import Exchange
import Foundation
import TestSupport

/// What a command needs: a small model, and scans.
struct CommandFiles {
  let folder: TemporaryFolder
  let model: String

  init() throws {
    folder = try TemporaryFolder()
    model = folder.path("tiny.safetensors")
    try ModelFile.write(TinyModel.make(), to: model)
  }

  func path(_ name: String) -> String { folder.path(name) }

  /// Writes a KITTI scan and gives its path.
  func scan(_ name: String = "scan.bin", points: Int = 500, seed: UInt64 = 3) throws -> String {
    try write(RandomScan.kittiBytes(RandomScan.cloud(count: points, seed: seed)), to: name)
  }

  /// Writes a folder of scans and gives its path.
  func scans(_ name: String, count: Int, points: Int = 500) throws -> String {
    for number in 0..<count {
      _ = try scan(
        "\(name)/\(String(format: "%06d", number)).bin", points: points, seed: UInt64(number))
    }
    return path(name)
  }

  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let url = folder.url.appending(path: name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return url.path
  }

  /// Bytes of a file; nothing where there is none.
  func count(_ name: String) -> Int? {
    try? Data(contentsOf: folder.url.appending(path: name)).count
  }

  /// All files below a folder.
  func files(_ name: String) -> [String] {
    (FileManager.default.enumerator(atPath: path(name))?.compactMap { $0 as? String } ?? [])
  }
}
