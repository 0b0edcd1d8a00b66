import Foundation

/// Another program that has run to its end.
struct ProgramRun {
  let status: Int32
  /// What it wrote to standard output.
  let output: Data
  /// The lines that it wrote to standard error.
  let complaints: [String]

  /// Runs a program that is found as the shell finds it.
  ///
  /// The status is 127 where there is none.
  init(_ command: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardInput = FileHandle.nullDevice
    let (out, talk) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (out, talk)
    try process.run()
    // Nobody writes so much to standard error that its pipe is full before standard output ends.
    output = try out.fileHandleForReading.readToEnd() ?? Data()
    let text = String(decoding: try talk.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    status = process.terminationStatus
    complaints = text.split(separator: "\n").map(String.init)
  }

  /// Whether there is no such program.
  var isMissing: Bool { status == 127 }
}
