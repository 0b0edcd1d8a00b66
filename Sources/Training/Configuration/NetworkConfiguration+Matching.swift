import Exchange
public import Graphs
import Networks
import Tensors

extension NetworkConfiguration {
  /// The configuration that makes a network, as the network tells it.
  ///
  /// - Parameters:
  ///   - graph: a network for one image, without a random field.
  ///   - classCount: its classes.
  ///   - size: rows and columns of its image.
  /// - Throws: `.mismatched` where none makes it: it was calibrated, or it is of another family.
  public init(matching graph: Graph, classCount: Int, size: Extent) throws(TrainingError) {
    let isOfBlocks = graph.value(named: "stage1_pool") != nil
    let found =
      isOfBlocks
      ? try Self.ofBlocks(graph)
      : Self.published.first { $0.makes(graph, classCount: classCount, size: size) }
    guard let found, found.input.channels.count == graph.featureCount else {
      throw Self.mismatch("its layers are those of no known network")
    }
    self = found
  }

  private static func ofBlocks(_ graph: Graph) throws(TrainingError) -> Self {
    var made = Self()
    made.architecture = .blocks
    do throws(GraphError) {
      made.blocks = try BlockNetworkConfiguration(of: graph)
    } catch {
      throw mismatch(error.message)
    }
    (made.order, made.keep) = (made.blocks.order, made.blocks.keep)
    made.intensity = made.input.channels.count == graph.featureCount
    return made
  }

  /// The networks of the papers in the widths that are used.
  private static var published: some Sequence<Self> {
    [Architecture.squeezeSeg, .squeezeSegV2].lazy.flatMap { architecture in
      [1, 0.5, 0.25, 0.75, 1.5, 2].flatMap { width in
        LayerOrder.allCases.flatMap { order in
          [true, false].map { intensity in
            var candidate = Self()
            (candidate.architecture, candidate.width) = (architecture, width)
            (candidate.order, candidate.intensity) = (order, intensity)
            return candidate
          }
        }
      }
    }
  }

  private func makes(_ graph: Graph, classCount: Int, size: Extent) -> Bool {
    guard let made = try? self.graph(classCount: classCount, size: size, batch: 1) else {
      return false
    }
    // What is trained and what is gathered, but not what calibration adds to it.
    return made.parameterWords == graph.parameterWords
      && made.operationKinds == graph.operationKinds
  }

  private static func mismatch(_ reason: String) -> TrainingError {
    TrainingError(
      .mismatched, "the model's network is none that can be trained on: \(reason)",
      remedy: "name a SqueezeSeg, a SqueezeSegV2 or a network of blocks that was not calibrated "
        + "and has no random field")
  }
}

extension Graph {
  fileprivate var featureCount: Int? {
    value(named: "features").map { self[$0].type.shape.channels }
  }

  fileprivate var parameterWords: Set<String> { Set(parameters.map { "\($0.name) \($0.type)" }) }

  /// The kinds of its operations in order.
  fileprivate var operationKinds: [Operation.Kind] {
    nodes.compactMap { node in
      if case .operation(let operation, _) = node.source { operation.kind } else { nil }
    }
  }
}
