import ArgumentParser
import Sensors

struct SensorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sensors", abstract: "List the known sensors, or check or make a sensor file.",
    subcommands: [List.self, Check.self, Fit.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the known sensors.")
    @OptionGroup var verb: VerbOptions

    func run() throws {
      let tables = SensorCatalogue.bundled.tables
      if verb.json {
        try verb.console.data(json: ["sensors": tables])
      } else {
        for table in tables { try verb.console.data(table.summary) }
      }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check a sensor file.", discussion: "Example: lidarseg sensors check mine.yaml")

    @Argument(help: "The YAML file of a sensor.", completion: .file())
    var file: String
    @OptionGroup var verb: VerbOptions

    func run() throws {
      let table = try SensorCatalogue.load(path: file)
      if verb.json {
        try verb.console.data(json: table)
      } else {
        try verb.console.data(table.summary)
      }
    }
  }
}

extension SensorTable {
  /// One line for people.
  var summary: String {
    let elevations = beams.map(\.elevation)
    let span = "\(elevations.max() ?? 0) to \(elevations.min() ?? 0) degrees"
    return "\(name): \(title), \(beams.count) beams, \(span), \(quality.rawValue)"
  }
}
