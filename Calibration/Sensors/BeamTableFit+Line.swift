import Foundation

/// The line that a beam draws in a vertical half-plane through the sensor's axis.
struct BeamLine: Sendable {
  /// Rise per metre: the tangent of the beam's elevation.
  var slope: Double
  /// Height at which it crosses the axis, in metres.
  var offset: Double

  /// Degrees above the horizontal.
  var elevation: Double { atan(slope) * 180 / .pi }

  /// The angle between the line and the one from where it starts to a point, in degrees.
  func residual(rho: Double, z: Double) -> Double {
    let rise = z - offset
    return abs(rise - slope * rho) / ((1 + slope * slope).squareRoot() * hypot(rho, rise))
      * 180 / .pi
  }
}

/// Points that are to lie on one line, of which some may not.
///
/// Errors of angle grow with distance, so what is fitted is z / rho = slope + offset / rho, in which
/// they do not. Weights are Tukey's biweight after a start with least absolute errors (Huber and Ronchetti,
/// Robust Statistics, 2009, chapters 4 and 7).
struct BeamLineFit {
  private let inverse: [Double]
  private let rise: [Double]

  /// Rounds of each kind of weights; the estimates no longer move then.
  private static let rounds = 15
  /// Beyond this many deviations a point does not count; 95 % as efficient as least squares.
  private static let cutoff = 4.685
  /// The standard deviation of normally distributed errors with a median size of 1.
  private static let deviationPerMedian = 1.4826
  /// Sizes of errors that no source can tell from 0, in radians.
  private static let smallestError = 1e-7
  /// Distances that differ less (as deviation of 1 / rho, in 1 / m) do not tell slope from offset.
  private static let smallestSpread = 1e-3

  init(rho: [Float], z: [Float]) {
    inverse = rho.map { 1 / Double($0) }
    rise = zip(rho, z).map { Double($1) / Double($0) }
  }

  /// The line; nothing where the points do not tell it.
  var line: BeamLine? {
    guard rise.count >= 3, spread > Self.smallestSpread else { return nil }
    var line = solved(weights: [Double](repeating: 1, count: rise.count))
    for _ in 0..<Self.rounds {
      guard let found = line else { return nil }
      line = solved(weights: errors(of: found).map { 1 / max(abs($0), Self.smallestError) })
    }
    for _ in 0..<Self.rounds {
      guard let found = line else { return nil }
      let errors = errors(of: found)
      let sizes = errors.map(abs).sorted()
      let scale = max(Self.deviationPerMedian * sizes[sizes.count / 2], Self.smallestError)
      line = solved(
        weights: errors.map { error in
          let share = error / (Self.cutoff * scale)
          return abs(share) < 1 ? (1 - share * share) * (1 - share * share) : 0
        })
    }
    return line
  }

  /// How much 1 / rho varies.
  private var spread: Double {
    let mean = inverse.reduce(0, +) / Double(inverse.count)
    let squares = inverse.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(inverse.count)).squareRoot()
  }

  private func errors(of line: BeamLine) -> [Double] {
    zip(inverse, rise).map { $1 - line.slope - line.offset * $0 }
  }

  /// Weighted least squares.
  private func solved(weights: [Double]) -> BeamLine? {
    var (sum, meanInverse, meanRise) = (0.0, 0.0, 0.0)
    for index in weights.indices {
      sum += weights[index]
      meanInverse += weights[index] * inverse[index]
      meanRise += weights[index] * rise[index]
    }
    guard sum > 0 else { return nil }
    meanInverse /= sum
    meanRise /= sum
    var (square, product) = (0.0, 0.0)
    for index in weights.indices {
      let distance = inverse[index] - meanInverse
      square += weights[index] * distance * distance
      product += weights[index] * distance * (rise[index] - meanRise)
    }
    guard square > 0 else { return nil }
    let offset = product / square
    return BeamLine(slope: meanRise - offset * meanInverse, offset: offset)
  }
}
