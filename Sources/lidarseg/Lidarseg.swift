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
      DoctorCommand.self,
      EvaluateCommand.self, RenderCommand.self, AnnotateCommand.self,
    ] + viewCommands + simulationCommands + [
      TrainCommand.self, AdaptCommand.self, CalibrateCommand.self,
      AblateCommand.self, RealismCommand.self,
      LatencyCommand.self,
      SearchCommand.self,
      QuantizeCommand.self,
      ModelsCommand.self,
      DescribeCommand.self,
      ExportCommand.self,
      SensorsCommand.self,
      SelftestCommand.self,
      BenchCommand.self,
    ])

  /// The verbs that need the ray caster, which a build may leave out.
  private static var simulationCommands: [any ParsableCommand.Type] {
    #if Simulator
    [SimulateCommand.self]
    #else
    []
    #endif
  }

  /// The verbs that need a web server, which a build may leave out.
  private static var viewCommands: [any ParsableCommand.Type] {
    #if Viewer
    [ViewCommand.self]
    #else
    []
    #endif
  }

  /// Runs the command and is the only place that prints an error or decides how the program ends.
  static func main() {
    Machine.keepFreedMemory()
    // Writing to a closed pipe fails instead of ending the program in the middle of its work.
    signal(SIGPIPE, SIG_IGN)
    // So does writing more than a file may have.
    signal(SIGXFSZ, SIG_IGN)
    Signals.openStandardStreams()
    let status = withExtendedLifetime(Signals.endBetweenFiles()) { run() }
    Foundation.exit(status)
  }

  private static func run() -> Int32 {
    do {
      var command = try parseAsRoot()
      try command.run()
      return 0
    } catch {
      return status(of: error)
    }
  }

  private static func status(of error: any Error) -> Int32 {
    if let code = error as? ExitCode { return code.rawValue }
    if isFromParser(error) {
      guard exitCode(for: error) != .success else { return show(fullMessage(for: error)) }
      let report = ErrorReport(
        status: .usage, message: line(for: error), remedy: "see \(helpCommand)")
      Console().error(report)
      return report.status.rawValue
    }
    let report = ErrorReport(error)
    Console().error(report)
    return report.status.rawValue
  }

  /// The parser's message in one line; it lists choices in lines of their own.
  private static func line(for error: any Error) -> String {
    let lines = message(for: error).split(separator: "\n")
      .map { $0.trimmingCharacters(in: .whitespaces) }
    let choices = lines.dropFirst().map { $0.hasPrefix("- ") ? String($0.dropFirst(2)) : $0 }
    return ([lines.first ?? ""] + (choices.isEmpty ? [] : [choices.joined(separator: ", ")]))
      .joined(separator: " ")
  }

  private static func show(_ text: String) -> Int32 {
    do {
      try Console().data(text)
      return 0
    } catch {
      return status(of: error)
    }
  }

  /// What prints the help on the verb that was given.
  private static var helpCommand: String {
    let verbs = configuration.subcommands.map { $0._commandName }
    let verb = CommandLine.arguments.dropFirst().first { verbs.contains($0) }
    return (["lidarseg", verb, "--help"] as [String?]).compactMap { $0 }.joined(separator: " ")
  }

  private static func isFromParser(_ error: any Error) -> Bool {
    error is ValidationError || error is CleanExit || exitCode(for: error) != .failure
  }
}
