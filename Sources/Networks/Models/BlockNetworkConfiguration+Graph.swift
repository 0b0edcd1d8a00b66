public import Graphs
import Tensors

extension BlockNetworkConfiguration {
  /// The configuration that makes a network, as its graph tells it.
  ///
  /// It makes the very same graph. `skip` leaves nothing behind: it is known by the numbers of the places after
  /// it, and the last places of a stage that hold it are left out.
  ///
  /// - Throws: `.malformed` with the first node that no network of blocks has there.
  public init(of graph: Graph) throws(GraphError) {
    let reading = Reading(graph)
    self.init(
      stem: Width(try reading.channels(of: "stem")), stages: try reading.stages(),
      decoder: try reading.decoder(), head: Width(try reading.channels(of: "head_skip")),
      headPlaces: try reading.places("head"))
    let image = try reading.shape(of: "features")
    (batch, inputChannels) = (image[0], image[3])
    size = Extent(image[1], image[2])
    classCount = try reading.channels(of: "scores")
    if case .operation(.dropout(let dropout), _) = try reading.node("dropout").source {
      keep = dropout.keep
    }
    order =
      graph.value(named: "stem/relu") == nil
      ? .normalizationThenActivation : .activationThenNormalization
    try check(graph)
  }

  /// Names are only a hint of what stands where; the graph that they lead to is the proof.
  private func check(_ graph: Graph) throws(GraphError) {
    let made = try BlockNetwork.graph(self)
    guard made != graph else { return }
    let pairs = zip(graph.nodes, made.nodes)
    let common = min(graph.nodes.count, made.nodes.count)
    let position = pairs.enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? common
    let all = graph.nodes.count > position ? graph.nodes : made.nodes
    let name = all.count > position ? all[position].name : "scores"
    throw GraphError(.malformed, "it is no network of blocks from \(name) on", node: name)
  }
}

/// Reads the parts of a network of blocks by the names of its nodes.
private struct Reading {
  /// More places than this are not put behind one another.
  private static let mostPlaces = 1000

  private let graph: Graph
  /// The blocks by the names of their places: `stage1_2` in `stage1_2/context/near`.
  private let blocks: [Substring: Block]

  init(_ graph: Graph) {
    self.graph = graph
    let named = graph.nodes.compactMap { node -> (Substring, Block)? in
      let parts = node.name.split(separator: "/", maxSplits: 2)
      guard parts.count > 1, let block = Block(rawValue: String(parts[1])) else { return nil }
      return (parts[0], block)
    }
    blocks = Dictionary(named) { first, _ in first }
  }

  func node(_ name: String) throws(GraphError) -> Graph.Node {
    guard let value = graph.value(named: name) else {
      throw GraphError(.malformed, "a network of blocks has a node \(name)", node: name)
    }
    return graph[value]
  }

  /// Images, rows, columns and channels.
  func shape(of name: String) throws(GraphError) -> [Int] {
    let extents = try node(name).type.shape.extents
    guard extents.count == 4 else {
      throw GraphError(.malformed, "\(name) is no image", node: name)
    }
    return extents
  }

  func channels(of name: String) throws(GraphError) -> Int { try shape(of: name)[3] }

  func stages() throws(GraphError) -> [BlockNetworkConfiguration.Stage] {
    var stages: [BlockNetworkConfiguration.Stage] = []
    while let pool = graph.value(named: "stage\(stages.count + 1)_pool") {
      let name = "stage\(stages.count + 1)"
      guard case .operation(.maxPooling(let pooling), _) = graph[pool].source else {
        throw GraphError(.malformed, "\(name)_pool is no pooling", node: "\(name)_pool")
      }
      stages.append(
        .init(
          width: Width(try channels(of: "\(name)_enter")), stride: pooling.stride,
          places: try places(name)))
    }
    return stages
  }

  func decoder() throws(GraphError) -> [[[Block]]] {
    var lists: [[[Block]]] = []
    while graph.value(named: "decoder\(lists.count + 1)_fuse") != nil {
      lists.append(try places("decoder\(lists.count + 1)"))
    }
    return lists
  }

  /// One block each, up to the last that is there.
  func places(_ name: String) throws(GraphError) -> [[Block]] {
    let numbers = blocks.keys.filter { $0.hasPrefix("\(name)_") }
      .compactMap { Int($0.dropFirst(name.count + 1)) }
    guard let last = numbers.max(), last > 0 else { return [] }
    guard last <= Self.mostPlaces else {
      throw GraphError(
        .malformed, "\(last) places stand behind one another", node: "\(name)_\(last)")
    }
    return (1...last).map { [blocks["\(name)_\($0)"] ?? .skip] }
  }
}
