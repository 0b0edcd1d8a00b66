import Annotation
import Foundation
import Randomness
import Testing

@Suite struct RectangleFitTests {
  /// Points on two sides of a rectangle, in the frame of its corner.
  private static func corner(
    _ length: Double, _ width: Double, angle: Double, at place: SIMD2<Double> = .zero,
    noise: Float = 0
  ) -> [SIMD2<Double>] {
    var stream = RandomStream(key: RandomKey(seed: 5))
    let sides =
      (0...40).map { SIMD2(length * Double($0) / 40, 0) }
      + (1...20).map { SIMD2(0, width * Double($0) / 20) }
    return sides.map { side in
      let point =
        side + SIMD2(Double(stream.normal(0, noise)), Double(stream.normal(0, noise)))
      return place
        + SIMD2(
          cos(angle) * point.x - sin(angle) * point.y, sin(angle) * point.x + cos(angle) * point.y)
    }
  }

  // The area of an L is least along its chord: that criterion needs the whole outline.
  @Test(arguments: [0, 13, 45, 77], [RectangleFit.Criterion.closeness, .variance])
  func twoSidesGiveTheirRectangle(_ degrees: Double, _ criterion: RectangleFit.Criterion) throws {
    let points = Self.corner(4.2, 1.8, angle: degrees * .pi / 180, at: SIMD2(20, -7))
    let fit = try #require(RectangleFit(points, by: criterion))
    #expect(abs(fit.angle * 180 / .pi - degrees) < 1e-9)
    #expect(abs(fit.first.upperBound - fit.first.lowerBound - 4.2) < 1e-9)
    #expect(abs(fit.second.upperBound - fit.second.lowerBound - 1.8) < 1e-9)
  }

  @Test(arguments: [1, 20, 44, 60, 89])
  func turningThePointsTurnsTheRectangle(_ degrees: Double) throws {
    let points = Self.corner(4.2, 1.8, angle: 0.1, noise: 0.02)
    let turn = degrees * .pi / 180
    let turned = points.map {
      SIMD2(cos(turn) * $0.x - sin(turn) * $0.y, sin(turn) * $0.x + cos(turn) * $0.y)
    }
    let (one, other) = (
      try #require(RectangleFit(points, by: .closeness, leastDistance: 0.1)),
      try #require(RectangleFit(turned, by: .closeness, leastDistance: 0.1))
    )
    let difference = remainder(other.angle - one.angle - turn, .pi / 2)
    #expect(abs(difference) < 1.01 * .pi / 180)
    let (a, b) = (one.corners, other.corners)
    let lengths = [a, b].map { corners in
      let sides = [corners[1] - corners[0], corners[2] - corners[1]]
        .map { ($0 * $0).sum().squareRoot() }
      return sides.sorted()
    }
    #expect(abs(lengths[0][0] - lengths[1][0]) < 0.1 && abs(lengths[0][1] - lengths[1][1]) < 0.1)
  }

  @Test(arguments: RectangleFit.Criterion.allCases)
  func movingThePointsMovesTheRectangle(_ criterion: RectangleFit.Criterion) throws {
    let points = Self.corner(4.2, 1.8, angle: 0.7, noise: 0.02)
    let offset = SIMD2(64.0, -32.5)
    let (one, other) = (
      try #require(RectangleFit(points, by: criterion)),
      try #require(RectangleFit(points.map { $0 + offset }, by: criterion))
    )
    #expect(one.angle == other.angle)
    for (a, b) in zip(one.corners, other.corners) {
      let error = a + offset - b
      #expect((error * error).sum() < 1e-18)
    }
  }

  @Test(arguments: RectangleFit.Criterion.allCases)
  func theOrderOfPointsDoesNotMatter(_ criterion: RectangleFit.Criterion) throws {
    let points = Self.corner(4.2, 1.8, angle: 0.7, noise: 0.02)
    var shuffled = points
    var stream = RandomStream(key: RandomKey(seed: 8))
    for index in shuffled.indices.dropLast() {
      shuffled.swapAt(index, stream.integer(index...shuffled.count - 1))
    }
    let (one, other) = (
      try #require(RectangleFit(points, by: criterion)),
      try #require(RectangleFit(shuffled, by: criterion))
    )
    #expect(one.angle == other.angle)
    #expect(abs(one.score - other.score) < 1e-9 * max(1, abs(one.score)))
  }

  @Test func aRectangleThatIsTooLargeIsTakenOnlyWhereAllAre() throws {
    let points = Self.corner(4, 4, angle: 0)
    let free = try #require(RectangleFit(points, by: .closeness))
    #expect(free.angle == 0)
    let narrow = try #require(
      RectangleFit(points, by: .closeness, within: SIMD2(6, 2.9)))
    let lengths = [narrow.first, narrow.second].map { $0.upperBound - $0.lowerBound }
    #expect(min(lengths[0], lengths[1]) < 2.9 && max(lengths[0], lengths[1]) < 6)
    let impossible = try #require(
      RectangleFit(points, by: .closeness, within: SIMD2(1, 1)))
    #expect(impossible == free)
  }

  @Test func noPointsHaveNoRectangleAndOneHasAnEmptyOne() throws {
    #expect(RectangleFit([], by: .closeness) == nil)
    let fit = try #require(RectangleFit([SIMD2(3, 4)], by: .variance))
    #expect(fit.corners.allSatisfy { abs($0.x - 3) < 1e-12 && abs($0.y - 4) < 1e-12 })
  }
}
