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

  func dataset() throws -> Dataset { try Dataset.open(path: source) }

  func read(_ scan: DatasetScan) throws -> ReadScan { try ScanFile.read(scan.path, as: from) }
}

extension ScanFormat: ExpressibleByArgument {}
