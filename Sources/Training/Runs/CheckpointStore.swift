import Foundation
import PointCloudIO

/// The checkpoints of a run: a folder that keeps the two newest.
///
/// One process writes to it at a time; `RunFolder` sees to that.
package struct CheckpointStore: Sendable {
  /// A checkpoint's file.
  package struct Entry: Equatable, Sendable {
    /// Steps that are done in it.
    package var step: Int
    /// Its path.
    package var path: String
  }

  /// The folder's path; it exists.
  package let folder: String

  private static let keptCount = 2
  private static let prefix = "step-"
  private static let suffix = ".safetensors"

  /// The store in an existing folder.
  package init(folder: String) {
    self.folder = folder
  }

  /// The checkpoints that are there, oldest first.
  ///
  /// - Throws: `.unreadable` where the folder cannot be listed.
  package func list() throws(TrainingError) -> [Entry] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw TrainingError(
        .unreadable, "the folder of checkpoints cannot be listed",
        remedy: "check the path and its permissions", path: folder)
    }
    return names.compactMap(Self.step).sorted().map(entry)
  }

  /// Reads the newest checkpoint; nothing where there is none.
  ///
  /// A damaged one is an error and never passed over.
  ///
  /// - Throws: `.unreadable`, `.damaged`.
  package func latest() throws(TrainingError) -> Checkpoint? {
    guard let newest = try list().last else { return nil }
    let checkpoint = try Checkpoint(path: newest.path)
    guard checkpoint.state.step == newest.step else {
      throw TrainingError(
        .damaged, "the file is named after step \(newest.step) and is of \(checkpoint.state.step)",
        remedy: "give the file its own name again, or delete it", path: newest.path)
    }
    return checkpoint
  }

  /// Writes a checkpoint, and once it is safe on the disk deletes all but the two newest.
  ///
  /// - Throws: `.mismatched` where a later one is there; `.exhausted` or `.unwritable`, and then
  ///   those that were there still are.
  package func write(_ checkpoint: Checkpoint) throws {
    let new = entry(step: checkpoint.state.step)
    if let later = try list().last, later.step > new.step {
      throw TrainingError(
        .mismatched, "a checkpoint of a later step (\(later.step)) is there already",
        remedy: "delete it, or train in another folder", path: later.path)
    }
    try TrainingError.located { try AtomicFile.write([UInt8](checkpoint.bytes()), to: new.path) }
    try tidy()
  }

  /// Links `latest` to the newest checkpoint and deletes all but the two newest.
  ///
  /// A run that was killed behind writing a checkpoint has not come to it.
  ///
  /// - Throws: `.unwritable`, `.unreadable`.
  package func tidy() throws(TrainingError) {
    let entries = try list()
    guard let newest = entries.last else { return }
    try linkLatest(to: Self.name(of: newest.step))
    for entry in entries.dropLast(Self.keptCount) where unlink(entry.path) != 0 {
      throw TrainingError(
        .unwritable, "this old checkpoint cannot be deleted: \(String(cString: strerror(errno)))",
        remedy: "check the permissions of its folder", path: entry.path)
    }
  }

  /// Lets the link `latest` name a file; for people, and never read here.
  private func linkLatest(to name: String) throws(TrainingError) {
    let link = path(of: "latest")
    // A link cannot be changed, only replaced.
    let next = path(of: ".latest.partial")
    unlink(next)
    guard symlink(name, next) == 0, rename(next, link) == 0 else {
      throw TrainingError(
        .unwritable, "this link cannot be made: \(String(cString: strerror(errno)))",
        remedy: "check the permissions of its folder", path: link)
    }
  }

  private func entry(step: Int) -> Entry {
    Entry(step: step, path: path(of: Self.name(of: step)))
  }

  private func path(of name: String) -> String {
    URL(fileURLWithPath: folder).appending(path: name).path
  }

  private static func name(of step: Int) -> String {
    let digits = String(step)
    return prefix + String(repeating: "0", count: max(8 - digits.count, 0)) + digits + suffix
  }

  /// The step in a checkpoint's name; nothing where this is not how they are named.
  private static func step(of name: String) -> Int? {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix),
      let step = Int(name.dropFirst(prefix.count).dropLast(suffix.count)), step >= 0,
      Self.name(of: step) == name
    else { return nil }
    return step
  }
}
