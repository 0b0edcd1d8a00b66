#if Viewer
import Synchronization

/// Scans in files, labelled when they are asked for, one at a time.
package final class StoredSweeps: SweepShelf {
  /// Reads and labels the scan of a number; always called on the same thread.
  package typealias Load = @Sendable (Int) throws -> SweepBytes

  /// How many sweeps are kept, those that were asked for last.
  package static let keptCount = 4

  package let description: SourceDescription
  package let state: SourceState
  private let load: Load
  private let worker = SingleWorker()
  private let bell = ChangeBell()
  private let kept = Mutex<[SweepBytes]>([])

  /// The sweeps that a description names, and what reads and labels them.
  package init(_ description: SourceDescription, load: @escaping Load) {
    (self.description, self.load) = (description, load)
    var state = SourceState()
    state.latest = description.sweeps.count - 1
    state.counts.received = description.sweeps.count
    state.ended = true
    self.state = state
  }

  deinit { worker.end() }

  package func sweep(_ number: Int) async throws -> SweepBytes {
    guard description.sweeps.indices.contains(number) else {
      throw SweepFault(
        .absent, "there is no sweep \(number) among \(description.sweeps.count)",
        remedy: "ask for 0 to \(description.sweeps.count - 1)")
    }
    if let sweep = takeKept(number) { return sweep }
    return try await worker.perform { [self] in
      // Who asked before may have asked for the same.
      if let sweep = takeKept(number) { return sweep }
      let sweep = try load(number)
      keep(sweep)
      return sweep
    }
  }

  package func changes() -> (
    stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation
  ) {
    bell.changes()
  }

  private func takeKept(_ number: Int) -> SweepBytes? {
    kept.withLock { kept in
      guard let place = kept.firstIndex(where: { $0.number == number }) else { return nil }
      let sweep = kept.remove(at: place)
      kept.append(sweep)
      return sweep
    }
  }

  private func keep(_ sweep: SweepBytes) {
    kept.withLock { kept in
      kept.append(sweep)
      if kept.count > Self.keptCount { kept.removeFirst() }
    }
  }
}
#endif
