public import Graphs
import Networks

extension NetworkConfiguration {
  /// The configuration that makes a network, as the network tells it; nothing where none does.
  ///
  /// - Parameters:
  ///   - graph: a network for one image, without a random field.
  ///   - classCount: its classes.
  ///   - size: rows and columns of its image.
  public init?(matching graph: Graph, classCount: Int, size: Extent) {
    // What is trained and what is gathered, but not what calibration adds to it.
    let wanted = Set(graph.parameters.map { "\($0.name) \($0.type)" })
    for architecture in Architecture.allCases {
      for width in [1, 0.5, 0.25, 0.75, 1.5, 2] {
        for order in LayerOrder.allCases {
          var candidate = Self()
          (candidate.architecture, candidate.width, candidate.order) = (architecture, width, order)
          guard let made = try? candidate.graph(classCount: classCount, size: size, batch: 1),
            Set(made.parameters.map { "\($0.name) \($0.type)" }) == wanted,
            made.operationKinds == graph.operationKinds
          else { continue }
          self = candidate
          return
        }
      }
    }
    return nil
  }
}

extension Graph {
  /// The kinds of its operations in order.
  fileprivate var operationKinds: [Operation.Kind] {
    nodes.compactMap { node in
      if case .operation(let operation, _) = node.source { operation.kind } else { nil }
    }
  }
}
