public import Graphs
public import PointClouds
public import RangeImages
import Tensors

/// A whole model: the network as it is trained, its weights, and everything between points and
/// labels that it was trained with.
public struct Model: Sendable {
  /// What is known of the model besides its weights.
  public var description: ModelDescription
  /// A tensor for every parameter of the graph.
  public var parameters: ParameterValues

  /// A model whose weights are those of its graph.
  ///
  /// - Throws: `.mismatched` with the missing, unexpected and misshapen names, or where the
  ///   description's parts do not suit each other; `.damaged` where a weight is no finite number.
  public init(
    _ description: ModelDescription, parameters: ParameterValues
  ) throws(ExchangeError) {
    do throws(GraphError) {
      try description.graph.check(parameters)
    } catch {
      throw ExchangeError(
        .mismatched, error.message,
        remedy: "use the weights that belong to \(description.name), or its own network")
    }
    try description.check()
    for (name, weights) in parameters.sorted(by: { $0.key < $1.key }) {
      guard let place = weights.elements.firstIndex(where: { !$0.isFinite }) else { continue }
      throw ExchangeError(
        .damaged, "element \(place) of the weights \(name) is \(weights.elements[place])",
        remedy: "train the network again, or take an earlier checkpoint")
    }
    self.description = description
    self.parameters = parameters
  }
}

extension ModelDescription {
  /// Checks what the graph does not: that every channel has its figures, and that there is an image.
  fileprivate func check() throws(ExchangeError) {
    let remedy = "write the model \(name) again"
    let counts = [input.channels.count, input.mean.count, input.deviation.count]
    guard Set(counts).count == 1, counts[0] > 0 else {
      throw ExchangeError(
        .mismatched,
        "\(counts[0]) channels with \(counts[1]) means and \(counts[2]) deviations",
        remedy: remedy)
    }
    guard
      input.mean.allSatisfy(\.isFinite), input.deviation.allSatisfy({ $0.isFinite && $0 > 0 })
    else {
      throw ExchangeError(
        .mismatched, "a mean is not finite, or a deviation is not above 0", remedy: remedy)
    }
    do throws(RangeImagesError) {
      try geometry.validate()
    } catch {
      throw ExchangeError(.mismatched, error.message, remedy: remedy)
    }
  }
}

/// What a model file says besides the weights.
public struct ModelDescription: Codable, Sendable {
  /// A short name, such as `front`.
  public var name: String
  /// Inputs `features` `[1, H, W, C]` (and `mask` where the features hold none), output `scores`.
  public var graph: Graph
  /// What each channel of `features` holds.
  public var input: InputDescription
  /// How points become cells.
  public var geometry: ImageGeometry
  /// What the classes are called and written as.
  public var labelMap: LabelMap
  /// Where the weights come from, in words and figures.
  public var card: ModelCard
  /// What its scores are made into, where they are none of classes.
  public var rendering: Rendering?
  /// What the images inside hold, by the names of the prepared graph's nodes, where it shall run in bytes.
  public var activationRanges: [String: ActivationRange]?

  /// What a network makes of an image besides classes.
  public enum Rendering: String, Codable, Sendable {
    /// The strength of each return.
    case intensity
    /// Whether a ray that meets something brings nothing back.
    case rayDrop
  }

  /// A description; see the properties.
  public init(
    name: String, graph: Graph, input: InputDescription, geometry: ImageGeometry,
    labelMap: LabelMap, card: ModelCard
  ) {
    self.name = name
    self.graph = graph
    self.input = input
    self.geometry = geometry
    self.labelMap = labelMap
    self.card = card
  }
}

/// Channels of a network's input, and how each is normalised: `(value - mean) / deviation`.
public struct InputDescription: Codable, Equatable, Sendable {
  /// What a channel holds, in metres where it is a length.
  public enum Channel: String, Codable, Sendable {
    /// Forward.
    case x
    /// To the left.
    case y
    /// Up.
    case z
    /// Strength of the return, 0 to 1.
    case intensity
    /// Distance from the sensor.
    case range
    /// 1 where the cell holds a point, else 0; never normalised.
    case mask
  }

  /// The channels in order.
  public var channels: [Channel]
  /// Subtracted, per channel.
  public var mean: [Float]
  /// Divides, per channel.
  public var deviation: [Float]
  /// Whether an empty cell holds normalised zeros, as the authors' networks expect, or zeros.
  public var normalizesEmptyCells: Bool

  /// A description; see the properties.
  public init(
    channels: [Channel], mean: [Float], deviation: [Float], normalizesEmptyCells: Bool
  ) {
    self.channels = channels
    self.mean = mean
    self.deviation = deviation
    self.normalizesEmptyCells = normalizesEmptyCells
  }

  /// The authors' five channels and statistics of KITTI (BichenWuUCB/SqueezeSeg, `config.py`).
  public static let squeezeSeg = InputDescription(
    channels: [.x, .y, .z, .intensity, .range], mean: [10.88, 0.23, -1.04, 0.21, 12.12],
    deviation: [11.47, 6.91, 0.86, 0.16, 12.32], normalizesEmptyCells: true)

  /// The same with the mask as sixth channel (xuanyuzhou98/SqueezeSegV2).
  public static let squeezeSegV2 = InputDescription(
    channels: squeezeSeg.channels + [.mask], mean: squeezeSeg.mean + [0],
    deviation: squeezeSeg.deviation + [1], normalizesEmptyCells: true)
}

/// Where a model's weights come from.
public struct ModelCard: Codable, Equatable, Sendable {
  /// One sentence: what it is for, and how far to trust it.
  public var summary: String
  /// What it was trained on and how long.
  public var training: String
  /// Measured figures by name, such as `iou.car on 100 synthetic windows`.
  public var figures: [String: Double]
  /// Under which licence the weights may be used.
  public var license: String

  /// A card; see the properties.
  public init(summary: String, training: String, figures: [String: Double], license: String) {
    self.summary = summary
    self.training = training
    self.figures = figures
    self.license = license
  }
}
