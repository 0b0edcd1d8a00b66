import Foundation
import Testing

/// The built program, run as people run it.
struct Program {
  /// How a run ended and what it wrote.
  struct Outcome {
    /// The exit code; 128 + the signal where a signal ended it.
    var status: Int32
    var out: String
    var err: String

    /// Whether stderr holds exactly one error with its hint, in the documented form.
    var isOneErrorWithHint: Bool {
      let lines = err.split(separator: "\n")
      return lines.count == 2 && lines[0].hasPrefix("lidarseg: error: ")
        && lines[1].hasPrefix("hint: ") && !lines[1].hasSuffix("hint: ")
    }

    /// The one JSON object that stdout must be.
    var json: [String: Any] {
      let object = try? JSONSerialization.jsonObject(with: Data(out.utf8))
      return object as? [String: Any] ?? [:]
    }
  }

  private static let executable = URL(fileURLWithPath: "/proc/self/exe")
    .resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "lidarseg")

  /// Runs the program with these arguments.
  static func run(_ arguments: String..., timeout: Double = 60) throws -> Outcome {
    try start(executable, arguments).outcome(timeout: timeout)
  }

  /// Runs a line of shell in which `$0` is the program.
  static func shell(
    _ line: String, _ arguments: [String], timeout: Double = 60
  ) throws -> Outcome {
    try start(URL(fileURLWithPath: "/bin/sh"), ["-c", line, executable.path] + arguments)
      .outcome(timeout: timeout)
  }

  /// Starts the program and leaves it running.
  static func start(_ arguments: [String]) throws -> Run { try start(executable, arguments) }

  private static func start(_ url: URL, _ arguments: [String]) throws -> Run {
    try Run(url, arguments)
  }
}

/// A program that runs; what it writes goes to files, so that it never waits for a reader.
final class Run {
  private let process = Process()
  private let ended = DispatchSemaphore(value: 0)
  private let folder: URL

  init(_ url: URL, _ arguments: [String]) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    process.executableURL = url
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try Self.file(folder, "out")
    process.standardError = try Self.file(folder, "err")
    process.terminationHandler = { [ended] _ in ended.signal() }
    try process.run()
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  private static func file(_ folder: URL, _ name: String) throws -> FileHandle {
    let url = folder.appending(path: name)
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }

  /// What was written to stderr so far.
  var err: String { text("err") }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits for the end; a program that takes longer is ended and reported.
  func outcome(timeout: Double) throws -> Program.Outcome {
    if ended.wait(timeout: .now() + timeout) == .timedOut {
      Issue.record("still running after \(timeout) s: \(process.arguments ?? [])")
      send(SIGKILL)
      ended.wait()
    }
    let code = process.terminationStatus
    return Program.Outcome(
      status: process.terminationReason == .exit ? code : 128 + code, out: text("out"),
      err: text("err"))
  }

  private func text(_ name: String) -> String {
    let data = (try? Data(contentsOf: folder.appending(path: name))) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }
}
