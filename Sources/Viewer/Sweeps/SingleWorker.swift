#if Viewer
import Foundation
import Synchronization

/// A thread that does one piece of work after the other.
///
/// Unchecked `Sendable`: what waits is read and written with the condition's lock held.
final class SingleWorker: @unchecked Sendable {
  private let condition = NSCondition()
  private var waiting: [() -> Void] = []
  private var isEnding = false

  init() {
    let thread = Thread { [self] in
      while let work = next() { work() }
    }
    thread.start()
  }

  /// Ends the thread, once what waits is done.
  func end() {
    condition.withLock {
      isEnding = true
      condition.signal()
    }
  }

  /// Has a piece of work done; one that is cancelled before its turn is left out.
  ///
  /// - Throws: what the work throws; `CancellationError`.
  func perform<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    let isCancelled = Mutex(false)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        put {
          guard !isCancelled.withLock({ $0 }) else {
            return continuation.resume(throwing: CancellationError())
          }
          continuation.resume(with: Result { try work() })
        }
      }
    } onCancel: {
      isCancelled.withLock { $0 = true }
    }
  }

  /// Has a piece of work done, and waits for it on a thread that may wait.
  func performAndWait<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) throws -> Value {
    let result = Mutex<Result<Value, any Error>?>(nil)
    let end = DispatchSemaphore(value: 0)
    put {
      result.withLock { $0 = Result { try work() } }
      end.signal()
    }
    end.wait()
    return try result.withLock { $0 ?? .failure(CancellationError()) }.get()
  }

  private func put(_ work: @escaping () -> Void) {
    condition.withLock {
      waiting.append(work)
      condition.signal()
    }
  }

  private func next() -> (() -> Void)? {
    condition.withLock {
      while waiting.isEmpty, !isEnding { condition.wait() }
      return waiting.isEmpty ? nil : waiting.removeFirst()
    }
  }
}
#endif
