public import Graphs

extension ModelDescription {
  /// The network as it runs: prepared for inference and, where ranges are recorded, in bytes.
  ///
  /// - Parameter refining: whether a conditional random field is part of it, where there is one.
  /// - Returns: the graph to plan and run.
  /// - Throws: where the ranges are of another network.
  public func preparedGraph(refining: Bool = true) throws(GraphError) -> Graph {
    let trained = refining ? graph : try graph.withoutRecurrentCRF()
    let prepared = try trained.optimizedForInference()
    guard let activationRanges else { return prepared }
    return try prepared.quantized(activationRanges.mapValues { $0.low...$0.high })
  }

  /// Whether it runs in bytes.
  public var isQuantized: Bool { activationRanges != nil }
}

/// The numbers that an image's bytes stand for.
public struct ActivationRange: Codable, Equatable, Sendable {
  /// The least.
  public var low: Float
  /// The greatest.
  public var high: Float

  /// A range from the least to the greatest of two numbers.
  public init(_ range: ClosedRange<Float>) {
    (low, high) = (range.lowerBound, range.upperBound)
  }

  /// Reads a range.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    low = try values.decode(Float.self, forKey: .low)
    high = try values.decode(Float.self, forKey: .high)
    guard low.isFinite, high.isFinite, low <= high else {
      throw DecodingError.dataCorruptedError(
        forKey: .high, in: values, debugDescription: "\(low)...\(high) is no range")
    }
  }
}
