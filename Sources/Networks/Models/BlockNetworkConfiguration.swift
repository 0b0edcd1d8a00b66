import Foundation
public import Graphs

/// Everything that tells one network of blocks from another, or a whole space of such networks.
///
/// Each place lists the blocks that can stand there; where it lists one, that is the block.
public struct BlockNetworkConfiguration: Equatable, Sendable, Codable {
  /// The blocks behind one reduction of the image.
  public struct Stage: Equatable, Sendable, Codable {
    /// Channels of the stage.
    public var width: Int
    /// What rows and columns are divided by before the stage.
    public var stride: Extent
    /// What can stand at each of its places.
    public var places: [[Block]]

    /// A stage; see the properties.
    public init(width: Int, stride: Extent, places: [[Block]]) {
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
  public var stem: Int
  /// The encoder.
  public var stages: [Stage]
  /// What can stand behind each enlargement to the size of an earlier stage, and then of the first
  /// convolution: one list of places for each stage.
  public var decoder: [[[Block]]]
  /// Channels at the full size of the image.
  public var head: Int
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
    stem: Int, stages: [Stage], decoder: [[[Block]]], head: Int, headPlaces: [[Block]]
  ) {
    (self.stem, self.stages, self.decoder) = (stem, stages, decoder)
    (self.head, self.headPlaces) = (head, headPlaces)
  }
}

extension BlockNetworkConfiguration {
  /// A place where one of several blocks stands.
  public struct Place: Equatable, Sendable {
    /// The name that its nodes and parameters start with.
    public var name: String
    /// What can stand there.
    public var candidates: [Block]
  }

  /// All places from the input to the output.
  public var places: [Place] {
    let encoded = stages.enumerated().flatMap { Self.places("stage\($0 + 1)", $1.places) }
    let decoded = decoder.enumerated().flatMap { Self.places("decoder\($0 + 1)", $1) }
    return encoded + decoded + Self.places("head", headPlaces)
  }

  private static func places(_ name: String, _ places: [[Block]]) -> [Place] {
    places.enumerated().map { Place(name: "\(name)_\($0 + 1)", candidates: $1) }
  }

  /// The configuration with other lists at its places, in the order of `places`.
  ///
  /// - Precondition: there is a list for every place.
  public func replacingCandidates(_ candidates: [[Block]]) -> BlockNetworkConfiguration {
    precondition(
      candidates.count == places.count, "\(candidates.count) lists for \(places.count) places")
    var rest = candidates.makeIterator()
    func next(_ places: [[Block]]) -> [[Block]] { places.map { rest.next() ?? $0 } }
    var changed = self
    for index in stages.indices { changed.stages[index].places = next(stages[index].places) }
    changed.decoder = decoder.map(next)
    changed.headPlaces = next(headPlaces)
    return changed
  }

  /// The network that has at each place the block of that position in its list.
  public func choosing(_ choices: [Int]) -> BlockNetworkConfiguration {
    replacingCandidates(zip(places, choices).map { [$0.candidates[$1]] })
  }

  /// How many networks the space holds, as a power of ten.
  public var logarithmicSize: Double {
    places.reduce(0) { $0 + log10(Double($1.candidates.count)) }
  }
}
