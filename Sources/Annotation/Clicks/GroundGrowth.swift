import Foundation

/// The ground's height in squares, found from the sensor outwards.
struct GroundGrowth {
  /// How far a square's lowest point may lie from where the plane of its neighbours passes.
  private static let tolerance: Float = 0.18
  /// How far away neighbours are asked, in squares.
  private static let neighbourhood = 4

  private let lowest: [Float]
  private let reach: Int
  private let side: Int
  private(set) var heights: [Float]
  /// The slope of the plane that each square was judged by.
  private var slopes: [SIMD2<Float>]
  /// Whether a square is done, and whether its height was measured.
  private var isDone: [Bool]
  private var isMeasured: [Bool]

  init(lowest: [Float], from base: GroundPlane, reach: Int) {
    self.lowest = lowest
    self.reach = reach
    side = 2 * reach
    heights = [Float](repeating: 0, count: side * side)
    slopes = [SIMD2<Float>](repeating: base.slope, count: side * side)
    isDone = [Bool](repeating: false, count: side * side)
    isMeasured = isDone
    for ring in 0..<reach { grow(ring, base) }
  }

  /// The squares of one ring around the sensor, those nearest to the axes first, so that each has
  /// neighbours that are done.
  private mutating func grow(_ ring: Int, _ base: GroundPlane) {
    let (low, high) = (reach - 1 - ring, reach + ring)
    for offset in 0...ring {
      for other in [reach + offset, reach - 1 - offset] {
        settle(low, other, ring, base)
        settle(high, other, ring, base)
        if offset < ring {
          settle(other, low, ring, base)
          settle(other, high, ring, base)
        }
      }
    }
  }

  private mutating func settle(_ column: Int, _ row: Int, _ ring: Int, _ base: GroundPlane) {
    let square = column * side + row
    let plane = expectation(column, row, ring, base)
    let low = lowest[square]
    let fits = abs(low - plane.height) < Self.tolerance
    heights[square] = fits ? low : plane.height
    slopes[square] = plane.slope
    isMeasured[square] = fits
    isDone[square] = true
  }

  /// The plane around a square's middle that its neighbours lie on.
  private func expectation(
    _ column: Int, _ row: Int, _ ring: Int, _ base: GroundPlane
  ) -> GroundPlane {
    if ring < 3 {
      let place = SIMD2(Float(column - reach) + 0.5, Float(row - reach) + 0.5)
      return GroundPlane(height: base.z(at: place), slope: base.slope)
    }
    let near = Self.neighbourhood
    var sums = PlaneSums()
    var (height, slope, weights) = (Float(0), SIMD2<Float>.zero, Float(0))
    for u in max(0, column - near)...min(side - 1, column + near) {
      for v in max(0, row - near)...min(side - 1, row + near) where isDone[u * side + v] {
        let offset = SIMD2(Float(u - column), Float(v - row))
        let weight = (isMeasured[u * side + v] ? 1 : 0.05) / (offset * offset).sum()
        let there = heights[u * side + v]
        sums.add(SIMD3(offset, there), weight: weight)
        slope += weight * slopes[u * side + v]
        height += weight * there
        weights += weight
      }
    }
    let mean = GroundPlane(height: height / weights, slope: slope / weights)
    var plane = sums.plane(steepness: 1.5, around: mean)
    // No road is steeper than a third.
    let steepness = (plane.slope * plane.slope).sum().squareRoot()
    if steepness > 0.33 { plane.slope *= 0.33 / steepness }
    // What nobody saw does not go on rising for ever.
    plane.slope *= 0.98
    return plane
  }
}
