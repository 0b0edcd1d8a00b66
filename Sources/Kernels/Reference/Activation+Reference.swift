import Glibc
import Graphs
import Tensors

/// The exponential function, computed in double precision.
func exponential<S: TensorScalar>(_ value: S) -> S { S(exp(Double(value))) }

extension Activation {
  /// The function of one value; NaN stays NaN.
  func reference<S: TensorScalar>(_ value: S) -> S {
    switch self {
    case .relu: value < 0 ? 0 : value
    case .sigmoid: 1 / (1 + exponential(-value))
    }
  }

  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    for position in 0..<result.pixelCount {
      let (value, activated) = (operands[0].pixel(position), result.pixel(position))
      for channel in 0..<result.channels { activated[channel] = reference(value[channel]) }
    }
  }
}

extension Softmax {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    for position in 0..<result.pixelCount {
      Self.reference(
        operands[0].pixel(position), result.pixel(position), channels: result.channels)
    }
  }

  /// The probabilities of one pixel.
  static func reference<S: TensorScalar>(
    _ value: UnsafeMutablePointer<S>, _ probability: UnsafeMutablePointer<S>, channels: Int
  ) {
    // The greatest exponent becomes 0, so that nothing overflows.
    var greatest = value[0]
    for channel in 1..<max(1, channels) { greatest = max(greatest, value[channel]) }
    var sum: S = 0
    for channel in 0..<channels {
      probability[channel] = exponential(value[channel] - greatest)
      sum += probability[channel]
    }
    for channel in 0..<channels { probability[channel] /= sum }
  }
}
