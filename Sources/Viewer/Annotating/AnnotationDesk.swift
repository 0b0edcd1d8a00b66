#if Viewer
package import Annotation
package import Datasets
package import Pictures
import Synchronization

/// Where scans are annotated: one page at a time changes something, others look on.
///
/// Unchecked `Sendable`: `work` is used by the worker's thread only.
package final class AnnotationDesk: SweepShelf, @unchecked Sendable {
  /// Reads and labels the scan of a number; always called on the same thread.
  package typealias Load = @Sendable (Int) throws -> SweepBytes.Content

  /// How scans are read, and errors said.
  package struct Access: Sendable {
    /// Reads and labels a scan.
    package var load: Load
    /// The mean confidence of a scan's labels, for a thread of its own.
    package var confidence: @Sendable (Int) throws -> Float
    /// An error in words.
    package var describe: @Sendable (any Error) -> SweepFault

    /// An access; see the properties.
    package init(
      load: @escaping Load, confidence: @escaping @Sendable (Int) throws -> Float,
      describe: @escaping @Sendable (any Error) -> SweepFault
    ) {
      (self.load, self.confidence, self.describe) = (load, confidence, describe)
    }
  }

  package let description: SourceDescription
  private let work: DeskWork
  private let describe: @Sendable (any Error) -> SweepFault
  private let worker = SingleWorker()
  private let bell = ChangeBell()
  private let survey: ConfidenceSurvey
  private let content: Mutex<SourceState>

  /// A desk for the scans of a data set, whose annotations are kept by a session and written to files.
  package init(
    _ description: SourceDescription, of dataset: Dataset, palette: ClassPalette,
    session: sending AnnotationSession, files: AnnotatedFiles, access: Access
  ) {
    self.description = description
    work = DeskWork(
      DeskSweeps(dataset, palette: palette, load: access.load), session: session, files: files)
    describe = access.describe
    var state = SourceState()
    state.latest = dataset.scans.count - 1
    state.counts.received = dataset.scans.count
    state.ended = true
    state.annotation = SourceState.Annotation(steps: work.session.stepCount)
    content = Mutex(state)
    survey = ConfidenceSurvey(count: dataset.scans.count, measure: access.confidence)
  }

  deinit {
    survey.end()
    worker.end()
  }

  package var state: SourceState { content.withLock { $0 } }

  package func changes() -> (
    stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation
  ) { bell.changes() }

  package func sweep(_ number: Int) async throws -> SweepBytes {
    try await done { work, survey in
      let opened = try work.open(number)
      survey.set(opened.meanConfidence, of: number)
      return opened.bytes
    }
  }

  /// What is annotated in a sweep.
  package func view(_ number: Int) async throws -> AnnotationView {
    try await done { work, _ in try work.view(number) }
  }

  /// The image beside a scan: its file's path.
  func imagePath(_ number: Int) async throws -> String? {
    try await done { work, _ in try work.sweeps.scan(number).imagePath }
  }

  /// How far each sweep is.
  package func list() async throws -> [SweepProgress] {
    try await done { work, survey in work.progress(confidences: survey.values) }
  }

  /// Does a step that the writing page asks for; what it changed is on the disk when this returns.
  package func perform(_ request: AnnotationRequest) async throws -> AnnotationView {
    try await done { [self] work, _ in
      // Here, where steps are done one after the other: the right may have gone while it waited.
      try check(request.writer)
      return try work.perform(request)
    }
  }

  /// Writes files for the writing page.
  package func save(for writer: String) async throws -> SaveReport {
    // When it is asked for: a page that is left has no right any more once its turn comes.
    try check(writer)
    return try await done { [self] work, _ in work.save(saying: describe) }
  }

  /// Writes files, for the program's end.
  package func save() throws -> SaveReport {
    try worker.performAndWait { [self] in work.save(saying: describe) }
  }

  /// Makes a page the one that writes.
  ///
  /// - Throws: `SweepFault.taken` where another one is and keeps the right.
  package func claim(_ writer: String, takes: Bool) throws(SweepFault) {
    let isGiven = content.withLock { state in
      guard !writer.isEmpty, state.annotation?.writer == nil || takes else {
        return state.annotation?.writer == writer
      }
      state.annotation?.writer = writer
      return true
    }
    guard isGiven else { throw Self.taken }
    bell.ring()
  }

  package func left(_ page: String) {
    content.withLock { state in
      if state.annotation?.writer == page { state.annotation?.writer = nil }
    }
    bell.ring()
  }

  private func check(_ writer: String) throws(SweepFault) {
    let isWriter = content.withLock { !writer.isEmpty && $0.annotation?.writer == writer }
    guard isWriter else { throw Self.taken }
  }

  private static var taken: SweepFault {
    SweepFault(
      .taken, "another page annotates these scans",
      remedy: "go on there, or take over here: then the other page only looks on")
  }

  /// Has something done by the worker's thread, errors in words.
  private func done<Value: Sendable>(
    _ act: @escaping @Sendable (DeskWork, ConfidenceSurvey) throws -> Value
  ) async throws -> Value {
    survey.pause()
    return try await worker.perform { [self] in
      defer { tell() }
      do {
        return try act(work, survey)
      } catch let fault as SweepFault {
        throw fault
      } catch {
        throw describe(error)
      }
    }
  }

  private func tell() {
    survey.pause()
    let steps = work.session.stepCount
    let isNews = content.withLock { state in
      defer { state.annotation?.steps = steps }
      return state.annotation?.steps != steps
    }
    if isNews { bell.ring() }
  }
}
#endif
