import Foundation

/// The rectangle that fits best around points seen from above, found by trying every direction
/// (Zhang, Xu, Dong and Dolan, "Efficient L-shape fitting for vehicle detection using laser
/// scanners", 2017, algorithms 2 to 4).
public struct RectangleFit: Equatable, Sendable {
  /// What is asked of a direction.
  public enum Criterion: String, CaseIterable, Codable, Sendable {
    /// Little area.
    case area
    /// Points near the edges: the sum of the inverse distances, which count as 0.01 m at least.
    case closeness
    /// Points that belong to one edge as far from it as one another; LATTE's choice.
    case variance
  }

  /// The direction of the first side, in radians, 0 up to below a right angle.
  public var angle: Double
  /// The least and the greatest coordinate along the first side.
  public var first: ClosedRange<Double>
  /// The least and the greatest coordinate along the second side, a right angle to its left.
  public var second: ClosedRange<Double>
  /// How well the rectangle fits; more is better.
  public var score: Double

  /// The best of `steps` directions, equally far apart; the first of equally good ones.
  ///
  /// It is nothing where there are no points.
  ///
  /// - Parameters:
  ///   - points: places seen from above.
  ///   - criterion: what is asked of a direction.
  ///   - steps: how many directions are tried.
  ///   - leastDistance: what `closeness` counts a distance as at least, in metres.
  ///   - limit: the longer and the shorter side that a rectangle may have; where all exceed it, the
  ///     best of those counts.
  public init?(
    _ points: [SIMD2<Double>], by criterion: Criterion, steps: Int = 90,
    leastDistance: Double = 0.01, within limit: SIMD2<Double>? = nil
  ) {
    precondition(steps > 0, "\(steps) directions")
    guard let start = points.first else { return nil }
    // Near zero, so that a cluster far away loses no precision.
    let local = points.map { $0 - start }
    var (best, largeBest): (RectangleFit?, RectangleFit?)
    var along = [Double](repeating: 0, count: points.count)
    var across = along
    for step in 0..<steps {
      let angle = .pi / 2 * Double(step) / Double(steps)
      let fit = Self(local, at: angle, by: criterion, leastDistance, along: &along, across: &across)
      let isLarge = limit.map { fit.exceeds($0) } ?? false
      if isLarge {
        if fit.score > largeBest?.score ?? -.infinity { largeBest = fit }
      } else if fit.score > best?.score ?? -.infinity {
        best = fit
      }
    }
    guard var best = best ?? largeBest else { return nil }
    let (cosine, sine) = (cos(best.angle), sin(best.angle))
    best.first = best.first.shifted(by: cosine * start.x + sine * start.y)
    best.second = best.second.shifted(by: cosine * start.y - sine * start.x)
    self = best
  }

  /// The rectangle in one direction, with its score.
  private init(
    _ points: [SIMD2<Double>], at angle: Double, by criterion: Criterion, _ leastDistance: Double,
    along: inout [Double], across: inout [Double]
  ) {
    let (cosine, sine) = (cos(angle), sin(angle))
    var (low, high) = (SIMD2(repeating: Double.infinity), SIMD2(repeating: -Double.infinity))
    for (index, point) in points.enumerated() {
      let own = SIMD2(cosine * point.x + sine * point.y, cosine * point.y - sine * point.x)
      (along[index], across[index]) = (own.x, own.y)
      low = pointwiseMin(low, own)
      high = pointwiseMax(high, own)
    }
    self.angle = angle
    first = low.x...high.x
    second = low.y...high.y
    score =
      switch criterion {
      case .area: -(high.x - low.x) * (high.y - low.y)
      case .closeness:
        EdgeDistances(along, across, low, high).closeness(leastDistance)
      case .variance:
        EdgeDistances(along, across, low, high).variance
      }
  }

  /// Whether its longer or its shorter side is longer than allowed.
  func exceeds(_ limit: SIMD2<Double>) -> Bool {
    let (a, b) = (first.length, second.length)
    return max(a, b) > limit.x || min(a, b) > limit.y
  }

  /// The four corners, counter-clockwise from the least coordinates.
  public var corners: [SIMD2<Double>] {
    [
      point(first.lowerBound, second.lowerBound), point(first.upperBound, second.lowerBound),
      point(first.upperBound, second.upperBound), point(first.lowerBound, second.upperBound),
    ]
  }

  /// The point at coordinates along the two sides.
  func point(_ along: Double, _ across: Double) -> SIMD2<Double> {
    let (cosine, sine) = (cos(angle), sin(angle))
    return SIMD2(cosine * along - sine * across, sine * along + cosine * across)
  }
}

/// How far points are from the two edges of a rectangle that they lie nearer to.
private struct EdgeDistances {
  let along: [Double]
  let across: [Double]
  /// The coordinate of the chosen edge of each of the two directions.
  let edges: SIMD2<Double>

  init(
    _ along: [Double], _ across: [Double], _ low: SIMD2<Double>, _ high: SIMD2<Double>
  ) {
    (self.along, self.across) = (along, across)
    edges = SIMD2(Self.edge(along, low.x, high.x), Self.edge(across, low.y, high.y))
  }

  /// The edge that all points together are nearer to.
  private static func edge(_ values: [Double], _ low: Double, _ high: Double) -> Double {
    var (toHigh, toLow) = (0.0, 0.0)
    for value in values {
      toHigh += (high - value) * (high - value)
      toLow += (value - low) * (value - low)
    }
    return toHigh < toLow ? high : low
  }

  func closeness(_ leastDistance: Double) -> Double {
    var sum = 0.0
    for index in along.indices {
      let distance = min(abs(along[index] - edges.x), abs(across[index] - edges.y))
      sum += 1 / max(distance, leastDistance)
    }
    return sum
  }

  var variance: Double {
    var (first, second) = (Spread(), Spread())
    for index in along.indices {
      let (toFirst, toSecond) = (abs(along[index] - edges.x), abs(across[index] - edges.y))
      if toFirst < toSecond { first.add(toFirst) } else { second.add(toSecond) }
    }
    return -first.variance - second.variance
  }
}

/// Count, mean and variance of numbers (Welford's method).
private struct Spread {
  private var count = 0.0
  private var mean = 0.0
  private var sum = 0.0

  mutating func add(_ value: Double) {
    count += 1
    let offset = value - mean
    mean += offset / count
    sum += offset * (value - mean)
  }

  /// Of none it is 0.
  var variance: Double { count > 0 ? sum / count : 0 }
}

extension ClosedRange<Double> {
  /// How long the range is.
  var length: Double { upperBound - lowerBound }

  fileprivate func shifted(by offset: Double) -> ClosedRange {
    lowerBound + offset...upperBound + offset
  }
}
