#if Simulator
import Dispatch
import Foundation
import Sensors
import Simulator
import Synchronization

/// Scans many scenes, each thread with a scanner of its own.
struct SimulationJob {
  var configuration: SimulationConfiguration
  var sensor: SensorTable
  var seed: UInt64
  var threadCount: Int

  /// What the threads share.
  private struct Shared {
    var next = 0
    var done = 0
    var count = SimulationCount()
    var failure: (any Error)?
  }

  /// Does something with each scene or shard; on the first error the others end with theirs.
  func run(
    units: [Int], progress: Progress,
    work: @escaping @Sendable (Int, SceneScanner) throws -> SimulationCount
  ) throws -> SimulationCount {
    let shared = Mutex(Shared())
    let reporter = Mutex(ProgressBox(progress))
    // More threads than work would only build ray casters.
    let workers = max(1, min(threadCount, units.count))
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      do {
        let scanner = try SceneScanner(configuration, sensor: sensor, seed: seed)
        while let position = Self.take(shared, of: units.count) {
          let count = try work(units[position], scanner)
          let done = shared.withLock { shared in
            shared.count.add(count)
            shared.done += 1
            return shared.done
          }
          reporter.withLock { $0.progress.advance(to: done) }
        }
      } catch {
        shared.withLock { $0.failure = $0.failure ?? error }
      }
    }
    progress.finish()
    if let failure = shared.withLock({ $0.failure }) { throw failure }
    return shared.withLock { $0.count }
  }

  private static func take(_ shared: borrowing Mutex<Shared>, of total: Int) -> Int? {
    shared.withLock { shared in
      guard shared.failure == nil, shared.next < total else { return nil }
      shared.next += 1
      return shared.next - 1
    }
  }
}

/// Progress behind a lock.
///
/// Unchecked: `Progress` is used by whoever holds the lock, and by its owner after all threads ended.
private struct ProgressBox: @unchecked Sendable {
  let progress: Progress

  init(_ progress: Progress) {
    self.progress = progress
  }
}
#endif
