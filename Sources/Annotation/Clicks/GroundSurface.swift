import Foundation
public import PointClouds

/// How high the ground lies around a sensor, in squares of one metre.
///
/// The lowest point of a square is its ground where it fits what the squares nearer to the sensor
/// say: the plane through those within four metres, which a road's slope bends as it goes. Where it
/// does not fit (a roof over ground that nobody saw, a reflection below the road), the plane is
/// taken instead. Under the sensor the ground is a plane through the lowest points around it, fitted
/// again and again to those that lie near it, as LATTE does for a whole sweep.
public struct GroundSurface: Equatable, Sendable {
  /// Half the side of the map, in metres; beyond it the nearest square counts.
  static let reach = 100
  private static let side = 2 * reach

  /// The height in the middle of each square, in metres.
  private var heights: [Float]

  /// The height of the ground at a place, in metres: between the middles of four squares.
  public func height(x: Float, y: Float) -> Float {
    guard x.isFinite, y.isFinite else { return 0 }
    let last = Float(Self.side - 1)
    let column = min(max(x + Float(Self.reach) - 0.5, 0), last)
    let row = min(max(y + Float(Self.reach) - 0.5, 0), last)
    let (left, low) = (min(Int(column), Self.side - 2), min(Int(row), Self.side - 2))
    let (u, v) = (column - Float(left), row - Float(low))
    let corner = left * Self.side + low
    let near = heights[corner] * (1 - v) + heights[corner + 1] * v
    let far = heights[corner + Self.side] * (1 - v) + heights[corner + Self.side + 1] * v
    return near * (1 - u) + far * u
  }

  /// The ground that the points of a sweep show.
  public init(_ cloud: PointCloud) {
    var lowest = [Float](repeating: .infinity, count: Self.side * Self.side)
    for index in 0..<cloud.count where cloud.isMeasured(index) {
      guard let square = Self.square(cloud.x[index], cloud.y[index]) else { continue }
      lowest[square] = min(lowest[square], cloud.z[index])
    }
    let base = GroundPlane(under: lowest, side: Self.side, reach: Self.reach)
    heights = GroundGrowth(lowest: lowest, from: base, reach: Self.reach).heights
  }

  private static func square(_ x: Float, _ y: Float) -> Int? {
    let limit = Float(reach)
    guard abs(x) < limit, abs(y) < limit else { return nil }
    return Int(x + limit) * side + Int(y + limit)
  }
}

/// A plane z = height + slope * (x, y).
struct GroundPlane: Equatable {
  var height: Float
  var slope: SIMD2<Float>

  init(height: Float, slope: SIMD2<Float>) {
    self.height = height
    self.slope = slope
  }

  func z(at place: SIMD2<Float>) -> Float { height + (slope * place).sum() }

  /// The plane under the sensor: through the lowest points of the squares up to 12 m away, those far
  /// above or below their plane left out in five rounds.
  init(under lowest: [Float], side: Int, reach: Int) {
    var points: [SIMD3<Float>] = []
    for column in reach - 12..<reach + 12 {
      for row in reach - 12..<reach + 12 where lowest[column * side + row].isFinite {
        let place = SIMD2(Float(column - reach) + 0.5, Float(row - reach) + 0.5)
        points.append(SIMD3(place, lowest[column * side + row]))
      }
    }
    // Most of what is lowest in its square is ground, and what is not stands on it.
    let order = points.map(\.z).sorted()
    self.init(height: order.isEmpty ? 0 : order[order.count * 2 / 5], slope: .zero)
    for limit in [Float(1), 0.6, 0.4, 0.25, 0.2] {
      var sums = PlaneSums()
      for point in points where abs(point.z - z(at: SIMD2(point.x, point.y))) < limit {
        sums.add(point, weight: 1)
      }
      self = sums.plane(steepness: 20, around: self)
    }
  }
}

/// Weighted sums of points, for the plane through them.
struct PlaneSums {
  private var weight: Float = 0
  private var (x, y, z): (Float, Float, Float) = (0, 0, 0)
  private var (xx, xy, yy): (Float, Float, Float) = (0, 0, 0)
  private var (xz, yz): (Float, Float) = (0, 0)

  var isEmpty: Bool { weight == 0 }

  mutating func add(_ point: SIMD3<Float>, weight w: Float) {
    weight += w
    x += w * point.x
    y += w * point.y
    z += w * point.z
    xx += w * point.x * point.x
    xy += w * point.x * point.y
    yy += w * point.y * point.y
    xz += w * point.x * point.z
    yz += w * point.y * point.z
  }

  /// The plane with the least squares; its slope is drawn to that of `other` as if `steepness` square
  /// metres of points said so.
  func plane(steepness: Float, around other: GroundPlane) -> GroundPlane {
    guard weight > 0 else { return other }
    let mean = SIMD3(x, y, z) / weight
    let a = xx - weight * mean.x * mean.x + steepness
    let b = xy - weight * mean.x * mean.y
    let c = yy - weight * mean.y * mean.y + steepness
    let u = xz - weight * mean.x * mean.z + steepness * other.slope.x
    let v = yz - weight * mean.y * mean.z + steepness * other.slope.y
    let determinant = a * c - b * b
    let slope = SIMD2((c * u - b * v) / determinant, (a * v - b * u) / determinant)
    return GroundPlane(
      height: mean.z - slope.x * mean.x - slope.y * mean.y, slope: slope)
  }
}
