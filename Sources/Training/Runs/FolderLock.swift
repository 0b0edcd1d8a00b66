import Foundation

/// Keeps a folder for one process, until it lets go or ends in whatever way.
final class FolderLock: Sendable {
  /// The file in the folder that is locked.
  static let name = ".lock"

  private let file: Int32

  /// Locks a folder.
  ///
  /// - Throws: `.mismatched` where another process has it, `.unwritable` where it cannot be locked.
  init(_ folder: String) throws(TrainingError) {
    let file = open("\(folder)/\(Self.name)", O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw Self.unwritable(folder) }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      let isHeld = errno == EWOULDBLOCK
      let failure = Self.unwritable(folder)
      close(file)
      guard isHeld else { throw failure }
      throw TrainingError(
        .mismatched, "another process is training in this folder",
        remedy: "wait for its end, or give another folder", path: folder)
    }
    self.file = file
  }

  deinit {
    close(file)
  }

  private static func unwritable(_ folder: String) -> TrainingError {
    TrainingError(
      .unwritable, "the folder cannot be locked: \(String(cString: strerror(errno)))",
      remedy: "check its permissions", path: folder)
  }
}
