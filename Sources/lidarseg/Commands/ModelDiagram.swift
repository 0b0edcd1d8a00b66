import Exchange
import Graphs
import Pictures
import Tensors

/// A model's network as a picture: a box for each layer, filled by its share of the multiplications.
struct ModelDiagram {
  let svg: String

  init(_ description: ModelDescription, _ graph: Graph) {
    let constants = graph.constantValues
    let shown = graph.values.filter { !constants.contains($0) }
    let positions = Dictionary(
      uniqueKeysWithValues: shown.enumerated().map { ($0.element, $0.offset) })
    let most = shown.map { graph.cost(of: $0).multiplyAccumulates }.max() ?? 0
    let nodes = shown.map { value in
      let cost = graph.cost(of: value).multiplyAccumulates
      return GraphDiagram.Node(
        lines: Self.lines(value, of: graph, cost: cost),
        sources: Self.sources(of: value, in: graph).compactMap { positions[$0] },
        weight: most > 0 ? Double(cost) / Double(most) : 0)
    }
    svg = GraphDiagram(title: description.name, nodes: nodes).svg
  }

  private static func lines(_ value: Graph.Value, of graph: Graph, cost: Int) -> [String] {
    let node = graph[value]
    guard case .operation(let operation, _) = node.source else {
      return [node.name, "input", node.type.description]
    }
    let words = ([operation.kind.rawValue] + operation.attributes.words).joined(separator: " ")
    let size = cost > 0 ? ", \(cost / 1000) kMAC" : ""
    return [node.name, words, node.type.shape.description + size]
  }

  private static func sources(of value: Graph.Value, in graph: Graph) -> [Graph.Value] {
    guard case .operation(_, let operands) = graph[value].source else { return [] }
    return operands
  }
}
