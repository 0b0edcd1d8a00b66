import Foundation

/// A C compiler on this machine.
package struct CCompiler: CustomStringConvertible, Sendable {
  /// The compiler's program.
  package let path: String

  package var description: String { path }

  /// What generated code must compile with.
  package static let strict = [
    "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Wcast-align",
    "-Wstrict-prototypes", "-Wmissing-prototypes", "-Wundef", "-Werror", "-ffp-contract=fast",
  ]

  /// Those that are in the search path; Swift brings one along.
  package static let all = ["clang", "gcc"].compactMap { CCompiler(named: $0) }

  /// A compiler in the search path.
  package init?(named name: String) {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    let paths = folders.map { "\($0)/\(name)" }
    guard let path = paths.first(where: FileManager.default.isExecutableFile) else { return nil }
    self.path = path
  }

  /// A command that failed.
  package struct Failure: Error {
    /// Program and arguments.
    package let command: [String]
    /// What it wrote.
    package let output: String
  }

  /// Writes files into a folder, compiles those of C, and gives the executable's path.
  package func compile(
    _ files: [(name: String, contents: String)], _ flags: [String], in folder: TemporaryFolder
  ) throws -> String {
    for file in files { _ = try folder.write(file.contents.utf8, to: file.name) }
    let sources = files.map(\.name).filter { $0.hasSuffix(".c") }.map(folder.path)
    let executable = folder.path("program")
    try Self.run([path] + Self.strict + sources + flags + ["-o", executable])
    return executable
  }

  /// Runs a command that must not fail, and gives what it wrote to stdout.
  @discardableResult
  package static func run(_ command: [String]) throws -> String {
    let outcome = try Program.shell("exec \"$@\"", command, timeout: 900)
    guard outcome.status == 0 else {
      throw Failure(command: command, output: outcome.out + outcome.err)
    }
    return outcome.out
  }
}

extension TemporaryFolder {
  /// Writes raw floats into a file and gives its path.
  package func write(floats numbers: [Float], to name: String) throws -> String {
    try write(numbers.withUnsafeBytes { Array($0) }, to: name)
  }

  /// The raw floats in a file.
  package func floats(in name: String) throws -> [Float] {
    let bytes = [UInt8](try Data(contentsOf: url.appending(path: name)))
    return bytes.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
  }

  /// Runs a program from files of raw floats to others, and gives what these hold then.
  package func run(
    _ command: [String], _ inputs: [[Float]], outputs: Int = 1
  ) throws -> [[Float]] {
    let paths = try inputs.enumerated().map { try write(floats: $1, to: "input\($0).raw") }
    let results = (0..<outputs).map { "output\($0).raw" }
    // Leaks are looked for by means that containers forbid; nothing is allocated anyway.
    let environment = ["env", "ASAN_OPTIONS=detect_leaks=0"]
    try CCompiler.run(environment + command + paths + results.map(path))
    return try results.map(floats)
  }
}
