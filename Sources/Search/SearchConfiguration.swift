import Exchange
public import Execution
import Foundation
import Graphs
public import Networks
import RangeImages
public import Training

/// How a network is searched for, and how those that are found are trained.
public struct SearchConfiguration: Codable, Equatable, Sendable {
  /// What the models are called; numbers follow.
  public var name = "searched"
  /// What can stand where.
  public var space = BlockNetworkConfiguration.space
  /// What networks run in.
  public var precision = Precision.float32
  /// Numbers of bits to choose from for a model, instead of blocks.
  public var bits = BitCandidates()
  /// How the networks that are found are trained; the search takes image, label map, data, augmentation and
  /// loss from here, too.
  public var training = TrainingConfiguration()
  /// How architecture and weights are learned together.
  public var schedule = SearchSchedule()
  /// The folder of a search of the same space whose weights are taken as they are, so that only the
  /// architecture is learned; empty for none.
  public var weightsOf = ""
  /// How latency counts.
  public var latency = LatencyWeighting()
  /// How many networks are taken from what was learned.
  public var derivedCount = 2

  /// The defaults of all fields.
  public init() {}

  /// Checks what can stand where.
  ///
  /// - Throws: `.invalidConfiguration`, naming the place.
  public func validateSpace() throws(SearchError) {
    guard
      space.places.contains(where: { $0.candidates.count > 1 }) || !space.partsToChoose.isEmpty,
      space.places.allSatisfy({ !$0.candidates.isEmpty })
    else {
      throw SearchError(
        .invalidConfiguration, "the space leaves nothing to choose, or a place without a block",
        remedy: "list several blocks at a place of space.stages, space.decoder or space.headPlaces")
    }
    for place in space.places where Set(place.candidates).count != place.candidates.count {
      throw SearchError(
        .invalidConfiguration, "a block is listed twice at \(place.name)", remedy: "list it once")
    }
    guard space.hasSoundStrides else {
      throw SearchError(
        .invalidConfiguration, "a stride of space.stages is not within 1...64",
        remedy: "divide rows and columns by 1 to 64")
    }
    for part in space.parts { try validateWidth(of: part) }
    let combinations = space.partsToChoose.reduce(1.0) { $0 * Double(space[$1].candidates.count) }
    guard combinations <= Self.mostWidthCombinations else {
      throw SearchError(
        .invalidConfiguration,
        "\(space.partsToChoose.count) parts have widths to choose, which combine in "
          + "\(String(format: "%.0f", combinations)) ways, more than "
          + "\(String(format: "%.0f", Self.mostWidthCombinations))",
        remedy: "list fewer widths, or one at some of the parts")
    }
  }

  /// The most combinations of widths: each is a problem of its own when networks are derived.
  private static let mostWidthCombinations = 10_000.0

  private func validateWidth(of part: BlockNetworkConfiguration.Part) throws(SearchError) {
    let widths = space[part].candidates
    let least = if case .stage = part { 0 } else { 1 }
    guard widths.allSatisfy({ (least...4096).contains($0) }), space[part].greatest > 0,
      Set(widths).count == widths.count
    else {
      throw SearchError(
        .invalidConfiguration, "\(part.name) has no channels, or widths that are out of range",
        remedy: "list different widths from 1 to 4096; 0 leaves a stage and all behind it out")
    }
  }

  /// The space for images of the recipe's size and channels.
  ///
  /// - Throws: `.invalidConfiguration`, naming a place or a node.
  public func sizedSpace(classCount: Int) throws(SearchError) -> SearchSpace {
    try validateSpace()
    var space = space
    space.size = Extent(training.image.rows, training.image.columns)
    space.inputChannels = training.network.input.channels.count
    space.classCount = classCount
    do throws(GraphError) {
      _ = try BlockNetwork.graph(space.widest)
    } catch {
      throw SearchError(
        .invalidConfiguration,
        "the space does not fit images of \(space.size): \(error.node): \(error.message)",
        remedy: "use strides that divide training.image's rows and columns")
    }
    return SearchSpace(space, precision: precision)
  }

