import ArgumentParser
import Training

/// Scans to learn from and to measure on, instead of a recipe's.
struct DataOptions: ParsableArguments {
  @Option(
    name: .customLong("data"),
    help: ArgumentHelp(
      "Learn from these scans or shards instead of the recipe's; several may be given. "
        + "streets:SENSOR simulates.", valueName: "source"), completion: .directory)
  var data: [String] = []

  @Option(
    name: .customLong("validation"),
    help: ArgumentHelp(
      "Measure mIoU on these, and choose the best weights by it, instead of the recipe's.",
      valueName: "source"), completion: .directory)
  var validation: [String] = []

  /// Puts them in the place of what a recipe names, where there are any.
  func replace(in training: inout TrainingConfiguration) {
    if !data.isEmpty { training.data = data.map(DataConfiguration.init(argument:)) }
    if !validation.isEmpty {
      training.validation.data = validation.map(DataConfiguration.init(argument:))
    }
  }
}
