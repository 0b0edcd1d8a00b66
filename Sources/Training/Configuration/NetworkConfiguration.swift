public import Exchange
public import Graphs
public import Networks

/// Which network is trained.
public struct NetworkConfiguration: Codable, Equatable, Sendable {
  /// A published network.
  public enum Architecture: String, Codable, CaseIterable, Sendable {
    /// Wu et al., arXiv 1710.07368.
    case squeezeSeg = "squeezeseg"
    /// Wu et al., arXiv 1809.08495.
    case squeezeSegV2 = "squeezesegv2"
    /// Blocks put together as `blocks` says.
    case blocks
  }

  /// The published network.
  public var architecture = Architecture.squeezeSegV2
  /// What its inner channels are multiplied with, in published networks.
  public var width = 1.0
  /// The network of blocks, for that architecture.
  public var blocks = BlockNetworkConfiguration.compact
  /// What follows a convolution, in networks that normalise.
  public var order = LayerOrder.activationThenNormalization
  /// Whether the conditional random field is part of it.
  public var field = false
  /// The share of elements that dropout keeps before the last convolution.
  public var keep = 0.5

  /// Whether it sees how strong returns are.
  public var intensity = true

  /// SqueezeSegV2 in full width, without the random field; see the properties.
  public init() {}

  func validate() throws(TrainingError) {
    guard width > 0, width <= 8, keep > 0, keep <= 1 else {
      throw TrainingError(
        .invalidConfiguration, "network.width \(width) or network.keep \(keep) is out of range",
        remedy: "use a width above 0 up to 8, and keep above 0 up to 1")
    }
    guard architecture == .blocks else { return }
    guard !field else {
      throw TrainingError(
        .invalidConfiguration, "a network of blocks has no random field",
        remedy: "leave network.field false")
    }
    guard blocks.hasSoundStrides else {
      throw TrainingError(
        .invalidConfiguration, "a stride of network.blocks.stages is not within 1...64",
        remedy: "divide rows and columns by 1 to 64")
    }
    if let place = blocks.places.first(where: { $0.candidates.count != 1 }) {
      throw TrainingError(
        .invalidConfiguration, "\(place.candidates.count) blocks stand at \(place.name)",
        remedy: "give each place one block; lidarseg search chooses from several")
    }
    if let part = blocks.parts.first(where: { blocks[$0].candidates.count != 1 }) {
      throw TrainingError(
        .invalidConfiguration, "\(part.name) has \(blocks[part].candidates.count) widths",
        remedy: "give it one width; lidarseg search chooses from several")
    }
  }

  /// What rows and columns must be multiples of.
  package var granularity: Extent {
    guard architecture == .blocks else { return Extent(1, 16) }
    return blocks.stages.reduce(Extent(1, 2)) { product, stage in
      Extent(product.height * stage.stride.height, product.width * stage.stride.width)
    }
  }

  /// What the network's input channels hold.
  public var input: InputDescription {
    let all: InputDescription =
      switch architecture {
      case .squeezeSeg: .squeezeSeg
      case .squeezeSegV2, .blocks: .squeezeSegV2
      }
    return intensity ? all : all.without(.intensity)
  }

  /// The network for a number of images of a size.
  ///
  /// - Throws: where the sizes do not fit each other.
  public func graph(
    classCount: Int, size: Extent, batch: Int, task: TrainingTask = .segmentation
  ) throws(GraphError) -> Graph {
    let input = task.input(input)
    var full: SqueezeSegConfiguration
    switch architecture {
    case .squeezeSeg: full = .squeezeSeg
    case .squeezeSegV2: full = .squeezeSegV2
    case .blocks:
      var blocks = blocks
      blocks.classCount = task.scoreCount(classCount: classCount)
      blocks.inputChannels = input.channels.count
      (blocks.size, blocks.batch) = (size, batch)
      (blocks.keep, blocks.order) = (keep, order)
      return try BlockNetwork.graph(blocks)
    }
    full = full.scaled(by: width)
    full.classCount = task.scoreCount(classCount: classCount)
    full.inputChannels = input.channels.count
    full.maskChannel = input.channels.firstIndex(of: .mask)
    full.size = size
    full.batch = batch
    full.keep = keep
    if full.order != nil { full.order = order }
    if !field {
      full.field = nil
    } else if classCount != 4 {
      // The authors' widths: the first for classes of large things, of which there are two.
      full.field?.angular = (0..<classCount).map { $0 < 2 ? 0.9 : 0.6 }
      full.field?.bilateralAngular = (0..<classCount).map { $0 < 2 ? 0.9 : 0.6 }
      full.field?.bilateral = (0..<classCount).map { $0 < 2 ? 0.015 : 0.01 }
    }
    return try SqueezeSeg.graph(full)
  }
}
