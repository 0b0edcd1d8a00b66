public import Tensors

/// Values that follow others slowly: `average = decay average + (1 - decay) value`.
public struct MovingAverage: Sendable {
  /// The share of the average that is kept at each step.
  public let decay: Float
  /// The averages by name.
  public internal(set) var values: [String: Tensor<Float>]

  /// Starts at the given values.
  public init(decay: Double, values: [String: Tensor<Float>]) {
    self.decay = Float(decay)
    self.values = values
  }

  /// Follows one tensor.
  public mutating func follow(_ name: String, _ new: UnsafeMutableBufferPointer<Float>) {
    values[name]?.withUnsafeMutableElements { average in
      for index in average.indices {
        average[index] = decay * average[index] + (1 - decay) * new[index]
      }
    }
  }
}