  /// Checks the figures that `training` does not check.
  ///
  /// - Throws: `.invalidConfiguration`.
  public func validate() throws(SearchError) {
    if bits.areSearched { try bits.validate() } else { try validateSpace() }
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || "-_".contains($0) }),
      !["random", "uniform"].contains(name)
    else {
      throw SearchError(
        .invalidConfiguration, "the name \"\(name)\" is none that the networks' folders can have",
        remedy: "use letters, digits, - and _ in name, other than random and uniform")
    }
    guard (1...20).contains(derivedCount) else {
      throw SearchError(
        .invalidConfiguration, "derivedCount \(derivedCount) is not within 1...20",
        remedy: "derive 1 to 20 networks")
    }
    try schedule.validate()
    try latency.validate()
  }
}

/// How architecture and weights are learned together.
public struct SearchSchedule: Codable, Equatable, Sendable {
  /// Steps of the weights.
  public var steps = 2400
  /// Steps of the weights alone, before the architecture is learned, too.
  public var warmupSteps = 800
  /// Steps of the weights for each of the architecture, afterwards.
  public var weightSteps = 2
  /// The greatest rate of the weights' learning; it follows half a cosine down.
  public var rate = 0.005
  /// The rate of the architecture's learning (Adam).
  public var architectureRate = 0.03
  /// The temperature of the Gumbel-softmax at the first and at the last step of the architecture; between them
  /// it falls exponentially.
  public var temperatures = [5.0, 0.5]
  /// How many blocks of each place take part in a step of the architecture, drawn by their shares.
  public var sampledBlocks = 2
  /// The share of the weights' steps, after the first ones, for which blocks are drawn evenly rather than by
  /// their shares: what is seldom drawn would never learn what it is worth.
  public var exploration = 0.5
  /// The share of the scans that the architecture is learned from; the weights are learned from the others.
  public var architectureShare = 0.2

  /// The defaults of all fields.
  public init() {}

  func validate() throws(SearchError) {
    guard steps > 0, (0..<steps).contains(warmupSteps), weightSteps > 0, rate > 0,
      architectureRate > 0, temperatures.count == 2, temperatures.allSatisfy({ $0 > 0 }),
      sampledBlocks > 1, (0...1).contains(exploration), (0.001...0.5).contains(architectureShare)
    else {
      throw SearchError(
        .invalidConfiguration, "a figure of the schedule is out of range",
        remedy:
          "use steps above warmupSteps, rates and two temperatures above 0, 2 sampledBlocks or "
          + "more, an exploration from 0 to 1, and an architectureShare from 0.001 to 0.5")
    }
  }

  /// The temperature at a step of the weights.
  func temperature(ofStep step: Int) -> Double {
    let share = Double(step - warmupSteps) / Double(max(1, steps - warmupSteps))
    let (first, last) = (temperatures[0], temperatures[1])
    return first * exp(max(0, min(1, share)) * log(last / first))
  }
}

/// How latency counts beside the loss.
public struct LatencyWeighting: Codable, Equatable, Sendable {
  /// How the two meet.
  public enum Form: String, Codable, CaseIterable, Sendable {
    /// loss + weight x latency / target: the weight is steered so that the latency comes to the target; it is
    /// below 0 while networks are too fast.
    case sum
    /// loss x coefficient x ln(latency in microseconds)^exponent (Wu et al., arXiv 1812.03443, eq. 2).
    case product
  }

  /// How the two meet.
  public var form = Form.sum
  /// The latency that is wanted, in the unit of the table; 0 for none.
  ///
  /// With the form `product` it only chooses among what was learned.
  public var target = 0.0
  /// The sum's weight for a latency of twice the target, beside what has been gathered.
  public var proportion = 0.1
  /// What the sum's weight gathers at each step of the architecture at such a latency.
  public var gain = 0.001
  /// The product's coefficient.
  public var coefficient = 0.2
  /// The product's exponent.
  public var exponent = 0.6

  /// The defaults of all fields.
  public init() {}

  func validate() throws(SearchError) {
    guard target >= 0, form == .product || target > 0 else {
      throw SearchError(
        .invalidConfiguration, "no latency or size is wanted (latency.target \(target))",
        remedy: "say what is wanted, such as --target-ms 3 of search or --target-kib 70 of quantize"
      )
    }
    guard proportion >= 0, gain >= 0, coefficient > 0, exponent > 0 else {
      throw SearchError(
        .invalidConfiguration,
        "latency.proportion \(proportion) or gain \(gain) is below 0, or coefficient \(coefficient) or "
          + "exponent \(exponent) not above it", remedy: "use figures above 0")
    }
  }
}
