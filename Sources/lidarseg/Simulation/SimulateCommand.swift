#if Simulator
public import ArgumentParser
import Foundation
import Recipes
import Sensors
public import Simulator

struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "Make labelled scans of streets that do not exist.",
    discussion: """
      Writes sequences/NN with velodyne, labels, label_2, poses.txt, times.txt and calib.txt, one \
      sequence for each scene. A scene depends on the seed and its number alone: not on threads, \
      on order, or on how many processes mpirun starts.

      Example: lidarseg simulate streets --scenes 20 --sensor hdl64e-kitti --seed 7
      """)

  /// How scenes are stored.
  enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// A sequence for each scene.
    case semanticKITTI = "semantickitti"
    /// Range images, 16 scenes to a NumPy array.
    case shards
  }

  @Argument(help: "The folder to write to.", completion: .directory)
  var out: String

  @Option(help: "How many scenes.")
  var scenes = 10

  @Option(help: "A sensor's name, or a sensor file.", completion: .file())
  var sensor = "hdl64e-kitti"

  @Option(help: "Other seeds give other streets.")
  var seed: UInt64 = 1

  @Option(help: "What to write: \(Format.list).")
  var format = Format.semanticKITTI

  @Option(help: "Columns of a shard's images, all the way around.")
  var columns = 2048

  @Option(help: "What decides labels: what the pulse hit, or the actors' boxes as in KITTI.")
  var labels: SimulationConfiguration.LabelSource?

  @Flag(help: "Go on where an earlier simulation of the same recipe stopped.")
  var resume = false

  @Flag(help: "Remove what an earlier simulation wrote.")
  var overwrite = false

  @Option(
    help: "Draw the front of two simulated scans to this PNG.", completion: .file())
  var preview: String?

  @Option(
    help: ArgumentHelp("Recorded scans to draw two of below them.", valueName: "source"),
    completion: .directory)
  var beside: String?

  @OptionGroup var recipe: RecipeOptions
  @OptionGroup var verb: VerbOptions

  func validate() throws {
    guard (1...10_000_000).contains(scenes) else {
      throw ValidationError("--scenes \(scenes) is not in 1...10000000")
    }
    guard !(resume && overwrite) else {
      throw ValidationError("--resume keeps and --overwrite removes: give one of them")
    }
    guard beside == nil || preview != nil else {
      throw ValidationError("--beside needs --preview, the picture to draw to")
    }
    guard (16...16_384).contains(columns) else {
      throw ValidationError("--columns \(columns) is not in 16...16384")
    }
    guard preview == nil || format == .semanticKITTI else {
      throw ValidationError("--preview draws scans: leave --format out")
    }
  }

  func run() throws {
    var configuration = try recipe.resolve(SimulationConfiguration())
    configuration.labels = labels ?? configuration.labels
    let table = try SensorOption.table(named: sensor)
    // Finds a recipe or sensor that cannot be before anything is written.
    _ = try SceneScanner(configuration, sensor: table, seed: seed)
    let units = try units(sensor: table, configuration)
    let share = ProcessShare.current()
    try prepareFolder(configuration, share: share)
    let all = share.parts(of: units.count)
    let missing = resume ? all.filter { !units.isComplete($0) } : all
    let start = ContinuousClock.now
    let job = SimulationJob(
      configuration: configuration, sensor: table, seed: seed, threadCount: verb.threadCount)
    let count = try job.run(
      units: missing,
      progress: Progress(
        style: verb.quiet ? .none : verb.progress, total: missing.count, noun: units.noun),
      work: units.write)
    try say(
      Report(
        written: missing.count, unit: units.noun, kept: all.count - missing.count,
        scans: count.scans, points: count.points, fewestPoints: count.fewestPoints,
        seconds: (ContinuousClock.now - start) / .seconds(1)))
    guard let preview, share.rank == 0 else { return }
    try SimulationPreview(simulated: out, recorded: beside, sensor: table).write(to: preview)
    verb.console.talk("picture: \(preview)")
  }

  /// The parts that are written as a whole.
  private struct Units {
    var noun: String
    var count: Int
    var isComplete: (Int) -> Bool
    var write: @Sendable (Int, SceneScanner) throws -> SimulationCount
  }

  private func units(
    sensor: SensorTable, _ configuration: SimulationConfiguration
  ) throws -> Units {
    switch format {
    case .semanticKITTI:
      let writer = SequenceWriter(folder: out)
      return Units(
        noun: "scenes", count: scenes, isComplete: writer.isComplete(scene:),
        write: writer.write(scene:from:))
    case .shards:
      guard configuration.frames <= ShardWriter.frameLimit else {
        throw ValidationError(
          "a scene of a shard has at most \(ShardWriter.frameLimit) frames, not "
            + "\(configuration.frames): write sequences")
      }
      let writer = ShardWriter(folder: out, sensor: sensor, columns: columns, scenes: scenes)
      return Units(
        noun: "shards", count: writer.count, isComplete: writer.isComplete(shard:),
        write: writer.write(shard:from:))
    }
  }

  /// What `simulation.yaml` says.
  private struct Record: Codable {
    var version: String
    var format: String
    var columns: Int?
    var scenes: Int?
    var sensor: String
    var seed: UInt64
    var recipe: SimulationConfiguration
  }

  private func prepareFolder(
    _ configuration: SimulationConfiguration, share: ProcessShare
  ) throws {
    let folder = SimulationFolder(path: out)
    if share.rank > 0, let job = share.job { return try folder.awaitPreparation(job: job) }
    let record = Record(
      version: Lidarseg.version, format: format.rawValue,
      columns: format == .shards ? columns : nil,
      scenes: format == .shards ? scenes : nil, sensor: sensor, seed: seed, recipe: configuration)
    try folder.prepare(
      record: try Recipe.text(of: record),
      reuse: resume ? .resumed : overwrite ? .overwritten : .refused, job: share.job)
  }

  private struct Report: Encodable {
    var written: Int
    var unit: String
    var kept: Int
    var scans: Int
    var points: Int
    var fewestPoints: Int?
    var seconds: Double
  }

  private func say(_ report: Report) throws {
    if verb.json { return try verb.console.data(json: report) }
    let rate = String(format: "%.1f", Double(report.scans) / max(report.seconds, 1e-9))
    verb.console.talk(
      "\(report.scans) scans in \(report.written) \(report.unit), \(report.points) points, "
        + "\(rate) scans/s: \(out)"
        + (report.kept > 0 ? " (\(report.kept) \(report.unit) were there)" : ""))
  }
}

extension SimulationConfiguration.LabelSource: ExpressibleByArgument {}
#endif
