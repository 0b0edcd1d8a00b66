/// A document as its journal tells it.
struct JournalReplay {
  var document = AnnotationDocument()
  /// What is annotated, as the header says; nothing where the journal has none.
  var source: String?
  /// The sweeps that were written to files.
  var saved: Set<String> = []
  /// How many records were followed.
  var recordCount = 0
  /// How many of them are steps: operations, and those that were taken back or done again.
  var stepCount = 0
  /// How many bytes hold whole records.
  var length = 0
  /// How many bytes at the end are a record that was not written to its end.
  var tornBytes = 0

  /// Follows all records of a journal; the last one is dropped where it is torn.
  ///
  /// - Throws: `damaged` where a record before the last is damaged or contradicts those before it.
  init(_ bytes: [UInt8], path: String) throws(AnnotationError) {
    while length < bytes.count {
      let end = bytes[length...].firstIndex(of: UInt8(ascii: "\n"))
      guard let end, let record = JournalRecord(line: bytes[length..<end]) else {
        guard end == nil || end == bytes.count - 1 else { throw damaged(path) }
        tornBytes = bytes.count - length
        return
      }
      do {
        try follow(record)
      } catch {
        throw damaged(path, because: error.message)
      }
      recordCount += 1
      length = end + 1
    }
  }

  private mutating func follow(_ record: JournalRecord) throws(AnnotationError) {
    if case .header(let version, let source) = record {
      guard version == JournalRecord.version, recordCount == 0 else {
        throw Self.invalid("a header of version \(version) where there can be none")
      }
      self.source = source
      return
    }
    guard source != nil else { throw Self.invalid("the journal does not start with its header") }
    switch record {
    case .header: break
    case .open(let name, let runs):
      guard let labels = JournalRecord.labels(ofRuns: runs) else {
        throw Self.invalid("the labels of sweep \(name) are none")
      }
      try document.open(name, labels: labels)
    case .perform(let name, let operation):
      try document.perform(operation, in: name)
      stepCount += 1
    case .undo:
      document.undo()
      stepCount += 1
    case .redo:
      document.redo()
      stepCount += 1
    case .saved(let name): saved.insert(name)
    }
  }

  private static func invalid(_ message: String) -> AnnotationError {
    AnnotationError(.damaged, message, remedy: "")
  }

  private func damaged(_ path: String, because reason: String? = nil) -> AnnotationError {
    AnnotationError(
      .damaged,
      "record \(recordCount + 1) of the journal is damaged"
        + (reason.map { ": \($0)" } ?? ""),
      remedy: "Restore the journal, or cut it to its first \(length) bytes to go on from there.",
      path: path, offset: length)
  }
}
