package import Exchange
import PointClouds

extension CProgram.Options {
  /// What a model's description says: its name, its classes, and how its channels are normalised.
  package init(of description: ModelDescription) {
    let input = description.input
    let channels = input.channels.indices.map { index in
      "  \(input.channels[index].rawValue): mean \(input.mean[index]),"
        + " deviation \(input.deviation[index])"
    }
    let empty = input.normalizesEmptyCells ? "normalised zeros" : "zeros"
    self.init(
      name: description.name.asCIdentifier,
      classNames: description.labelMap.classes.map(\.name),
      notes: [
        "Channels of the features, each (value - mean) / deviation; empty cells hold \(empty):"
      ]
        + channels)
  }
}
