import Glibc

/// The right to be the only one who annotates in a folder.
///
/// The lock is the kernel's (`flock`), so that it ends with its process whatever becomes of that; the
/// file holds the process's number, for those who find it locked.
final class FolderLock {
  private let file: Int32
  /// The number of a process that ended without giving the lock back, where there was one.
  let staleOwner: Int?

  /// Takes the lock.
  ///
  /// - Throws: `locked` with the number of the process that has it; `unwritable`.
  init(path: String) throws(AnnotationError) {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard file >= 0 else {
      throw AnnotationError(
        .unwritable, "the lock cannot be made: \(String(cString: strerror(errno)))",
        remedy: "Check that the folder may be written to.", path: path)
    }
    let owner = Self.owner(in: file)
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      let who = owner.map { "process \($0)" } ?? "another process"
      throw AnnotationError(
        .locked, "\(who) annotates in this folder",
        remedy: "End it first, or name another --out.", path: path)
    }
    self.file = file
    staleOwner = owner
    let text = Array("\(getpid())\n".utf8)
    _ = ftruncate(file, 0)
    _ = text.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
  }

  // The file stays: who removed it might remove another's.
  deinit {
    _ = ftruncate(file, 0)
    close(file)
  }

  private static func owner(in file: Int32) -> Int? {
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
    guard count > 0 else { return nil }
    return Int(String(decoding: bytes[..<count].filter { $0 > 32 }, as: UTF8.self))
  }
}
