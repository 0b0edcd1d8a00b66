import Tensors

extension Graph {
  /// The graph, as it is trained, with its numbers rounded as few bits would: what learns so knows of the
  /// rounding (quantization-aware training).
  ///
  /// Images get a parameter `IMAGE/range` `[2]` each, which is learned, too.
  ///
  /// - Parameters:
  ///   - places: where, as `roundingPlaces()` says.
  ///   - bits: how many bits, by the place's name; 32 or nothing where nothing is rounded, 0 where weights
  ///     are left out altogether.
  /// - Returns: the graph with the same inputs and outputs.
  /// - Throws: where a number of bits suits no rounding.
  public func rounding(
    _ places: RoundingPlaces, to bits: [String: Int]
  ) throws(GraphError) -> Graph {
    var rounded = self
    var detours: [Value: Value] = [:]
    for place in places.weights {
      guard let value = value(named: place.name), let count = bits[place.name] else { continue }
      if let made = try rounded.round(weights: value, to: count, name: "\(place.name)/rounded") {
        detours[value] = made
      }
    }
    for place in places.images {
      guard let count = bits[place.name], count < RoundingPlaces.unroundedBits else { continue }
      let range = try rounded.parameter(place.rangeName, [2])
      for node in place.nodes {
        guard let value = value(named: node) else { continue }
        detours[value] = try rounded.apply(
          .rangeRounding(RangeRounding(bits: count)), to: [value, range], name: "\(node)/rounded")
      }
    }
    return try rounded.rerouting(detours)
  }

  /// Adds weights in fewer bits; nothing where they stay as they are.
  package mutating func round(
    weights: Value, to bits: Int, name: String
  ) throws(GraphError) -> Value? {
    switch bits {
    case 0: try apply(.scaling(Scaling(factor: 0)), to: [weights], name: name)
    case RoundingPlaces.unroundedBits: nil
    default:
      try apply(.weightRounding(WeightRounding(bits: bits)), to: [weights], name: name)
    }
  }

  /// The graph without the rounding that bytes do by themselves: that of images, and of weights to eight bits.
  public func withoutByteRounding() throws(GraphError) -> Graph {
    var rewriter = GraphRewriter(self)
    for value in values {
      switch self[value].source {
      case .operation(.rangeRounding(RangeRounding(bits: 8)), let operands),
        .operation(.weightRounding(WeightRounding(bits: 8)), let operands):
        rewriter.replace(value, with: operands[0])
      default: break
      }
    }
    return try rewriter.finished()
  }
}

extension RoundingPlaces {
  /// The bits of numbers that are not rounded.
  public static let unroundedBits = 32
}

extension RoundingPlaces.Image {
  /// The parameter that holds the least and the greatest number.
  public var rangeName: String { "\(name)/range" }
}
