import Foundation

/// A script that Python has run to its end.
struct PythonRun {
  let status: Int32
  /// What it wrote to standard output.
  let output: Data
  /// The last line that it wrote to standard error.
  let complaint: String

  /// Runs a script with the `python3` that is found first.
  ///
  /// - Throws: `ErrorReport` where there is none.
  init(script: String, arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script] + arguments
    process.standardInput = FileHandle.nullDevice
    let (out, talk) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (out, talk)
    try process.run()
    // Nobody writes so much to standard error that its pipe is full before standard output ends.
    output = try out.fileHandleForReading.readToEnd() ?? Data()
    let text = String(decoding: try talk.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    status = process.terminationStatus
    complaint = text.split(separator: "\n").last.map(String.init) ?? "nothing was said"
    let isMissing = status == 127 && process.terminationReason == .exit
    if isMissing { throw ExportCheck.unavailable("python3 is not installed") }
  }
}
