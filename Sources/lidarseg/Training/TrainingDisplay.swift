import Foundation
import Training

/// Shows where a training run is: one line that changes on a terminal, lines elsewhere.
final class TrainingDisplay {
  private static let interval = Duration.seconds(30)

  private let style: ProgressStyle
  private let isTerminal: Bool
  private let console: Console
  private var lastShown: ContinuousClock.Instant?

  init(style: ProgressStyle, console: Console) {
    self.style = style
    self.console = console
    isTerminal = style == .bar || style == .auto && isatty(STDERR_FILENO) == 1
  }

  func show(_ progress: TrainingProgress) {
    switch style {
    case .none: return
    case .json: writeJSON(progress)
    case .auto, .bar: writeText(progress)
    }
  }

  /// Ends the line of a terminal.
  func finish() {
    if isTerminal { write("\n") }
  }

  private func writeText(_ progress: TrainingProgress) {
    let now = ContinuousClock.now
    let isNews = progress.validation != nil || progress.step == progress.steps
    guard isTerminal || isNews || lastShown.map({ now - $0 > Self.interval }) ?? true else {
      return
    }
    lastShown = now
    var line =
      "step \(progress.step)/\(progress.steps)  "
      + String(format: "loss %.4f  %.1f scans/s  ", progress.loss, progress.scansPerSecond)
      + Self.time(progress.secondsLeft) + " left"
    for (name, score) in (progress.validation ?? [:]).sorted(by: { $0.key < $1.key }) {
      line += String(format: "  %@ %.3f", name, score)
    }
    guard isTerminal else { return write(line + "\n") }
    // A validation stays to be read; everything else is written over.
    write("\r\u{1B}[K" + line + (isNews ? "\n" : ""))
  }

  private func writeJSON(_ progress: TrainingProgress) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let data = try? encoder.encode(progress) else { return }
    write(String(decoding: data, as: UTF8.self) + "\n")
  }

  private static func time(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 1e9))
    if whole < 120 { return "\(whole) s" }
    return whole < 7200 ? "\(whole / 60) min" : "\(whole / 3600) h \(whole / 60 % 60) min"
  }

  private func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
