import Graphs
import Tensors

/// Puts a network of blocks together, or several that share their places.
struct BlockNetworkConstruction {
  let configuration: BlockNetworkConfiguration
  /// The positions that take part, by the names of places and widths.
  private let taken: [String: [Int]]
  private let isMixture: Bool
  var builder: NetworkBuilder
  private var gates = ChoiceGates()
  private var gatesOfPlaces: [String: Graph.Value] = [:]

  /// An image between two parts, in each of the widths that the first can have.
  struct Image {
    /// Whose width it has.
    var part: BlockNetworkConfiguration.Part
    var alternatives: [Alternative]
  }

  /// An image of one width.
  struct Alternative {
    var option: Option
    var value: Graph.Value
  }

  /// One width of a part.
  struct Option {
    /// Its position among the candidates.
    var index: Int
    var channels: Int
    /// What tells the names of its nodes from those of other widths.
    var label: String
  }

  /// - Parameters:
  ///   - configuration: the space.
  ///   - part: the positions that take part, place by place, then width by width.
  ///   - isMixture: whether candidates are mixed by gates; otherwise one takes part of each list.
  init(_ configuration: BlockNetworkConfiguration, taking part: [[Int]], isMixture: Bool) {
    self.configuration = configuration
    self.isMixture = isMixture
    builder = NetworkBuilder(order: configuration.order)
    let names =
      configuration.places.map(\.name) + configuration.partsToChoose.map(\.widthName)
    taken = Dictionary(zip(names, part)) { first, _ in first }
  }

  /// The whole network.
  consuming func graph() throws(GraphError) -> Graph {
    let size = configuration.size
    let features = try builder.input(
      "features",
      [configuration.batch, size.height, size.width, configuration.inputChannels])
    try classify(try decode(try encode(features)))
    try gates.finish(in: &builder)
    return builder.graph
  }

  /// The blocks of a part's places, one after another, in each width.
  mutating func blocks(
    at part: String, _ places: [[Block]], _ input: Image
  ) throws(GraphError) -> Image {
    var image = input
    for (index, candidates) in places.enumerated() {
      for (position, given) in image.alternatives.enumerated() {
        image.alternatives[position].value = try block(
          at: "\(part)_\(index + 1)", candidates, given)
      }
    }
    return image
  }

  /// The block that stands at a place, or the gated sum of those that could.
  private mutating func block(
    at place: String, _ candidates: [Block], _ input: Alternative
  ) throws(GraphError) -> Graph.Value {
    let part = candidates.count > 1 ? taken[place] ?? [] : [0]
    let gates = try gates(of: place, count: candidates.count)
    var made: [(index: Int, name: String, value: Graph.Value)] = []
    for index in part {
      let name = "\(place)\(input.option.label)/\(candidates[index])"
      made.append((index, name, try builder.block(candidates[index], name, input.value)))
    }
    return try mixture(made, by: gates) ?? input.value
  }

  /// The widths of a part that take part, without that of a stage which is not there.
  func options(of part: BlockNetworkConfiguration.Part) -> [Option] {
    let candidates = configuration[part].candidates
    return positions(of: part).filter { candidates[$0] > 0 }.map { index in
      Option(
        index: index, channels: candidates[index],
        label: isMixture && candidates.count > 1 ? "@\(candidates[index])" : "")
    }
  }

  /// The positions that take part by which a part is left out.
  func absences(of part: BlockNetworkConfiguration.Part) -> [Int] {
    positions(of: part).filter { configuration[part].candidates[$0] == 0 }
  }

  /// The positions of a part's widths that take part.
  private func positions(of part: BlockNetworkConfiguration.Part) -> [Int] {
    configuration[part].candidates.count > 1 ? taken[part.widthName] ?? [] : [0]
  }

  /// The gates of a part's widths.
  mutating func gates(
    over part: BlockNetworkConfiguration.Part
  ) throws(GraphError) -> Graph.Value? {
    try gates(of: part.widthName, count: configuration[part].candidates.count)
  }

  /// The gates of a place's candidates; none where there is nothing to mix.
  private mutating func gates(
    of place: String, count: Int
  ) throws(GraphError) -> Graph.Value? {
    guard isMixture, count > 1 else { return nil }
    if let known = gatesOfPlaces[place] { return known }
    let made = try gates.gates(of: place, count: count, in: &builder)
    gatesOfPlaces[place] = made
    return made
  }

  /// The sum of a place's candidates, each times its gate; the only one where there are none.
  mutating func mixture(
    _ made: [(index: Int, name: String, value: Graph.Value)], by gates: Graph.Value?
  ) throws(GraphError) -> Graph.Value? {
    guard let gates else { return made.first?.value }
    return try builder.mixture(made, by: gates)
  }
}
