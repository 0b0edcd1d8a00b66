import Foundation
import Search

/// Shows where a search is: one line that changes on a terminal, lines elsewhere.
final class SearchDisplay {
  private static let interval = Duration.seconds(30)

  private let verb: VerbOptions
  private let unit: String
  private var lastShown: ContinuousClock.Instant?

  init(_ verb: VerbOptions, unit: String) {
    (self.verb, self.unit) = (verb, unit)
  }

  func show(_ progress: SearchProgress) {
    let now = ContinuousClock.now
    let isDue = lastShown.map { now - $0 > Self.interval } ?? true
    guard !verb.quiet, verb.progress != .none, isDue || progress.step == progress.steps else {
      return
    }
    lastShown = now
    if verb.progress == .json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      guard let data = try? encoder.encode(progress) else { return }
      return verb.console.talk(String(decoding: data, as: UTF8.self))
    }
    verb.console.talk(
      String(
        format: "search step %d/%d  loss %.4f  expected %.3f \(unit)  "
          + "undecided %.0f %%  %.0f s left",
        progress.step, progress.steps, progress.loss, progress.latency, 100 * progress.entropy,
        progress.secondsLeft))
  }
}
