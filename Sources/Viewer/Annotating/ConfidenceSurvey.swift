#if Viewer
import Foundation
import Synchronization

/// Finds out how confident the model is of each sweep, while nobody waits for anything else.
final class ConfidenceSurvey: Sendable {
  /// The mean confidence of a sweep's labels; always called on the same thread.
  typealias Measure = @Sendable (Int) throws -> Float

  private struct Content {
    var values: [Float?]
    var lastUse = ContinuousClock.now
    var isEnding = false
  }

  /// How long nobody must have asked for something, in seconds.
  private static let quiet = 1.0
  private let content: Mutex<Content>

  /// A survey of so many sweeps.
  init(count: Int, measure: @escaping Measure) {
    content = Mutex(Content(values: [Float?](repeating: nil, count: count)))
    let thread = Thread { [weak self] in
      for number in 0..<count {
        while self?.isBusy ?? false { Thread.sleep(forTimeInterval: 0.1) }
        guard let self, !self.content.withLock({ $0.isEnding }) else { return }
        guard self.values[number] == nil else { continue }
        // What cannot be read is the least sure of all, so that somebody looks.
        self.set((try? measure(number)) ?? 0, of: number)
      }
    }
    thread.start()
  }

  /// What is known so far.
  var values: [Float?] { content.withLock { $0.values } }

  /// Takes a value that was found elsewhere.
  func set(_ value: Float, of number: Int) {
    content.withLock { $0.values[number] = value.isFinite ? value : 0 }
  }

  /// Says that somebody waits for something.
  func pause() { content.withLock { $0.lastUse = .now } }

  /// Ends it after the sweep that is looked at.
  func end() { content.withLock { $0.isEnding = true } }

  private var isBusy: Bool {
    content.withLock {
      !$0.isEnding && (ContinuousClock.now - $0.lastUse) / .seconds(1) < Self.quiet
    }
  }
}
#endif
