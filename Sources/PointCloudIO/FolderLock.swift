import Foundation

/// The right to be the only process that writes into a folder.
///
/// The lock is the kernel's (`flock`), so that it ends with its process whatever becomes of that; the file holds the
/// process's number, for those who find it locked.
package final class FolderLock: Sendable {
  /// Why a folder is not to be had.
  package enum Failure: Error {
    /// A process has it; its number, where that can be told.
    case held(by: Int?)
    /// The file cannot be made or locked: why, in words.
    case unwritable(String)
  }

  private let file: Int32
  /// The number of a process that ended without giving the lock back, where there was one.
  package let staleOwner: Int?

  /// Takes the lock.
  ///
  /// - Parameter path: the file that is locked; it stays when the lock is given back.
  /// - Throws: `Failure`.
  package init(path: String) throws(Failure) {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw .unwritable(String(cString: strerror(errno))) }
    let owner = Self.owner(in: file)
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      let cause = errno
      close(file)
      throw cause == EWOULDBLOCK
        ? .held(by: owner) : .unwritable(String(cString: strerror(cause)))
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
