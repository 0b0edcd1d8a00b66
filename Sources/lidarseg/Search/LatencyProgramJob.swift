import Execution
import Export
import Foundation
import Graphs
import Networks
import PointCloudIO
import Search

/// Writes a C program that measures the units of a space on another device.
struct LatencyProgramJob {
  let space: SearchSpace
  let folder: String
  let verb: VerbOptions

  /// What was written.
  struct Report: Encodable {
    var folder: String
    var files: [String]
    var units: Int
    var arenaBytes: Int
    var precision: Precision
  }

  func run() throws {
    let networks = try space.measuredChoices().map { choices in
      (graph: try space.prepared(choices), parameters: try space.emptyWeights(of: choices))
    }
    let program = try CLatencyProgram(networks, notes: notes)
    let url = URL(fileURLWithPath: folder)
    try OutputFolder.make(url)
    for file in program.files {
      try AtomicFile.write(Array(file.contents.utf8), to: url.appending(path: file.name).path)
    }
    let report = Report(
      folder: folder, files: program.files.map(\.name), units: program.keys.count,
      arenaBytes: program.arenaByteCount, precision: space.precision)
    if verb.json { return try verb.console.data(json: report) }
    verb.console.talk(
      "\(folder)/\(CLatencyProgram.name).c: \(report.units) units, arena of the largest network "
        + "\(report.arenaBytes) bytes; \(CLatencyProgram.name).h says how to compile it")
  }

  private var notes: [String] {
    let configuration = space.configuration
    let size = configuration.size
    return [
      String(format: "A space of 10^%.1f networks", configuration.logarithmicSize)
        + " for images of \(size.height) x \(size.width), \(space.precision.rawValue), lidarseg "
        + Lidarseg.version + ".",
      "Computations are those of the C that lidarseg export --to c writes, on one thread.",
    ]
  }
}
