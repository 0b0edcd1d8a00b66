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

      Shipped recipes: search-front

      Example: lidarseg search --recipe search-front --target-ms 3 --latency table.json --out run
      """)

  @Option(help: "The latency that is wanted, in the table's unit.")
  var targetMs: Double?

  @Option(help: "The latency table, as lidarseg latency writes it.", completion: .file())
  var latency: String

  @Option(help: "The processor that the table must be of; this one unless given.")
  var device: String?

  @Option(help: "The folder of the run.", completion: .directory)
  var out: String

  @Option(help: "What to do with a folder that holds a run: \(TrainCommand.Resumption.list).")
  var resume = TrainCommand.Resumption.never

  @Option(
    name: .customLong("data"),
    help: ArgumentHelp(
      "Learn from these scans instead of the recipe's; several may be given.",
      valueName: "source"), completion: .directory)
  var data: [String] = []

  @Option(
    name: .customLong("validation"),
    help: ArgumentHelp(
      "Measure mIoU on these instead of the recipe's.", valueName: "source"),
    completion: .directory)
  var validation: [String] = []

  @Option(help: "How many random networks of the wanted latency are trained for comparison.")
  var random = 0

  @Option(
    name: .customLong("baseline"),
    help: ArgumentHelp(
      "A width of SqueezeSegV2 to train for comparison; several may be given.", valueName: "width"))
  var baselines: [Double] = []

  @Option(help: "Who computes: \(BackendName.list).")
  var backend = BackendName.auto

  @OptionGroup var recipe: RecipeOptions
  @OptionGroup var verb: VerbOptions

  func validate() throws {
    guard (0...100).contains(random), baselines.allSatisfy({ $0 > 0 && $0 <= 8 }) else {
      throw ValidationError("--random is not in 0...100, or a --baseline not above 0 up to 8")
    }
  }

  func run() throws {
    var configuration = try recipe.resolve(SearchConfiguration())
    if let targetMs { configuration.latency.target = targetMs }
    if !data.isEmpty { configuration.training.data = data.map(DataConfiguration.init(argument:)) }
    if !validation.isEmpty {
      configuration.training.validation.data = validation.map(DataConfiguration.init(argument:))
    }
    Signals.stopRequest.claim()
    Machine.keepAllFreedMemory()
    let job = try SearchJob(
      configuration: configuration, table: latency, device: device, out: out,
      resumes: resume == .auto, randomCount: random, baselines: baselines,
      backend: try backend.backend(), verb: verb)
    let front = try job.run()
    if verb.json { return try verb.console.data(json: front) }
    try verb.console.data(front.markdown)
  }
}
