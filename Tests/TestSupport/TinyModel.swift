public import Exchange
public import Graphs
import Networks
import PointClouds
import RangeImages
import Tensors

/// A small untrained model: SqueezeSeg with an eighth of its channels, 16 x 64 cells by elevation.
public enum TinyModel {
  /// The whole model.
  public static func make(seed: UInt64 = 1) throws -> Model {
    var configuration = SqueezeSegConfiguration.squeezeSeg.scaled(by: 0.125)
    configuration.size = Extent(16, 64)
    let graph = try SqueezeSeg.graph(configuration)
    let description = ModelDescription(
      name: "tiny", graph: graph, input: .squeezeSeg,
      geometry: ImageGeometry(rows: 16, columns: 64, left: 45, right: -45, rowRule: .elevation),
      labelMap: try labelMap(),
      card: ModelCard(summary: "For tests.", training: "none", figures: [:], license: "none"))
    return try Model(description, parameters: parameters(of: graph, seed: seed))
  }

  /// Random weights that keep activations at about 1.
  public static func parameters(of graph: Graph, seed: UInt64) -> ParameterValues {
    var random = SeededNumbers(seed: seed)
    var values: ParameterValues = [:]
    for node in graph.parameters {
      let shape = node.type.shape
      let fanIn = max(1, shape.count / shape.channels)
      let bound = shape.rank > 1 ? (3 / Float(fanIn)).squareRoot() : 0.5
      let range = node.name.hasSuffix("moving_var") ? 0.2...2 : -bound...bound
      values[node.name] = random.tensor(shape, in: range)
    }
    return values
  }

  private static func labelMap() throws -> LabelMap {
    let colors =
      [LabelColor(red: 90, green: 90, blue: 90)]
      + [UInt8(0), 1, 2].map { position in
        LabelColor(red: 255, green: 80 * position, blue: 0)
      }
    let ids: [UInt16] = [99, 10, 30, 31]
    let classes = ["background", "car", "person", "cyclist"].enumerated().map { position, name in
      LabelClass(
        name: name, read: position == 0 ? .rest : .ids([ids[position]]), write: ids[position],
        color: colors[position])
    }
    return try LabelMap(name: "four", classes: classes, ignored: [0])
  }
}
