import Foundation

/// Where the program writes: data to stdout, talk to stderr.
struct Console: Sendable {
  /// Whether talk other than errors is left out.
  var isQuiet = false

  /// Writes a line of data.
  ///
  /// Where the reader of a pipe has seen enough, the rest is dropped.
  /// - Throws: `ErrorReport` where stdout cannot take it for another reason, such as a full disk.
  func data(_ line: String) throws(ErrorReport) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8))
    } catch {
      let number = Int32(((error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError)?.code ?? 0)
      if number == EPIPE { return }
      let isFull = [ENOSPC, EDQUOT, EFBIG].contains(number)
      throw ErrorReport(
        status: isFull ? .exhausted : .unreadable,
        message: "stdout takes no more: \(String(cString: strerror(number)))",
        remedy: isFull ? "free some space" : "let stdout lead somewhere that can be written to",
        isAboutOutput: true)
    }
  }

  /// Writes a value as one JSON object.
  func data(json value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    try data(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// Writes a line of talk.
  func talk(_ line: String) {
    guard !isQuiet else { return }
    write(line + "\n")
  }

  /// Writes a warning; it is talk that `--quiet` does not silence.
  func warn(_ line: String) {
    write("lidarseg: warning: \(line)\n")
  }

  /// Writes the lines of an error.
  func error(_ report: ErrorReport) {
    write(report.text + "\n")
  }

  private func write(_ text: String) {
    // Where stderr is closed, nobody can be told.
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
