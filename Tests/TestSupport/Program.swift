import Foundation

/// The built program, run as people run it.
public struct Program {
  /// How a run ended and what it wrote.
  public struct Outcome: Sendable {
    /// The exit code; 128 + the signal where a signal ended it.
    public var status: Int32
    /// What it wrote to stdout.
    public var out: String
    /// What it wrote to stderr.
    public var err: String

    /// Whether stderr holds exactly one error with its hint, in the documented form.
    public var isOneErrorWithHint: Bool {
      let lines = err.split(separator: "\n")
      return lines.count == 2 && lines[0].hasPrefix("lidarseg: error: ")
        && lines[1].hasPrefix("hint: ")
    }

    /// The one JSON object that stdout must be; empty where it is not.
    public var json: [String: Any] {
      let object = try? JSONSerialization.jsonObject(with: Data(out.utf8))
      return object as? [String: Any] ?? [:]
    }
  }

  /// A program that had to be ended.
  public struct TimedOut: Error {
    /// What it was called with.
    public var arguments: [String]
  }

  private static let executable = URL(fileURLWithPath: "/proc/self/exe")
    .resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "lidarseg")

  /// Runs the program with these arguments.
  public static func run(_ arguments: String..., timeout: Double = 60) throws -> Outcome {
    try start(arguments).outcome(timeout: timeout)
  }

  /// Runs a line of shell in which `$0` is the program and `$@` the arguments.
  public static func shell(
    _ line: String, _ arguments: [String], timeout: Double = 60
  ) throws -> Outcome {
    try start(shell: line, arguments).outcome(timeout: timeout)
  }

  /// Starts a line of shell as `shell` does, and leaves it running.
  public static func start(shell line: String, _ arguments: [String]) throws -> RunningProgram {
    try RunningProgram(
      URL(fileURLWithPath: "/bin/sh"), ["-c", line, executable.path] + arguments)
  }

  /// Starts the program and leaves it running.
  public static func start(_ arguments: [String]) throws -> RunningProgram {
    try RunningProgram(executable, arguments)
  }
}

/// A program that runs; what it writes goes to files, so that it never waits for a reader.
public final class RunningProgram {
  private let process = Process()
  private let ended = DispatchSemaphore(value: 0)
  private let folder: TemporaryFolder

  init(_ url: URL, _ arguments: [String]) throws {
    folder = try TemporaryFolder()
    process.executableURL = url
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try file("out")
    process.standardError = try file("err")
    process.terminationHandler = { [ended] _ in ended.signal() }
    try process.run()
  }

  /// Sends a signal.
  public func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// What it wrote to stdout so far.
  public var outSoFar: String { text("out") }

  /// Waits for the end.
  ///
  /// - Throws: `TimedOut` where it took longer than `timeout` seconds and was ended.
  public func outcome(timeout: Double) throws -> Program.Outcome {
    if ended.wait(timeout: .now() + timeout) == .timedOut {
      send(SIGKILL)
      ended.wait()
      throw Program.TimedOut(arguments: process.arguments ?? [])
    }
    let code = process.terminationStatus
    return Program.Outcome(
      status: process.terminationReason == .exit ? code : 128 + code, out: text("out"),
      err: text("err"))
  }

  private func file(_ name: String) throws -> FileHandle {
    try FileHandle(forWritingTo: URL(fileURLWithPath: folder.write([], to: name)))
  }

  private func text(_ name: String) -> String {
    let data = (try? Data(contentsOf: folder.url.appending(path: name))) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }
}
