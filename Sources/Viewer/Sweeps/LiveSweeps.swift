#if Viewer
import Synchronization

/// The newest sweeps of a stream.
///
/// Whoever adds one never waits: the oldest makes room, whether anybody saw it or not.
package final class LiveSweeps: SweepShelf {
  /// How many sweeps are kept.
  package static let keptCount = 4
  private static let toldFaults = 5

  private struct Content {
    var kept: [SweepBytes] = []
    var state = SourceState()
    var faultCount = 0
  }

  package let description: SourceDescription
  private let content = Mutex(Content())
  private let bell = ChangeBell()

  /// A stream of which nothing came yet.
  package init(_ description: SourceDescription) {
    self.description = description
  }

  package var state: SourceState { content.withLock { $0.state } }

  /// Adds a sweep, which is made with the number that it gets; to be called by one thread.
  package func add(_ counts: SourceState.Counts, _ make: (Int) -> SweepBytes) {
    let sweep = make(state.latest + 1)
    change {
      $0.kept.append(sweep)
      if $0.kept.count > Self.keptCount { $0.kept.removeFirst() }
      $0.state.latest = sweep.number
      $0.state.oldest = $0.kept.first?.number ?? sweep.number
      $0.state.name = sweep.name
      $0.state.counts = counts
    }
  }

  /// Says what went wrong.
  package func add(_ fault: SweepFault, _ counts: SourceState.Counts? = nil) {
    change {
      $0.state.faults.append(
        SourceState.Fault(id: $0.faultCount, message: fault.message, remedy: fault.remedy))
      $0.faultCount += 1
      if $0.state.faults.count > Self.toldFaults { $0.state.faults.removeFirst() }
      if let counts { $0.state.counts = counts }
    }
  }

  /// Says that no more will come.
  package func end(_ counts: SourceState.Counts? = nil) {
    change {
      $0.state.ended = true
      if let counts { $0.state.counts = counts }
    }
  }

  package func sweep(_ number: Int) async throws -> SweepBytes {
    let (kept, state) = content.withLock { ($0.kept, $0.state) }
    if let sweep = kept.first(where: { $0.number == number }) { return sweep }
    guard number < 0 || number > state.latest else {
      throw SweepFault(
        .gone, "newer sweeps took the place of sweep \(number)",
        remedy: "ask for \(state.oldest) to \(state.latest)")
    }
    throw SweepFault(
      .absent, "sweep \(number) did not come yet",
      remedy: state.latest < 0 ? "wait for the first" : "ask for \(state.oldest) to \(state.latest)"
    )
  }

  package func changes() -> (
    stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation
  ) { bell.changes() }

  /// How many pages are told of changes.
  var listenerCount: Int { bell.listenerCount }

  private func change(_ update: (inout Content) -> Void) {
    content.withLock { update(&$0) }
    bell.ring()
  }
}
#endif
