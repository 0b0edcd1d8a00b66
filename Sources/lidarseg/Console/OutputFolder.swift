import Foundation
import PointCloudIO

/// Folders that the program writes into.
enum OutputFolder {
  /// Makes the folder of a file that is written after long work, and tries whether it can be written there, so that
  /// the work is not in vain.
  static func make(for path: String) throws {
    if !FileManager.default.fileExists(atPath: path) {
      try make(URL(fileURLWithPath: path).deletingLastPathComponent())
    }
    try AtomicFile.check(path: path)
  }

  /// Makes a folder and those it lies in, where they are missing.
  static func make(_ folder: URL) throws(ErrorReport) {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
      let number = cause.map { Int32($0.code) } ?? 0
      let isFull = [ENOSPC, EDQUOT].contains(number)
      throw ErrorReport(
        status: isFull ? .exhausted : .unreadable,
        message: "the output folder cannot be made: "
          + (number > 0 ? String(cString: strerror(number)) : error.localizedDescription),
        remedy: "name a folder that you may write to, on a disk with room", path: folder.path,
        isAboutOutput: true)
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder),
      isFolder.boolValue
    else {
      throw ErrorReport(
        status: .unreadable, message: "the output folder is a file",
        remedy: "name a folder, or move the file away", path: folder.path, isAboutOutput: true)
    }
  }
}
