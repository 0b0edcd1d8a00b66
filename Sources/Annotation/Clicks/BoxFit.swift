import Foundation
import PointClouds

/// What the sensor saw of an object: its points, and what stands in front of it.
struct Sight {
  let sweep: OpenedSweep
  let points: [Int]

  /// The direction from the sensor to the middle of the points.
  var direction: SIMD2<Double> {
    var sum = SIMD2<Double>.zero
    for index in points {
      let place = sweep.position(index)
      sum += SIMD2(place.x, place.y)
    }
    return sum / max((sum * sum).sum().squareRoot(), 1e-9)
  }

  /// Whether something nearer hides what may go on beyond the ends of a cluster along a direction.
  func isHidden(along direction: SIMD2<Double>) -> (low: Bool, high: Bool) {
    let places = points.map { SIMD3<Float>(sweep.position($0)) }
    guard !places.isEmpty else { return (false, false) }
    let along = places.map { Double($0.x) * direction.x + Double($0.y) * direction.y }
    guard let low = along.min(), let high = along.max(), high - low > 0.3 else {
      return (false, false)
    }
    return (
      isHidden(places, along, at: low, direction, -1),
      isHidden(places, along, at: high, direction, 1)
    )
  }

  /// Whether most points near an end have something nearer beside them, on the outside.
  private func isHidden(
    _ places: [SIMD3<Float>], _ along: [Double], at end: Double, _ direction: SIMD2<Double>,
    _ sign: Double
  ) -> Bool {
    let near = places.indices.filter { abs(along[$0] - end) < 0.3 }
    var hidden = 0
    for index in near {
      let place = places[index]
      // Outwards, to the left or right as the sensor sees it.
      let turn = Double(place.x) * direction.y - Double(place.y) * direction.x
      if sweep.depth.isHidden(beside: place, toLeft: turn * sign > 0, margin: 0.7) { hidden += 1 }
    }
    return 2 * hidden > near.count
  }
}

/// Fits a box around the points of a cluster.
struct BoxFit {
  let criterion: RectangleFit.Criterion
  let leastDistance: Double
  let size: ObjectSize
  let knowledge: OneClick.Knowledge?
  let sight: Sight

  struct Fitted {
    var box: OrientedBox
    var seen: SIMD2<Double>
    var isGuessed: (Bool, Bool)
  }

  func box(around middles: [SIMD2<Double>]) -> Fitted? {
    guard let angle = angle(of: middles), let extents = extents(at: angle) else { return nil }
    let first = SIMD2(cos(angle), sin(angle))
    let second = SIMD2(-first.y, first.x)
    let completion = BoxCompletion(size: size, known: knowledge?.size)
    // The sensor is at the origin.
    let sides = (
      BoxCompletion.side(
        extents.0, sensorAlong: 0, sensorAcross: 0, across: extents.1,
        isHidden: sight.isHidden(along: first)),
      BoxCompletion.side(
        extents.1, sensorAlong: 0, sensorAcross: 0, across: extents.0,
        isHidden: sight.isHidden(along: second))
    )
    let firstIsLength =
      knowledge.map { Self.difference(angle, $0.heading, period: .pi) < .pi / 4 }
      ?? completion.isFirstLength(
        sides.0, sides.1, firstFollowsSight: abs((first * sight.direction).sum()) > 0.5.squareRoot()
      )
    let whole = completion.completed(sides.0, sides.1, firstIsLength: firstIsLength)
    let place = first * whole.first.middle + second * whole.second.middle
    let lengths = SIMD2(whole.first.length, whole.second.length)
    let seen = SIMD2(extents.0.length, extents.1.length)
    let ground = Double(sight.sweep.ground.height(x: Float(place.x), y: Float(place.y)))
    let top = sight.points.map { Double(sight.sweep.cloud.z[$0]) }.max() ?? ground
    let turned = firstIsLength ? angle : angle + .pi / 2
    return Fitted(
      box: OrientedBox(
        bottom: SIMD3(place.x, place.y, ground),
        size: SIMD3(
          firstIsLength ? lengths.x : lengths.y, firstIsLength ? lengths.y : lengths.x,
          max(top - ground, 0.3)),
        heading: knowledge.map { Self.nearest(turned, to: $0.heading) } ?? turned),
      seen: firstIsLength ? seen : SIMD2(seen.y, seen.x),
      isGuessed: firstIsLength
        ? whole.isGuessed : (whole.isGuessed.1, whole.isGuessed.0))
  }

  /// The direction of the first side: the best one, or the known one where the best one is none that
  /// the object can have turned to.
  private func angle(of middles: [SIMD2<Double>]) -> Double? {
    guard
      let fit = RectangleFit(
        middles, by: criterion, leastDistance: leastDistance,
        within: SIMD2(size.large.x, size.large.y))
    else { return nil }
    guard let knowledge else { return fit.angle }
    let isNear =
      Self.difference(fit.angle, knowledge.heading, period: .pi / 2) <= knowledge.headingTolerance
    return isNear ? fit.angle : knowledge.heading
  }

  /// The extents of the cluster along a direction and across it.
  private func extents(at angle: Double) -> (ClosedRange<Double>, ClosedRange<Double>)? {
    let (cosine, sine) = (cos(angle), sin(angle))
    var (low, high) = (SIMD2(repeating: Double.infinity), SIMD2(repeating: -Double.infinity))
    for index in sight.points {
      let place = sight.sweep.position(index)
      let own = SIMD2(cosine * place.x + sine * place.y, cosine * place.y - sine * place.x)
      low = pointwiseMin(low, own)
      high = pointwiseMax(high, own)
    }
    guard low.x <= high.x else { return nil }
    return (low.x...high.x, low.y...high.y)
  }

  /// How far apart two angles are that mean the same after `period`.
  static func difference(_ one: Double, _ other: Double, period: Double) -> Double {
    abs(remainder(one - other, period))
  }

  /// The one of a direction and its opposite that is nearer to another direction.
  static func nearest(_ heading: Double, to other: Double) -> Double {
    cos(heading - other) >= 0 ? heading : heading + .pi
  }
}

extension ClosedRange<Double> {
  /// Halfway between its ends.
  var middle: Double { (lowerBound + upperBound) / 2 }
}
