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
    // A file for one of the two: a program stops where a pipe that nobody reads is full.
    let talk = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data().write(to: talk)
    defer { try? FileManager.default.removeItem(at: talk) }
    let out = Pipe()
    process.standardOutput = out
    process.standardError = try FileHandle(forWritingTo: talk)
    try process.run()
    output = try out.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let text = String(decoding: try Data(contentsOf: talk), as: UTF8.self)
    status = process.terminationStatus
    complaints = text.split(separator: "\n").map(String.init)
  }

  /// Whether there is no such program.
  var isMissing: Bool { status == 127 }
}
