import Foundation
public import PointClouds

/// A sweep with what is found out once, when it is opened: its ground, what stands on it, and how far
/// the sensor saw in each direction.
public struct OpenedSweep: Sendable {
  /// The points.
  public let cloud: PointCloud
  /// The ground.
  public let ground: GroundSurface
  /// How far each point lies above the ground, in metres; minus infinity where it has no position.
  public let clearance: [Float]
  /// What stands on the ground, by where it is.
  let standing: StandingPoints
  /// What the sensor saw first.
  let depth: DepthMap

  /// Points lower than this above the ground are its own, in metres.
  public static let groundThickness: Float = 0.2

  /// Opens a sweep.
  public init(_ cloud: PointCloud) {
    self.cloud = cloud
    let ground = GroundSurface(cloud)
    self.ground = ground
    let clearance = (0..<cloud.count).map { index in
      cloud.isMeasured(index)
        ? cloud.z[index] - ground.height(x: cloud.x[index], y: cloud.y[index]) : -.infinity
    }
    self.clearance = clearance
    standing = StandingPoints(cloud, clearance)
    depth = DepthMap(cloud, clearance)
  }

  /// Whether a point is the ground's own, or has no position.
  public func isGround(_ index: Int) -> Bool { clearance[index] < Self.groundThickness }

  /// A point's position, in metres.
  public func position(_ index: Int) -> SIMD3<Double> {
    SIMD3(Double(cloud.x[index]), Double(cloud.y[index]), Double(cloud.z[index]))
  }

  /// The points in a box that is grown by `margin` metres to its sides, in rising order: those that
  /// stand on the ground, and with `withGround` all.
  public func points(in box: OrientedBox, margin: Double = 0, withGround: Bool) -> [Int] {
    if withGround { return box.indices(in: cloud, margin: margin) }
    let radius = (box.size.x + box.size.y) / 2 + margin
    return standing.points(
      around: SIMD2(Float(box.bottom.x), Float(box.bottom.y)), within: Float(radius)
    )
    .filter { box.holds(position($0), margin: margin) }.sorted()
  }
}

/// The points that stand on the ground up to 5 m, by squares of one metre.
struct StandingPoints: Sendable {
  private static let reach = 120
  private static let side = 2 * reach
  private static let height: Float = 5

  private let x: [Float]
  private let y: [Float]
  /// Where each square's points start in `order`.
  private var starts: [Int32]
  private var order: [Int32]

  init(_ cloud: PointCloud, _ clearance: [Float]) {
    x = cloud.x
    y = cloud.y
    starts = [Int32](repeating: 0, count: Self.side * Self.side + 1)
    var squares = [Int32](repeating: -1, count: cloud.count)
    for index in 0..<cloud.count
    where clearance[index] >= OpenedSweep.groundThickness && clearance[index] < Self.height {
      guard let square = Self.square(cloud.x[index], cloud.y[index]) else { continue }
      squares[index] = Int32(square)
      starts[square + 1] += 1
    }
    for square in 1..<starts.count { starts[square] += starts[square - 1] }
    order = [Int32](repeating: 0, count: Int(starts[starts.count - 1]))
    var next = starts
    for (index, square) in squares.enumerated() where square >= 0 {
      order[Int(next[Int(square)])] = Int32(index)
      next[Int(square)] += 1
    }
  }

  private static func square(_ x: Float, _ y: Float) -> Int? {
    let limit = Float(reach)
    guard abs(x) < limit, abs(y) < limit else { return nil }
    return Int(x + limit) * side + Int(y + limit)
  }

  /// The points at most `radius` metres from a place, seen from above.
  func points(around place: SIMD2<Float>, within radius: Float) -> [Int] {
    guard place.x.isFinite, place.y.isFinite else { return [] }
    let limit = Float(Self.reach)
    func squares(_ value: Float) -> ClosedRange<Int>? {
      let low = max(value - radius + limit, 0)
      let high = min(value + radius + limit, Float(Self.side) - 1)
      return low <= high ? Int(low)...Int(high) : nil
    }
    guard let columns = squares(place.x), let rows = squares(place.y) else { return [] }
    var found: [Int] = []
    for column in columns {
      let line = column * Self.side
      let part = Int(starts[line + rows.lowerBound])..<Int(starts[line + rows.upperBound + 1])
      for index in order[part] {
        let (u, v) = (x[Int(index)] - place.x, y[Int(index)] - place.y)
        if u * u + v * v <= radius * radius { found.append(Int(index)) }
      }
    }
    return found
  }
}
