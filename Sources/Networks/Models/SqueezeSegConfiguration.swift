public import Graphs

/// Everything that tells one network of the SqueezeSeg family from another.
public struct SqueezeSegConfiguration: Equatable, Sendable, Codable {
  /// Rows and columns of the range image; columns divide by 16.
  public var size: Extent
  /// Images in one run.
  public var batch: Int
  /// Channels of the features.
  public var inputChannels: Int
  /// Classes to tell apart.
  public var classCount: Int
  /// Channels of the first convolution and of the skip around everything.
  public var stem: Int
  /// Fire blocks between two poolings, from the input on.
  public var encoder: [[FireWidths]]
  /// Fire blocks that double the columns, one per pooling and one for the first convolution.
  public var decoder: [FireWidths]
  /// Whether and how layers are normalised.
  public var order: LayerOrder?
  /// What the context aggregation modules after the first convolution and after each block of the
  /// first stage divide their channels by; nothing for networks without them.
  public var contextReduction: Int?
  /// The share of elements that dropout keeps before the last convolution, while training.
  public var keep: Double
  /// The conditional random field behind the last convolution, if any.
  public var field: RecurrentCRF?
  /// The channel of the features that says which cells hold a point; an input `mask` of its own
  /// where there is none.
  public var maskChannel: Int?

  /// The network of arXiv 1710.07368: x, y, z, intensity, range in.
  public static let squeezeSeg = SqueezeSegConfiguration(
    size: Extent(64, 512), batch: 1, inputChannels: 5, classCount: 4, stem: 64,
    encoder: [
      .init(repeating: FireWidths(squeeze: 16, expand: 64), count: 2),
      .init(repeating: FireWidths(squeeze: 32, expand: 128), count: 2),
      .init(repeating: FireWidths(squeeze: 48, expand: 192), count: 2)
        + .init(repeating: FireWidths(squeeze: 64, expand: 256), count: 2),
    ],
    decoder: [
      FireWidths(squeeze: 64, expand: 128), FireWidths(squeeze: 32, expand: 64),
      FireWidths(squeeze: 16, expand: 32), FireWidths(squeeze: 16, expand: 32),
    ],
    order: nil, contextReduction: nil, keep: 0.5, field: RecurrentCRF(), maskChannel: nil)

  /// The network of arXiv 1809.08495: x, y, z, intensity, range, mask in.
  public static let squeezeSegV2: SqueezeSegConfiguration = {
    var configuration = squeezeSeg
    configuration.inputChannels = 6
    configuration.order = .activationThenNormalization
    configuration.contextReduction = 16
    configuration.maskChannel = 5
    return configuration
  }()

  /// The same network with all inner channels multiplied.
  public func scaled(by factor: Double) -> SqueezeSegConfiguration {
    var scaled = self
    scaled.stem = stem.scaled(by: factor)
    scaled.encoder = encoder.map { stage in stage.map { $0.scaled(by: factor) } }
    scaled.decoder = decoder.map { $0.scaled(by: factor) }
    return scaled
  }
}
