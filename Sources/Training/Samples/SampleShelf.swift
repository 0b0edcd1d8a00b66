import Foundation

/// The samples that are made and not yet taken, by their turn from 0.
///
/// Unchecked: everything that changes is touched under the condition's lock only.
final class SampleShelf: @unchecked Sendable {
  private let condition = NSCondition()
  private let capacity: Int
  private var toMake = 0
  private var toTake = 0
  private var made: [Int: Result<EncodedSample, any Error>] = [:]
  private var free: [EncodedSample] = []
  private var running: Int
  private var isStopped = false

  /// A shelf with room for so many samples, which so many threads fill.
  init(capacity: Int, workers: Int) {
    self.capacity = capacity
    running = workers
  }

  /// The turn that a thread shall make, once there is room; nothing at the end.
  ///
  /// `sample` gets memory that was used before, if there is any.
  func nextToMake(in sample: inout EncodedSample) -> Int? {
    condition.withLock {
      while !isStopped, toMake >= toTake + capacity { condition.wait() }
      guard !isStopped else { return nil }
      sample = free.popLast() ?? EncodedSample()
      toMake += 1
      return toMake - 1
    }
  }

  /// Takes a sample out of a thread's hands: two owners would copy it when one writes.
  func put(_ sample: inout EncodedSample, forTurn turn: Int) {
    condition.withLock {
      made[turn] = .success(sample)
      sample = EncodedSample()
      condition.broadcast()
    }
  }

  func put(_ error: any Error, forTurn turn: Int) {
    condition.withLock {
      made[turn] = .failure(error)
      condition.broadcast()
    }
  }

  /// The next samples, once they are made.
  ///
  /// - Throws: the error of the first of them that has one, which stays where it is.
  func take(_ count: Int) throws -> [EncodedSample] {
    try condition.withLock {
      precondition(!isStopped, "samples are asked for after the end")
      var taken: [EncodedSample] = []
      for turn in toTake..<toTake + count {
        while made[turn] == nil { condition.wait() }
        if let sample = try made[turn]?.get() { taken.append(sample) }
      }
      for turn in toTake..<toTake + count { made[turn] = nil }
      toTake += count
      condition.broadcast()
      return taken
    }
  }

  /// Takes back the memory of samples.
  func giveBack(_ samples: [EncodedSample]) {
    condition.withLock { free.append(contentsOf: samples) }
  }

  func workerEnded() {
    condition.withLock {
      running -= 1
      condition.broadcast()
    }
  }

  /// Ends the threads and waits for them.
  func stop() {
    condition.withLock {
      isStopped = true
      condition.broadcast()
      while running > 0 { condition.wait() }
    }
  }
}
