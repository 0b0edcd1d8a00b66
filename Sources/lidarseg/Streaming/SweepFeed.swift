import Foundation
import Recordings
import Streams
import Synchronization

/// Where a stream's sweeps come from, for the thread that receives them.
///
/// Unchecked `Sendable`: it is used by one thread at a time, the stream's source; what it counted is read
/// once that has ended, or through `packets`, which a lock guards.
final class SweepFeed: @unchecked Sendable {
  private var source: any SweepSource
  private let pace: Double?
  private var begin: (time: Int64, instant: ContinuousClock.Instant)?
  private let latest = Mutex<PacketReport?>(nil)

  /// Opens a source, whose sweeps come `pace` times as fast as they were recorded, or as fast as can be.
  init(
    _ origin: SweepOrigin, options: PacketOptions, pace: Double?,
    until isStopped: () -> Bool = { false }
  ) throws {
    source = try origin.open(options, until: isStopped)
    self.pace = pace
  }

  /// The next sweep, when it is due.
  func next(until isStopped: () -> Bool) throws -> StreamSweep? {
    let sweep = try source.next(until: isStopped)
    let report = source.packets
    latest.withLock { $0 = report }
    guard var due = sweep else { return nil }
    wait(for: due, until: isStopped)
    if pace != nil { due.arrival = .now }
    return due
  }

  /// What became of the packets until the last sweep.
  var packets: PacketReport? { latest.withLock { $0 } }

  /// Where a capture or recording is damaged, once all that can be read was given out.
  var damage: StreamsError? { source.damage }

  /// The topics, where the source is a recording.
  var topics: [RecordedTopic]? { (source as? RecordingSweeps)?.topics }

  /// Messages that were left out.
  var skippedMessages: Int { (source as? RecordingSweeps)?.skippedMessages ?? 0 }

  /// Waits until as much time has passed as between the first sweep and this one.
  private func wait(for sweep: StreamSweep, until isStopped: () -> Bool) {
    guard let pace, let time = sweep.time else { return }
    guard let begin else {
      begin = (time, .now)
      return
    }
    let due = begin.instant + .nanoseconds(Int64(Double(time - begin.time) / pace))
    while ContinuousClock.now < due, !isStopped() {
      let rest = (due - ContinuousClock.now) / .seconds(1)
      Thread.sleep(forTimeInterval: min(0.1, max(0, rest)))
    }
  }
}
