import Foundation
import Streams
import Synchronization

/// Where a stream's sweeps come from, for the thread that receives them.
///
/// Unchecked `Sendable`: it is used by one thread at a time, the stream's source; what it counted is read
/// once that has ended, or through `packets`, which a lock guards.
final class SweepFeed: @unchecked Sendable {
  private enum Sweeps {
    case port(PortSweeps)
    case capture(CaptureSweeps)
  }

  private var sweeps: Sweeps
  private let pace: Double?
  private var begin: (time: Int64, instant: ContinuousClock.Instant)?
  private let latest = Mutex<PacketReport?>(nil)

  /// Opens a source.
  init(_ origin: StreamOrigin, options: PacketOptions, pace: Double?) throws {
    self.pace = pace
    switch origin {
    case .port(let endpoint): sweeps = .port(try PortSweeps(endpoint, options: options))
    case .capture(let path):
      sweeps = .capture(try CaptureSweeps(path: path, options: options))
    }
  }

  /// The next sweep, when it is due.
  func next(until isStopped: () -> Bool) throws -> StreamSweep? {
    var sweep: StreamSweep?
    switch sweeps {
    case .port(let port): sweep = try port.next(until: isStopped)
    case .capture(var capture):
      sweep = isStopped() ? nil : try capture.next()
      sweeps = .capture(capture)
    }
    let report = report
    latest.withLock { $0 = report }
    guard var due = sweep else { return nil }
    wait(for: due, until: isStopped)
    if pace != nil { due.arrival = .now }
    return due
  }

  /// What became of the packets until the last sweep.
  var packets: PacketReport? { latest.withLock { $0 } }

  /// Where a capture is damaged, once all before was given out.
  var damage: StreamsError? {
    if case .capture(let capture) = sweeps { return capture.damage }
    return nil
  }

  private var report: PacketReport {
    switch sweeps {
    case .port(let port): port.report
    case .capture(let capture): capture.report
    }
  }

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
