import Dispatch
import Synchronization

/// Makes many values on several threads, in an order that does not depend on them.
package enum ParallelMap {
  private struct Shared<Value: Sendable>: Sendable {
    var next = 0
    var done = 0
    var values: [Value?]
    var failure: (index: Int, error: any Error)?
  }

  /// The values for 0 to below `count`.
  ///
  /// - Throws: the error of the lowest number that has one.
  package static func map<Value: Sendable>(
    count: Int, threadCount: Int, progress: @Sendable (Int) -> Void = { _ in },
    _ body: @Sendable (Int) throws -> Value
  ) throws -> [Value] {
    let shared = Mutex(Shared<Value>(values: [Value?](repeating: nil, count: count)))
    DispatchQueue.concurrentPerform(iterations: max(1, min(threadCount, count))) { _ in
      while let index = take(shared, of: count) {
        let result = Result { try body(index) }
        let done = shared.withLock { shared in
          switch result {
          case .success(let value): shared.values[index] = value
          case .failure(let error):
            if index < shared.failure?.index ?? .max { shared.failure = (index, error) }
          }
          shared.done += 1
          return shared.done
        }
        progress(done)
      }
    }
    return try shared.withLock { shared in
      if let failure = shared.failure { throw failure.error }
      return shared.values.compactMap(\.self)
    }
  }

  /// The next number; none after a failure, since those before it are taken already.
  private static func take<Value>(
    _ shared: borrowing Mutex<Shared<Value>>, of count: Int
  ) -> Int? {
    shared.withLock { shared in
      guard shared.failure == nil, shared.next < count else { return nil }
      shared.next += 1
      return shared.next - 1
    }
  }
}
