import Foundation
public import Graphs

/// Everything that tells one network of blocks from another, or a whole space of such networks.
///
/// Each place lists the blocks that can stand there, and each width the numbers of channels; where one is listed,
/// that is it.
public struct BlockNetworkConfiguration: Equatable, Sendable, Codable {
  /// The blocks behind one reduction of the image.
  public struct Stage: Equatable, Sendable, Codable {
    /// Channels of the stage, and of the decoder at its size; 0 for none: the stage and all behind it are left
    /// out.
    public var width: Width
    /// What rows and columns are divided by before the stage.
    public var stride: Extent
    /// What can stand at each of its places.
    public var places: [[Block]]

    /// A stage; see the properties.
    public init(width: Width, stride: Extent, places: [[Block]]) {
      (self.width, self.stride, self.places) = (width, stride, places)
    }
  }

  /// Rows and columns of the range image.
  public var size = Extent(64, 512)
  /// Images in one run.
  public var batch = 1
  /// Channels of the features.
  public var inputChannels = 6
  /// Classes to tell apart.
  public var classCount = 4
  /// Channels of the first convolution, which halves the columns.
  public var stem: Width
  /// The encoder.
  public var stages: [Stage]
  /// What can stand behind each enlargement to the size of an earlier stage, and then of the first
  /// convolution: one list of places for each stage.
  public var decoder: [[[Block]]]
  /// Channels at the full size of the image.
  public var head: Width
  /// What can stand before the classes are told apart, at the full size of the image.
  public var headPlaces: [[Block]]
  /// The share of elements that dropout keeps before that, while training.
  public var keep = 0.5
  /// How layers are normalised.
  public var order = LayerOrder.normalizationThenActivation

  /// What a recipe says; sizes, inputs and classes follow from the rest of it.
  private enum CodingKeys: String, CodingKey {
    case stem
    case stages
    case decoder
    case head
    case headPlaces
  }

  /// A network or a space of networks; see the properties.
  public init(
    stem: Width, stages: [Stage], decoder: [[[Block]]], head: Width, headPlaces: [[Block]]
  ) {
    (self.stem, self.stages, self.decoder) = (stem, stages, decoder)
    (self.head, self.headPlaces) = (head, headPlaces)
  }
}
