import ArgumentParser
import Recipes

/// What a job does, where it differs from the defaults.
struct RecipeOptions: ParsableArguments {
  @Option(
    help: "A YAML file with what differs from the defaults, or the name of a shipped recipe.",
    completion: .file())
  var recipe: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "One field of the recipe; may be given several times.", valueName: "key=value"))
  var settings: [String] = []

  /// The configuration that the options make of defaults.
  ///
  /// - Parameters:
  ///   - defaults: what is not said otherwise.
  ///   - unnamed: the shipped recipe that counts where none is named.
  /// - Returns: the configuration with every field.
  /// - Throws: `RecipeError` naming a field that is not known or not of its type.
  func resolve<Configuration: Codable>(
    _ defaults: Configuration, unnamed: String? = nil
  ) throws -> Configuration {
    try Recipe.resolve(defaults, file: recipe ?? unnamed, settings: settings)
  }
}
