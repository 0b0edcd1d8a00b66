import ArgumentParser
import Foundation

/// How progress is shown.
enum ProgressStyle: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// A bar where stderr is a terminal, nothing elsewhere.
  case auto
  case bar
  /// One JSON object per line on stderr.
  case json
  case none
}

/// Progress of a job of many equal parts; shown once two seconds have passed.
final class Progress {
  private static let delay = Duration.seconds(2)
  private static let interval = Duration.milliseconds(200)

  private let style: ProgressStyle
  private let total: Int
  private let noun: String
  private let start = ContinuousClock.now
  private var lastShown = ContinuousClock.now
  private var hasShown = false

  init(style: ProgressStyle, total: Int, noun: String) {
    self.style = style == .auto ? (isatty(STDERR_FILENO) == 1 ? .bar : .none) : style
    self.total = total
    self.noun = noun
  }

  /// Says that `count` parts are done.
  func advance(to count: Int) {
    let now = ContinuousClock.now
    guard
      style != .none, now - start > Self.delay || style == .json,
      now - lastShown > Self.interval || count == total
    else { return }
    lastShown = now
    show(count, seconds: (now - start) / .seconds(1))
  }

  /// Ends the line of a bar.
  func finish() {
    if hasShown, style == .bar { write("\n") }
  }

  private func show(_ count: Int, seconds: Double) {
    hasShown = true
    let rate = Double(count) / max(seconds, 1e-9)
    if style == .json {
      write("{\"event\":\"\(noun)\",\"i\":\(count),\"n\":\(total),\"ms\":\(Int(seconds * 1000))}\n")
      return
    }
    let width = 30
    let filled = total > 0 ? width * count / total : width
    let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: width - filled)
    let rest = rate > 0 ? Int(Double(total - count) / rate) : 0
    write(
      "\r[\(bar)] \(count)/\(total) \(noun), \(String(format: "%.1f", rate))/s, \(rest) s left ")
  }

  private func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
