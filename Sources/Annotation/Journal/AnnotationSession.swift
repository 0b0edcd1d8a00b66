import Foundation
import PointCloudIO
public import PointClouds

/// Annotations in a folder: a document, and the journal that each operation is written to before it
/// is done.
///
/// The folder's `annotation.journal` is followed when it is opened again; `annotation.lock` keeps
/// others away meanwhile. One thread at a time uses a session.
public final class AnnotationSession {
  /// The folder.
  public let folder: String
  /// The annotations.
  public private(set) var document: AnnotationDocument
  /// How many steps were ever done, taken back or done again: one more for each, so that who lost an
  /// answer can tell whether the step was done.
  public private(set) var stepCount: Int
  /// What was found when the folder was opened.
  public let recovery: Recovery
  /// Sweeps that were changed after they were last saved.
  public private(set) var unsavedSweeps: Set<String>

  private let lock: FolderLock
  private let journal: JournalFile
  /// The sweeps whose files are ours to write over.
  private var saved: Set<String>

  /// What was found when a folder was opened.
  public struct Recovery: Codable, Equatable, Sendable {
    /// Records that were followed.
    public var recordCount: Int
    /// Bytes of a record at the end that was not written to its end, and was dropped.
    public var tornBytes: Int
    /// The process that ended without giving the folder back, where there was one.
    public var staleOwner: Int?
  }

  /// Opens a folder for annotations of `source`, or goes on with those in it.
  ///
  /// - Throws: `locked` where another session has it; `mismatch` where its journal is of another
  ///   source; `damaged`; `unreadable`; `unwritable`; `exhausted`.
  public init(folder: String, source: String) throws(AnnotationError) {
    self.folder = folder
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw AnnotationError(
        .unwritable, "the folder cannot be made: \(error.localizedDescription)",
        remedy: "Name a folder that you may write to.", path: folder)
    }
    lock = try FolderLock(annotating: folder)
    let path = folder + "/annotation.journal"
    let replay = try JournalReplay(try JournalFile.read(path) ?? [], path: path)
    if let other = replay.source, other != source {
      throw AnnotationError(
        .mismatch, "the journal is of '\(other)', not of '\(source)'",
        remedy: "Name the same scans, or another --out.", path: path)
    }
    document = replay.document
    saved = replay.saved
    unsavedSweeps = Set(replay.document.sweeps.keys)
    recovery = Recovery(
      recordCount: replay.recordCount, tornBytes: replay.tornBytes, staleOwner: lock.staleOwner)
    journal = try JournalFile(path: path, length: replay.length)
    stepCount = replay.stepCount
    if replay.source == nil {
      try journal.append(.header(version: JournalRecord.version, source: source))
    }
  }

  /// Opens a sweep with the labels that its points start with; one that is open stays as it is.
  ///
  /// - Throws: `mismatch` where it is open with another number of points; `exhausted`; `unwritable`.
  public func open(_ name: String, labels: [PointLabel]) throws(AnnotationError) {
    if let sweep = document.sweeps[name] {
      guard sweep.labels.count == labels.count else {
        throw AnnotationError(
          .mismatch,
          "sweep \(name) was annotated with \(sweep.labels.count) points and has "
            + "\(labels.count)", remedy: "Restore the scan, or name another --out.", path: folder)
      }
      return
    }
    try journal.append(.open(sweep: name, labels: JournalRecord.runs(of: labels)))
    try document.open(name, labels: labels)
    unsavedSweeps.insert(name)
  }

  /// Does an operation to a sweep.
  ///
  /// - Throws: `invalidOperation`; `exhausted` or `unwritable` where the journal cannot take it. In
  ///   all cases nothing has changed then.
  public func perform(
    _ operation: AnnotationOperation, in name: String
  ) throws(AnnotationError) {
    try document.check(operation, in: name)
    try journal.append(.perform(sweep: name, operation))
    try document.perform(operation, in: name)
    stepCount += 1
    unsavedSweeps.insert(name)
  }

  /// Takes the last operation back.
  ///
  /// - Returns: the sweep that it was done to, or nothing where there was none.
  /// - Throws: `exhausted`; `unwritable`.
  @discardableResult
  public func undo() throws(AnnotationError) -> String? {
    guard let name = document.undoSweep else { return nil }
    try journal.append(.undo)
    document.undo()
    stepCount += 1
    unsavedSweeps.insert(name)
    return name
  }

  /// Does what was last taken back again.
  ///
  /// - Returns: the sweep that it is done to, or nothing where there was none.
  /// - Throws: `exhausted`; `unwritable`.
  @discardableResult
  public func redo() throws(AnnotationError) -> String? {
    guard let name = document.redoSweep else { return nil }
    try journal.append(.redo)
    document.redo()
    stepCount += 1
    unsavedSweeps.insert(name)
    return name
  }

  /// Whether a sweep's files were written by this folder's annotators, so that they may be written
  /// over.
  public func owns(_ name: String) -> Bool { saved.contains(name) }

  /// Whether files of any of a drive's sweeps were.
  func ownsSweep(ofDrive drive: String) -> Bool { saved.contains { $0.hasPrefix("\(drive)/") } }

  /// Remembers that a sweep's files are to be written, before they are.
  func claim(_ name: String) throws(AnnotationError) {
    guard !saved.contains(name) else { return }
    try journal.append(.saved(sweep: name))
    saved.insert(name)
  }

  /// Remembers that a sweep's files hold what it is.
  func wasSaved(_ name: String) { unsavedSweeps.remove(name) }
}
