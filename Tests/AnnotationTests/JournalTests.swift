import Foundation
import PointClouds
import TestSupport
import Testing

@testable import Annotation

@Suite struct JournalTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func session(_ name: String = "a", source: String = "scans") throws -> AnnotationSession {
    try AnnotationSession(folder: folder.path(name), source: source)
  }

  private var journal: String { folder.path("a/annotation.journal") }

  /// Opens a sweep, does every operation to an object each, and undoes some.
  private func fill(_ session: AnnotationSession) throws -> [AnnotationDocument] {
    var states = [session.document]
    try session.open("d/0", labels: [PointLabel](repeating: .unlabelled, count: 20))
    states.append(session.document)
    for object in SmallSweep.objects {
      try session.perform(.addObject(object, points: PointRuns([Int(object.id)])), in: "d/0")
      states.append(session.document)
    }
    try session.perform(.assign(points: PointRuns(10..<15), to: 1), in: "d/0")
    states.append(session.document)
    for step in [session.undo, session.undo, session.redo] {
      _ = try step()
      states.append(session.document)
    }
    return states
  }

  @Test func whatWasDoneIsThereAgainWithItsUndo() throws {
    let last = try #require(fill(session()).last)
    let again = try session()
    #expect(again.document == last)
    #expect(again.recovery.tornBytes == 0 && again.recovery.staleOwner == nil)
    #expect(again.document.undoCount == 2 && again.document.redoCount == 1)
    try again.undo()
    #expect(again.document.undoCount == 1)
  }

  @Test func openingAndWritingSweepsAreNoSteps() throws {
    do {
      let session = try session()
      try session.open("d/0", labels: [PointLabel](repeating: .unlabelled, count: 20))
      try session.claim("d/0")
      #expect(session.stepCount == 0)
      try session.perform(.setClass(points: PointRuns([1]), semantic: 10), in: "d/0")
      try session.undo()
      try session.redo()
      // There is nothing that could be done again.
      try session.redo()
      #expect(session.stepCount == 3)
    }
    let again = try session()
    #expect(again.stepCount == 3 && again.recovery.recordCount == 6)
  }

  @Test func cutAnywhereTheJournalGivesWhatWasWhole() throws {
    let states = try fill(try session())
    let bytes = try Data(contentsOf: URL(fileURLWithPath: journal))
    var whole = 0
    for count in 0...bytes.count {
      if count > 0, bytes[count - 1] == UInt8(ascii: "\n") { whole += 1 }
      let cut = Array(bytes[..<count])
      let replay = try JournalReplay(cut, path: journal)
      #expect(replay.recordCount == whole)
      #expect(replay.length + replay.tornBytes == count)
      #expect(replay.document == (whole == 0 ? AnnotationDocument() : states[whole - 1]))
    }
    #expect(whole == states.count)
  }

  @Test(arguments: [1, 5, 40])
  func aTornRecordIsDroppedAndWorkGoesOn(_ torn: Int) throws {
    _ = try fill(try session())
    let bytes = try Data(contentsOf: URL(fileURLWithPath: journal))
    try bytes.dropLast(torn).write(to: URL(fileURLWithPath: journal))
    let document = try goOn()
    let last = try session()
    #expect(last.document == document && last.recovery.tornBytes == 0)
  }

  private func goOn() throws -> AnnotationDocument {
    let session = try session()
    #expect(session.recovery.tornBytes > 0)
    try session.perform(.confirm(1), in: "d/0")
    return session.document
  }

  @Test func aDamagedRecordBeforeTheLastIsNamedWithItsPlace() throws {
    _ = try fill(try session())
    var bytes = try Data(contentsOf: URL(fileURLWithPath: journal))
    let second = try #require(bytes.firstIndex(of: UInt8(ascii: "\n"))) + 1
    bytes[second + 12] ^= 1
    try bytes.write(to: URL(fileURLWithPath: journal))
    let error = #expect(throws: AnnotationError.self) { try session() }
    #expect(error?.code == .damaged && error?.offset == second)
    #expect(error?.message.contains("record 2") == true)
    #expect(try Data(contentsOf: URL(fileURLWithPath: journal)) == bytes)
  }

  @Test func anyOtherByteIsNoticed() throws {
    _ = try fill(try session())
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: journal)))
    let whole = try JournalReplay(bytes, path: journal)
    for position in stride(from: 0, to: bytes.count, by: 3) {
      var changed = bytes
      changed[position] ^= 0x10
      let replay = try? JournalReplay(changed, path: journal)
      #expect(replay?.recordCount != whole.recordCount)
    }
  }

  @Test func oneWriterAtATime() throws {
    let first = try session()
    let error = #expect(throws: AnnotationError.self) { try session() }
    #expect(error?.code == .locked)
    #expect(error?.message.contains("\(ProcessInfo.processInfo.processIdentifier)") == true)
    try withExtendedLifetime(first) { _ = try session("b") }
  }

  @Test func aLockWhoseProcessIsGoneIsTaken() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("a"), withIntermediateDirectories: true)
    try Data("999999\n".utf8).write(to: URL(fileURLWithPath: folder.path("a/annotation.lock")))
    let session = try session()
    #expect(session.recovery.staleOwner == 999_999)
  }

  @Test func aJournalOfOtherScansIsRefused() throws {
    do { _ = try session(source: "mornings") }
    let error = #expect(throws: AnnotationError.self) { try session(source: "evenings") }
    #expect(error?.code == .mismatch && error?.message.contains("mornings") == true)
  }

  @Test func aSweepOfAnotherLengthIsRefusedWithBothCounts() throws {
    let session = try session()
    try session.open("d/0", labels: [PointLabel](repeating: .unlabelled, count: 20))
    let error = #expect(throws: AnnotationError.self) {
      try session.open("d/0", labels: [PointLabel](repeating: .unlabelled, count: 21))
    }
    #expect(error?.message.contains("20") == true && error?.message.contains("21") == true)
  }

  @Test func aRefusedOperationIsNotWritten() throws {
    let session = try session()
    _ = try fill(session)
    let before = try Data(contentsOf: URL(fileURLWithPath: journal))
    #expect(throws: AnnotationError.self) { try session.perform(.delete(77), in: "d/0") }
    #expect(throws: AnnotationError.self) { try session.perform(.delete(1), in: "d/1") }
    #expect(throws: AnnotationError.self) {
      try session.perform(.moveBox(1, by: SIMD3(.infinity, 0, 0)), in: "d/0")
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: journal)) == before)
  }

  @Test func onAFullDiskTheJournalStaysAndGoesOnLater() throws {
    // No file of this process may be longer than a gibibyte for a while; the journal's beginning is a
    // hole of nearly that.
    var old = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &old)
    let handler = signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit(rlim_cur: 1 << 30, rlim_max: old.rlim_max)
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    defer {
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &old)
      _ = signal(SIGXFSZ, handler)
    }
    let path = folder.path("journal")
    let length = (1 << 30) - 10
    let journal = try JournalFile(path: path, length: length)
    let error = #expect(throws: AnnotationError.self) { try journal.append(.undo) }
    #expect(error?.code == .exhausted && error?.path == path)
    var status = stat()
    #expect(stat(path, &status) == 0 && Int(status.st_size) == length)
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &old)
    try journal.append(.redo)
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    try handle.seek(toOffset: UInt64(length))
    let written = try #require(try handle.readToEnd())
    #expect(JournalRecord(line: written.dropLast()) == .redo)
  }

  @Test func checksumsAreThoseOfISO3309() {
    #expect(JournalRecord.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(JournalRecord.checksum([]) == 0)
  }
}
