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
  }

  /// The published network.
  public var architecture = Architecture.squeezeSegV2
  /// What its inner channels are multiplied with.
  public var width = 1.0
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
  }

  /// What the network's input channels hold.
  public var input: InputDescription {
    let all: InputDescription =
      switch architecture {
      case .squeezeSeg: .squeezeSeg
      case .squeezeSegV2: .squeezeSegV2
      }
    return intensity ? all : all.without(.intensity)
  }

  /// The network for a number of images of a size.
  ///
  /// - Throws: where the sizes do not fit each other.
  public func graph(
    classCount: Int, size: Extent, batch: Int, task: TrainingTask = .segmentation
  ) throws(GraphError) -> Graph {
    var full: SqueezeSegConfiguration =
      switch architecture {
      case .squeezeSeg: .squeezeSeg
      case .squeezeSegV2: .squeezeSegV2
      }
    full = full.scaled(by: width)
    full.classCount = task.scoreCount(classCount: classCount)
    let input = task.input(input)
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
