import ArgumentParser
import Datasets
import Exchange
import Foundation
import Graphs
import JSONTexts
import Networks
import PointClouds
import RangeImages

struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "List the bundled models, show or verify them, import or publish weights.",
    subcommands: [
      List.self, Show.self, ModelsVerifyCommand.self, ModelsPublishCommand.self, Import.self,
    ], defaultSubcommand: List.self)

  /// A model in figures.
  struct Summary: Encodable {
    var name: String
    var classes: [String]
    var rows: Int
    var columns: Int
    var parameters: Int
    var gigaMultiplyAccumulates: Double
    var card: ModelCard

    init(_ model: Model) throws {
      let description = model.description
      name = description.name
      classes = description.labelMap.classes.map(\.name)
      rows = description.geometry.rows
      columns = description.geometry.columns
      parameters = description.graph.parameterCount(.trainable)
      gigaMultiplyAccumulates =
        Double(try description.preparedGraph().cost.multiplyAccumulates) / 1e9
      card = description.card
    }

    var text: String {
      """
      \(name): \(rows)x\(columns), \(parameters) parameters, \
      \(String(format: "%.3f", gigaMultiplyAccumulates)) GMAC, \(classes.joined(separator: ", "))
        \(card.summary)
        licence: \(card.license)
      """
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the bundled models.")
    @OptionGroup var collection: CollectionOptions
    @OptionGroup var verb: VerbOptions

    func run() throws {
      let models = try collection.models()
      let summaries = try models.names.map { try Summary(models.model(named: $0)) }
      if verb.json {
        try verb.console.data(json: ["models": summaries])
      } else {
        for summary in summaries { try verb.console.data(summary.text) }
      }
    }
  }

  /// Which models are meant.
  struct CollectionOptions: ParsableArguments {
    @Option(
      help: "A folder of models, in place of those that are bundled.", completion: .directory)
    var folder: String?

    func models() throws -> ModelCollection {
      try folder.map(ModelCollection.init(folder:)) ?? .bundled
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show a model's card and graph.")
    @Argument(help: "A bundled model's name, or a .safetensors file.", completion: .file())
    var model: String

    @OptionGroup var verb: VerbOptions

    func run() throws {
      var options = ModelOptions()
      options.model = model
      let model = try options.loadModel()
      if verb.json {
        try verb.console.data(json: model.description)
        return
      }
      try verb.console.data(Summary(model).text)
      try verb.console.data("  training: \(model.description.card.training)")
      for (name, value) in model.description.card.figures.sorted(by: { $0.key < $1.key }) {
        try verb.console.data("  \(name): \(value)")
      }
      try verb.console.data(model.description.graph.description)
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a model of weights in a NumPy archive (names of the authors' checkpoints).",
      discussion: """
        Example: lidarseg models import weights.npz model.safetensors --network squeezesegv2
        """)

    /// The networks by the names that people type.
    enum Network: String, CaseIterable, ExpressibleByArgument, Sendable {
      case squeezeseg
      case squeezesegv2
    }

    @Argument(help: "The archive of arrays.", completion: .file())
    var weights: String

    @Argument(help: "The model file to write.", completion: .file())
    var out: String

    @Option(help: "The network: \(Network.list).")
    var network = Network.squeezesegv2

    @Option(help: "What multiplies the network's inner channels.")
    var width = 1.0

    @Flag(
      help: "Batch normalisation comes before the activation, not behind it as in the authors'.")
    var foldable = false

    @Option(help: "A JSON file with summary, training, figures and license.", completion: .file())
    var card: String?

    @OptionGroup var verb: VerbOptions

    func validate() throws {
      guard width > 0, width <= 8 else { throw ValidationError("--width \(width) is not in 0...8") }
    }

    func run() throws {
      let values = try AuthorsWeights.read(weights)
      let hasField = values.keys.contains { $0.hasPrefix("recurrent_crf/") }
      let graph = try SqueezeSeg.graph(configuration(hasField: hasField))
      let name = URL(fileURLWithPath: out).deletingPathExtension().lastPathComponent
      let description = ModelDescription(
        name: name, graph: graph,
        input: network == .squeezeseg ? .squeezeSeg : .squeezeSegV2, geometry: .kittiFront,
        labelMap: try LabelMap.bundled("four-classes"), card: try readCard())
      let model = try Model(description, parameters: values)
      try ModelFile.write(model, to: out)
      if verb.json {
        try verb.console.data(json: try Summary(model))
      } else {
        verb.console.talk(try Summary(model).text)
      }
    }

    private func configuration(hasField: Bool) -> SqueezeSegConfiguration {
      var configuration: SqueezeSegConfiguration =
        network == .squeezeseg ? .squeezeSeg : .squeezeSegV2
      configuration = configuration.scaled(by: width)
      if foldable { configuration.order = .normalizationThenActivation }
      if !hasField { configuration.field = nil }
      return configuration
    }

    private func readCard() throws -> ModelCard {
      guard let card else {
        return ModelCard(
          summary: "Imported weights.", training: "unknown", figures: [:], license: "unknown")
      }
      return try ModelCard(path: card)
    }
  }
}

extension ModelCard {
  /// Reads a card that somebody wrote.
  init(path: String) throws {
    do {
      self = try JSONText.decode(
        ModelCard.self, from: try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw ErrorReport(
        status: .unreadable, message: "the card cannot be read: \(error)",
        remedy: "write a JSON object with summary, training, figures and license", path: path)
    }
  }
}
