import ArgumentParser
import Exchange
import Foundation

struct ModelsPublishCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish", abstract: "Give a trained model a name and a card.",
    discussion: """
      The card's figures on simulated images are measured and added; models verify checks them.

      Example: lidarseg models publish run/best.safetensors front.safetensors --card front.json
      """)

  @Argument(help: "A trained model.", completion: .file())
  var trained: String

  @Argument(help: "The model file to write; the model is called like it.", completion: .file())
  var out: String

  @Option(help: "A JSON file with summary, training, figures and license.", completion: .file())
  var card: String

  @OptionGroup var verb: VerbOptions

  func run() throws {
    var model = try ModelFile.read(trained)
    var card = try ModelCard(path: card)
    let holdOut = SimulatedHoldOut(threadCount: verb.threadCount, console: verb.console)
    card.figures.merge(try holdOut.figures(of: model)) { _, measured in measured }
    model.description.name =
      URL(fileURLWithPath: out).deletingPathExtension().lastPathComponent
    model.description.card = card
    try ModelFile.write(model, to: out)
    let summary = try ModelsCommand.Summary(model)
    if verb.json {
      try verb.console.data(json: summary)
    } else {
      verb.console.talk(summary.text)
    }
  }
}
