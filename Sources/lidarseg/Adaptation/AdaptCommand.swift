import Adaptation
import ArgumentParser
import Datasets
import Exchange
import Foundation
import Recipes
import Training

struct AdaptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adapt",
    abstract: "Adapt a model to scans of another domain, without their labels.",
    discussion: """
      The model learns on from what it was trained on (--data) and from the target's scans: their \
      features are aligned, the model's own surest labels are learned from, and the candidate is \
      taken that is steadiest on the target and forgets little. The recipe says which of these are \
      done. RUN gets adapted.safetensors, adaptation.json with what each candidate was judged by, and \
      a run's folder for each round; --resume auto goes on where it was stopped.

      Example: lidarseg adapt --source front --target scans --out run
      """)

  @Option(name: .customLong("source"), help: "The model to adapt: a bundled name or a file.")
  var source = ModelOptions.defaultName

  @Option(help: "Scans of the target; labels beside them are not read.", completion: .file())
  var target: String

  @Option(help: "The folder of the run.", completion: .directory)
  var out: String

  @Option(help: "What to do with a folder that holds a run: \(TrainCommand.Resumption.list).")
  var resume = TrainCommand.Resumption.never

  @Option(
    name: .customLong("data"),
    help: ArgumentHelp(
      "Labelled scans or shards of the source; several may be given. streets:SENSOR, which is the "
        + "default, simulates.", valueName: "source"), completion: .directory)
  var data: [String] = []

  @Option(help: "Learn also from the labels of so many of the target's scans.")
  var labelled = 0

  @Option(help: "Where labelled scans are, if not among the target's.", completion: .directory)
  var labelledFrom: String?

  @Option(help: "Who computes: \(BackendName.list).")
  var backend = BackendName.auto

  @OptionGroup var recipe: RecipeOptions
  @OptionGroup var verb: VerbOptions

  func validate() throws {
    guard labelled >= 0 else { throw ValidationError("--labelled \(labelled) is below 0") }
  }

  func run() throws {
    var options = recipe
    if options.recipe == nil { options.recipe = "adapt" }
    var configuration = try options.resolve(AdaptationConfiguration())
    if !data.isEmpty {
      configuration.training.data = data.map(DataConfiguration.init(argument:))
    }
    try configuration.validate()
    var model = ModelOptions.parseOrExit(["--model", source])
    model.backend = backend
    Signals.stopRequest.claim()
    let job = AdaptJob(
      configuration: configuration, source: try model.loadTrainableModel(), target: target,
      out: out,
      resumes: resume == .auto, labelled: labelled, labelledFrom: labelledFrom ?? target,
      backend: try backend.backend(), verb: verb)
    let outcome = try job.run()
    if verb.json {
      try verb.console.data(json: outcome)
    } else {
      for candidate in outcome.candidates {
        verb.console.talk(
          candidate.name
            + String(
              format: ": simulated mIoU %.3f, entropy %.4f, agreement %.3f",
              candidate.simulatedIoU, candidate.entropy, candidate.agreement))
      }
      verb.console.talk("taken: \(outcome.chosen): \(outcome.model)")
    }
  }
}
