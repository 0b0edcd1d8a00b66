public import ArgumentParser
import Datasets
import PointCloudIO

/// Where scans come from.
struct SourceOptions: ParsableArguments {
  @Argument(
    help: "A scan, a folder of scans, a data set, or a YAML that names them.",
    completion: .file())
  var source: String

  @Option(
    help: ArgumentHelp(
      "Read files as this kind: \(ScanFormat.list).",
      discussion: "Recognised by content unless given.", valueName: "kind"))
  var from: ScanFormat?

  func validate() throws {
    guard !source.isEmpty else { throw ValidationError("the path of the scans is empty") }
  }

  func dataset() throws -> Dataset {
    guard source != "-", !source.hasPrefix("udp://") else {
      throw ErrorReport(
        status: .usage, message: "this command reads scans from files and folders only",
        remedy: "name one (see --help); segment udp://:2368 takes packets from a port",
        path: source)
    }
    return try Dataset.open(path: source)
  }

  func read(_ scan: DatasetScan) throws -> ReadScan { try scan.read(as: from) }

  /// Ends a command that did what could be done with a damaged scan: says the damage, and gives its
  /// status.
  func fail(with damage: PointCloudIOError?, _ console: Console) throws(ExitCode) {
    guard let damage else { return }
    let fault = ErrorReport(damage)
    console.error(fault)
    throw ExitCode(fault.status.rawValue)
  }
}

extension ScanFormat: ExpressibleByArgument {}
