import ArgumentParser
import Exchange
import Execution
import Foundation
import Recipes
import Search
import Training

struct QuantizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quantize", abstract: "Let a model run in bytes, or in fewer bits.",
    discussion: """
      Images inside the network are stored as bytes and multiplied by weights of 8 bits. What the bytes stand \
      for is taken from some scans, without labels (--target). The model that is written holds the same \
      weights and says what its images hold; every verb then runs it in bytes.

      --learn RUN lets the model learn on with its numbers rounded, and takes the ranges from that \
      (quantization-aware training; recipe quantize); --set rounding.weightBits=4 rounds weights further. \
      --search RUN searches for how many bits each layer's weights need to come to --target-kib (recipe \
      quantize-search), and lets the plan that is found learn on, beside plans of as many bits everywhere. \
      --resume auto goes on where a run was stopped.

      Examples: lidarseg quantize front-small --target scans --out front-small-int8.safetensors
                lidarseg quantize front-small --learn run --data streets --out front-small-int8.safetensors
                lidarseg quantize front-small --search run --target-kib 100 --data streets --out mixed.safetensors
      """)

  /// How far the bytes of an image reach.
  enum Method: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// As far as costs the least information.
    case entropy
    /// To what all but a share of the numbers lie within.
    case percentile
    /// To the least and the greatest number.
    case extremes
  }

  @Argument(help: "A bundled model's name, or a .safetensors file.", completion: .file())
  var model: String

  @Option(help: "Scans as the model will see them, without labels.", completion: .file())
  var target: String?

  @Option(help: "The folder of a run that learns on.", completion: .directory)
  var learn: String?

  @Option(help: "The folder of a search for bits.", completion: .directory)
  var search: String?

  @Option(help: "What weights shall take, in KiB, for --search.")
  var targetKib: Double?

  @Option(help: "The model file to write.", completion: .file())
  var out: String

  @Option(help: "How far bytes reach: \(Method.list).")
  var method = Method.percentile

  @Option(help: "The share of the numbers that bytes shall hold, in percent.")
  var percentile = 99.99

  @Option(help: "At most so many scans, spread over all.")
  var scans = 32

  @Option(
    help:
      "The sensor of the scans: a known name or a file; unless given one with the model's beams.")
  var sensor: String?

  @Option(help: "What to do with a folder that holds a run: \(TrainCommand.Resumption.list).")
  var resume = TrainCommand.Resumption.never

  @Option(help: "Who computes: \(BackendName.list).")
  var backend = BackendName.auto

  @OptionGroup var sources: DataOptions
  @OptionGroup var recipe: RecipeOptions
  @OptionGroup var verb: VerbOptions

  func validate() throws {
    guard [target, learn, search].count(where: { $0 != nil }) == 1 else {
      throw ValidationError("give one of --target, --learn and --search")
    }
    guard (50...100).contains(percentile) else {
      throw ValidationError("--percentile \(percentile) is not in 50...100")
    }
    guard (1...10_000).contains(scans) else {
      throw ValidationError("--scans \(scans) is not in 1...10000")
    }
    guard target == nil || recipe.recipe == nil && recipe.settings.isEmpty && sources.data.isEmpty
    else {
      throw ValidationError("--recipe, --set and --data are for --learn and --search")
    }
    guard targetKib == nil || search != nil else {
      throw ValidationError("--target-kib is for --search")
    }
    guard resume == .never || target == nil else {
      throw ValidationError("--resume is for --learn and --search")
    }
  }

  func run() throws {
    var options = ModelOptions()
    (options.model, options.backend) = (model, backend)
    let model = try options.loadModel()
    guard !model.description.isQuantized else {
      throw ErrorReport(
        status: .usage, message: "\(self.model) runs in bytes already",
        remedy: "name the model that it was made of")
    }
    try OutputFolder.make(for: out)
    if let target { return try quantize(model, by: target) }
    Signals.stopRequest.claim()
    Machine.keepAllFreedMemory()
    if let learn { return try learnOn(model, in: learn) }
    if let search { try searchBits(of: model, in: search) }
  }

  // MARK: Learning

  /// What learning on came to.
  struct LearningReport: Encodable {
    var model: String
    /// Mean IoU on the validation images, before and after.
    var floats: Double?
    var rounded: Double?
    var seconds: Double
  }

  private func learnOn(_ model: Model, in folder: String) throws {
    let start = Date()
    var training = try recipe.resolve(TrainingConfiguration(), unnamed: "quantize")
    sources.replace(in: &training)
    let learning = try learning(model, in: folder)
    training = try learning.completed(training)
    guard training.rounding.isActive else {
      throw ErrorReport(
        status: .usage, message: "the recipe rounds nothing",
        remedy: "set rounding.weightBits or rounding.imageBits, or name the recipe quantize")
    }
    try learning.begin()
    let learned = learning.withHistory(try learning.learned(training, as: "run").model)
    try ModelFile.write(learned, to: out)
    let scores = try learning.scores(of: [model, learned], training)
    let report = LearningReport(
      model: out, floats: scores[0], rounded: scores[1],
      seconds: Date().timeIntervalSince(start))
    if verb.json { return try verb.console.data(json: report) }
    let words = zip(["mIoU in floats", "rounded"], scores).compactMap { name, score in
      score.map { "\(name) \(String(format: "%.3f", $0))" }
    }
    verb.console.talk("\(words.joined(separator: ", ")): \(out)")
  }

  private func searchBits(of model: Model, in folder: String) throws {
    var configuration = try recipe.resolve(SearchConfiguration(), unnamed: "quantize-search")
    if let targetKib { configuration.latency.target = targetKib }
    sources.replace(in: &configuration.training)
    guard configuration.bits.areSearched else {
      throw SearchError(
        .invalidConfiguration, "the recipe searches no bits",
        remedy: "list some in bits.weights, or name the recipe quantize-search")
    }
    let learning = try learning(model, in: folder)
    let job = PrecisionSearchJob(configuration: configuration, learning: learning)
    let front = try job.run()
    guard let found = front.rows.first(where: { $0.kind == .searched }) else {
      throw SearchError(
        .unreachable, "no plan of the wanted size was found", remedy: "ask for another --target-kib"
      )
    }
    try ModelFile.write(learning.withHistory(try ModelFile.read(found.model)), to: out)
    if verb.json { return try verb.console.data(json: front) }
    try verb.console.data(front.markdown)
  }

  private func learning(_ model: Model, in folder: String) throws -> QuantizeLearning {
    QuantizeLearning(
      model: model, folder: folder, resumes: resume == .auto, backend: try backend.backend(),
      verb: verb)
  }
}
