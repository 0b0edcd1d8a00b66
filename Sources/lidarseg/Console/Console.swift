import Foundation

/// Where the program writes: data to stdout, talk to stderr.
struct Console: Sendable {
  /// Whether talk other than errors is left out.
  var isQuiet = false

  /// Writes a line of data.
  func data(_ line: String) {
    write(line + "\n", to: .standardOutput)
  }

  /// Writes a value as one JSON object.
  func data(json value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    data(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// Writes a line of talk.
  func talk(_ line: String) {
    guard !isQuiet else { return }
    write(line + "\n", to: .standardError)
  }

  /// Writes a warning; it is talk that `--quiet` does not silence.
  func warn(_ line: String) {
    write("lidarseg: warning: \(line)\n", to: .standardError)
  }

  /// Writes the lines of an error.
  func error(_ report: ErrorReport) {
    write(report.text + "\n", to: .standardError)
  }

  private func write(_ text: String, to stream: FileHandle) {
    // A reader that has seen enough closes the pipe; that is no fault of the program.
    try? stream.write(contentsOf: Data(text.utf8))
  }
}
