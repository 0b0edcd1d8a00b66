#if Viewer
import Synchronization

/// Tells pages that something changed.
final class ChangeBell: Sendable {
  private struct Content {
    var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
    var count = 0
  }

  private let content = Mutex(Content())

  /// How many listen.
  var listenerCount: Int { content.withLock { $0.listeners.count } }

  /// Tells all who listen.
  func ring() {
    let listeners = content.withLock { $0.listeners.values.map(\.self) }
    for listener in listeners { listener.yield() }
  }

  /// Rings at once, and then once for all changes since it was last heard: a slow listener holds
  /// nobody up.
  func changes() -> (stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation) {
    let pair = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let id = content.withLock { content in
      content.count += 1
      content.listeners[content.count] = pair.continuation
      return content.count
    }
    pair.continuation.onTermination = { [weak self] _ in
      self?.content.withLock { $0.listeners[id] = nil }
    }
    pair.continuation.yield()
    return pair
  }
}
#endif
