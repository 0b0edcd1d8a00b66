import Foundation

/// What a full queue does with one more element.
public enum QueueOverflow: String, CaseIterable, Codable, Sendable {
  /// Whoever brings it waits: nothing is lost, and the source falls behind.
  case block
  /// The oldest element is given up and counted: what comes out is as new as can be.
  case dropOldest = "drop-oldest"
}

/// A queue of at most so many elements, between threads that bring and threads that take.
///
/// Unchecked `Sendable`: every property that changes is read and written with the condition's lock held.
package final class BoundedQueue<Element: Sendable>: @unchecked Sendable {
  private let capacity: Int
  private let overflow: QueueOverflow
  private let condition = NSCondition()
  private var elements: [Element] = []
  private var isClosed = false
  private var dropped = 0

  /// An empty queue.
  ///
  /// - Precondition: there is room for one element or more.
  package init(capacity: Int, overflow: QueueOverflow) {
    precondition(capacity > 0, "a queue for \(capacity) elements")
    (self.capacity, self.overflow) = (capacity, overflow)
    elements.reserveCapacity(capacity)
  }

  /// How many elements were given up for newer ones.
  package var droppedCount: Int { condition.withLock { dropped } }

  /// Adds an element, after waiting for room or giving up the oldest one.
  ///
  /// - Returns: whether it was added; a closed queue takes nothing.
  @discardableResult
  package func put(_ element: Element) -> Bool {
    condition.withLock {
      while elements.count >= capacity, !isClosed {
        if overflow == .dropOldest {
          elements.removeFirst()
          dropped += 1
        } else {
          condition.wait()
        }
      }
      guard !isClosed else { return false }
      elements.append(element)
      condition.broadcast()
      return true
    }
  }

  /// Takes the oldest element, after waiting for one.
  ///
  /// - Returns: nothing once the queue is closed and empty.
  package func take() -> Element? {
    condition.withLock {
      while elements.isEmpty, !isClosed { condition.wait() }
      guard !elements.isEmpty else { return nil }
      defer { condition.broadcast() }
      return elements.removeFirst()
    }
  }

  /// Whether it takes nothing more.
  package var isClosedNow: Bool { condition.withLock { isClosed } }

  /// Lets nothing more in; what is there can still be taken.
  package func close() {
    condition.withLock {
      isClosed = true
      condition.broadcast()
    }
  }

  /// Lets nothing more in, and gives up what is there, uncounted.
  package func cancel() {
    condition.withLock {
      isClosed = true
      elements.removeAll()
      condition.broadcast()
    }
  }
}
