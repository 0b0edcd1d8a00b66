import Dispatch
import Foundation
import Synchronization

/// Threads that run the bands of one kernel after another.
///
/// Between kernels a thread spins for some microseconds before it sleeps, because the next kernel
/// follows at once. One job runs at a time; the caller's own thread takes part.
///
/// Each thread has its share of the bands, the same part of the image in every kernel: what it wrote
/// last is still in its own cache. Only when its share is done does it help others.
final class ThreadPool: Sendable {
  /// A number of bands, and what to do with each on which thread.
  typealias Body = (_ band: Int, _ thread: Int) -> Void

  /// How many threads work, the caller's included.
  let threadCount: Int
  private let shared: Shared

  init(threadCount: Int) {
    precondition(threadCount >= 1, "\(threadCount) threads")
    self.threadCount = threadCount
    shared = Shared(workerCount: threadCount - 1)
    for worker in 0..<(threadCount - 1) {
      let thread = Thread { [shared] in shared.work(as: worker) }
      thread.stackSize = 1 << 20
      thread.start()
    }
  }

  deinit {
    shared.stop()
  }

  /// Runs `body` for every band and returns when all are done.
  func run(bandCount: Int, _ body: Body) {
    guard threadCount > 1, bandCount > 1 else {
      for band in 0..<bandCount { body(band, 0) }
      return
    }
    shared.run(bandCount: bandCount, body)
  }
}

/// What the threads of a pool share.
///
/// Unchecked `Sendable`: `job` is written only while no worker is busy, before `generation` is
/// raised with release ordering, and read only after it was seen with acquire ordering.
private final class Shared: @unchecked Sendable {
  private struct Job {
    var bandCount: Int
    var body: ThreadPool.Body
  }

  private static let spinCount = 20_000

  private var job: Job?
  private let workerCount: Int
  private let generation = Atomic<Int>(0)
  private let shares: [Share]
  private let busyWorkers = Atomic<Int>(0)
  private let stopped = Atomic<Bool>(false)
  private let beds: [Bed]

  init(workerCount: Int) {
    self.workerCount = workerCount
    beds = (0..<workerCount).map { _ in Bed() }
    shares = (0...workerCount).map { _ in Share() }
  }

  func run(bandCount: Int, _ body: ThreadPool.Body) {
    withoutActuallyEscaping(body) { body in
      job = Job(bandCount: bandCount, body: body)
      for (thread, share) in shares.enumerated() {
        share.next.store(bandCount * thread / shares.count, ordering: .relaxed)
      }
      busyWorkers.store(workerCount, ordering: .relaxed)
      generation.add(1, ordering: .sequentiallyConsistent)
      wakeSleepers()
      takeBands(thread: 0)
      spin { busyWorkers.load(ordering: .acquiring) == 0 }
      job = nil
    }
  }

  func stop() {
    stopped.store(true, ordering: .sequentiallyConsistent)
    generation.add(1, ordering: .sequentiallyConsistent)
    wakeSleepers()
  }

  func work(as worker: Int) {
    var seen = 0
    while true {
      awaitGeneration(after: seen, in: beds[worker])
      seen = generation.load(ordering: .acquiring)
      if stopped.load(ordering: .acquiring) { return }
      takeBands(thread: worker + 1)
      busyWorkers.subtract(1, ordering: .acquiringAndReleasing)
    }
  }

  private func takeBands(thread: Int) {
    guard let job else { return }
    for step in shares.indices {
      let owner = (thread + step) % shares.count
      let end = job.bandCount * (owner + 1) / shares.count
      while true {
        let band = shares[owner].next.add(1, ordering: .relaxed).oldValue
        if band >= end { break }
        job.body(band, thread)
      }
    }
  }

  private func awaitGeneration(after seen: Int, in bed: Bed) {
    for _ in 0..<Self.spinCount where generation.load(ordering: .acquiring) != seen { return }
    bed.isTaken.store(true, ordering: .sequentiallyConsistent)
    while generation.load(ordering: .sequentiallyConsistent) == seen { bed.alarm.wait() }
    bed.isTaken.store(false, ordering: .sequentiallyConsistent)
  }

  private func wakeSleepers() {
    for bed in beds where bed.isTaken.load(ordering: .sequentiallyConsistent) {
      bed.alarm.signal()
    }
  }

  /// Waits for a condition that another thread is about to fulfil; gives up the processor now and
  /// then, in case that thread has none.
  private func spin(until isFulfilled: () -> Bool) {
    while true {
      for _ in 0..<Self.spinCount where isFulfilled() { return }
      sched_yield()
    }
  }
}

/// Where one worker sleeps.
///
/// Each has an alarm of its own: with one for all, a worker that is done early and sleeps again
/// could take the signal that was meant for another, which would then never wake.
private final class Bed: Sendable {
  let isTaken = Atomic<Bool>(false)
  let alarm = DispatchSemaphore(value: 0)
}

/// One thread's share of a job.
private final class Share: Sendable {
  /// The first band of the share that nobody has taken; behind its end when it is done.
  let next = Atomic<Int>(0)
}
