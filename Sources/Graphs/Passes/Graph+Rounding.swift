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
      guard let value = value(named: place.name),
        let operation = bits[place.name].flatMap(Operation.rounding(weightsTo:))
      else { continue }
      detours[value] = try rounded.apply(operation, to: [value], name: "\(place.name)/rounded")
    }
    for image in places.images {
      guard let operation = bits[image.name].flatMap(Operation.rounding(imagesTo:)) else {
        continue
      }
      let range = try rounded.parameter(image.rangeName, [2])
      for node in image.nodes {
        guard let value = value(named: node) else { continue }
        detours[value] = try rounded.apply(
          operation, to: [value, range], name: "\(node)/rounded")
      }
    }
    return try rounded.rerouting(detours)
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

extension Operation {
  /// What makes weights of some bits: those of 0 are left out, those of 32 stay as they are.
  package static func rounding(weightsTo bits: Int) -> Operation? {
    switch bits {
    case 0: .scaling(Scaling(factor: 0))
    case RoundingPlaces.unroundedBits: nil
    default: .weightRounding(WeightRounding(bits: bits))
    }
  }

  /// What makes an image of some bits, of the image and its range; one of 32 stays as it is.
  package static func rounding(imagesTo bits: Int) -> Operation? {
    bits == RoundingPlaces.unroundedBits ? nil : .rangeRounding(RangeRounding(bits: bits))
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
