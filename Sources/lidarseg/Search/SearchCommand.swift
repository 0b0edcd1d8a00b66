import ArgumentParser
import Foundation
import Recipes
import Search
import Training

struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Find a network of a wanted latency, and train it.",
    discussion: """
      Blocks for each place of a network are weighed against each other while they learn (differentiable \
      search), by what they add to the network and what they take by a latency table. Then the most probable \
      networks of the wanted latency are trained by the recipe, and random ones of the same latency and \
      SqueezeSegV2 in several widths beside them. RUN gets a picture and a table of how the choice settled, \
      the models, and the front: latency against mIoU. --resume auto goes on where a run was stopped.

      --weights-of takes the weights of another search of the same space and scans, and learns only which blocks \
      stand where: a search for another device or latency in a fraction of the time. --search-only ends when \
      it is known which networks would be trained; --resume auto then trains them.

      Shipped recipes: search-front, search-widths, search-vlp16

      Example: lidarseg search --recipe search-front --target-ms 3 --latency table.json --out run
      """)

  @Option(help: "The latency that is wanted, by a table in milliseconds.")
  var targetMs: Double?

  @Option(help: "The number of instructions that is wanted, by a table of instructions.")
  var targetInstructions: Double?

  @Option(help: "The latency table, as lidarseg latency writes it.", completion: .file())
  var latency: String

  @Option(help: "The processor that the table must be of; this one unless given.")
  var device: String?

  @Option(help: "The folder of the run.", completion: .directory)
  var out: String

  @Option(help: "What to do with a folder that holds a run: \(TrainCommand.Resumption.list).")
  var resume = TrainCommand.Resumption.never

  @Option(
    help: "The folder of a run whose search's weights are taken as they are.",
    completion: .directory)
  var weightsOf: String?

  @Flag(help: "End when it is known which networks would be trained.")
  var searchOnly = false

  @Option(help: "How many random networks of the wanted latency are trained for comparison.")
  var random = 0

  @Option(
    name: .customLong("baseline"),
    help: ArgumentHelp(
      "A width of SqueezeSegV2 to train for comparison; several may be given.", valueName: "width"))
  var baselines: [Double] = []

  @Option(help: "Who computes: \(BackendName.list).")
  var backend = BackendName.auto

  @OptionGroup var sources: DataOptions
  @OptionGroup var recipe: RecipeOptions
  @OptionGroup var verb: VerbOptions

  private var target: LatencyTarget? {
    targetMs.map(LatencyTarget.init(milliseconds:))
      ?? targetInstructions.map(LatencyTarget.init(instructions:))
  }

  func validate() throws {
    guard targetMs == nil || targetInstructions == nil else {
      throw ValidationError("--target-ms and --target-instructions exclude each other")
    }
    guard (0...100).contains(random) else {
      throw ValidationError("--random \(random) is not in 0...100")
    }
    guard baselines.allSatisfy({ $0 > 0 && $0 <= 8 }) else {
      throw ValidationError("a --baseline is not above 0 and up to 8")
    }
    guard Set(baselines).count == baselines.count else {
      throw ValidationError("a --baseline is given twice")
    }
  }

  func run() throws {
    var configuration = try recipe.resolve(SearchConfiguration())
    if let target { configuration.latency.target = target.value }
    if let weightsOf { configuration.weightsOf = weightsOf }
    sources.replace(in: &configuration.training)
    Signals.stopRequest.claim()
    Machine.keepAllFreedMemory()
    let options = SearchJob.Options(
      table: latency, device: device, unit: target?.unit, out: out,
      resumes: resume == .auto, trains: !searchOnly, randomCount: random, baselines: baselines)
    let job = try SearchJob(
      configuration: configuration, options: options, backend: try backend.backend(), verb: verb)
    let front = try job.run()
    if verb.json { return try verb.console.data(json: front) }
    try verb.console.data(front.markdown)
  }
}
