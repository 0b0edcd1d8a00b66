import ArgumentParser
import Foundation

@main
struct Lidarseg: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "lidarseg",
    abstract: "A label for every point of a LiDAR scan.",
    discussion: """
      Exit codes: 0 ok, 1 internal, 2 usage, 3 unreadable, 4 damaged input (what could be read \
      was), 5 mismatch, 6 a check failed, 7 out of a resource.
      """,
    version: Self.version,
    subcommands: [
      SegmentCommand.self, ConvertCommand.self, ProjectCommand.self, InfoCommand.self,
      EvaluateCommand.self, RenderCommand.self, ModelsCommand.self, SensorsCommand.self,
      SelftestCommand.self, BenchCommand.self,
    ])

  /// Runs the command and is the only place that prints an error or decides how the program ends.
  static func main() {
    // Writing to a closed pipe fails instead of ending the program in the middle of its work.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      Foundation.exit(status(of: error))
    }
  }

  private static func status(of error: any Error) -> Int32 {
    if let code = error as? ExitCode { return code.rawValue }
    if isFromParser(error) {
      let message = fullMessage(for: error)
      let isRequested = exitCode(for: error) == .success
      isRequested ? Console().data(message) : Console().talk(message)
      return isRequested ? 0 : ErrorReport.Status.usage.rawValue
    }
    let report = ErrorReport(error)
    Console().error(report)
    return report.status.rawValue
  }

  private static func isFromParser(_ error: any Error) -> Bool {
    error is ValidationError || error is CleanExit || exitCode(for: error) != .failure
  }
}
