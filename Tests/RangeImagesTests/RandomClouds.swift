import Foundation
import PointClouds
import RangeImages

/// Numbers that look random and are the same every time.
struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A window of random size and direction.
  mutating func geometry() -> ImageGeometry {
    let left = Double(Int.random(in: -18...35, using: &self)) * 10
    let span = ([360, 360, 90, 45, 200] as [Double]).randomElement(using: &self) ?? 360
    let top = Double.random(in: -20...60, using: &self)
    return ImageGeometry(
      rows: Int.random(in: 1...8, using: &self), columns: Int.random(in: 1...40, using: &self),
      left: left, right: left - span, top: top,
      bottom: top - Double.random(in: 5...80, using: &self), rowRule: .elevation,
      maximumRange: Bool.random(using: &self) ? nil : 20)
  }

  /// Up to 24 points near each other, among them ones that have no position or an extreme one.
  mutating func cloud() -> PointCloud {
    var cloud = PointCloud()
    let odd: [Float] = [.nan, .infinity, -.infinity, 0, -0, 1e-30, -1e30, .greatestFiniteMagnitude]
    for _ in 0..<Int.random(in: 0...24, using: &self) {
      func coordinate() -> Float {
        Int.random(in: 0..<12, using: &self) == 0
          ? odd.randomElement(using: &self) ?? 0 : Float.random(in: -15...15, using: &self)
      }
      cloud.append(x: coordinate(), y: coordinate(), z: coordinate() / 2)
      if Int.random(in: 0..<8, using: &self) == 0, let x = cloud.x.last, let y = cloud.y.last,
        let z = cloud.z.last
      {
        cloud.append(x: x, y: y, z: z)
      }
    }
    return cloud
  }
}

extension PointCloud {
  mutating func append(x: Float, y: Float, z: Float) {
    intensity.append(Float(count + 1))
    self.x.append(x)
    self.y.append(y)
    self.z.append(z)
  }
}

/// The plain statement of what a projection by elevation is, in double precision with libm.
struct PlainProjection {
  var cells: [Int32] = []
  var fates: [PointFate] = []
  var nearest: [Int32]

  init(_ cloud: PointCloud, _ geometry: ImageGeometry) {
    nearest = [Int32](repeating: -1, count: geometry.rows * geometry.columns)
    for point in 0..<cloud.count {
      let place = Self.place(of: point, in: cloud, geometry)
      cells.append(place.cell)
      fates.append(place.fate)
      guard place.cell >= 0 else { continue }
      let rival = nearest[Int(place.cell)]
      if rival < 0 || Self.range(point, cloud) < Self.range(Int(rival), cloud) {
        nearest[Int(place.cell)] = Int32(point)
      }
    }
    for point in nearest where point >= 0 { fates[Int(point)] = .visible }
  }

  static func range(_ point: Int, _ cloud: PointCloud) -> Float {
    let (x, y, z) = (cloud.x[point], cloud.y[point], cloud.z[point])
    let range = (x * x + y * y + z * z).squareRoot()
    guard range > 1e-15 && range < 1e18 else {
      let (x, y, z) = (Double(x), Double(y), Double(z))
      return Float((x * x + y * y + z * z).squareRoot())
    }
    return range
  }

  private static func place(
    of point: Int, in cloud: PointCloud, _ geometry: ImageGeometry
  ) -> (cell: Int32, fate: PointFate) {
    guard cloud.isMeasured(point) else { return (-1, .invalid) }
    let (x, y, z) = (Double(cloud.x[point]), Double(cloud.y[point]), Double(cloud.z[point]))
    // The rule to the letter: points on an axis lie on edges, where the last bit decides.
    let azimuth = atan2(y, x) * (180 / .pi)
    let turned = (geometry.left - azimuth) * Double(geometry.columns) / geometry.span
    let turn = Double(geometry.columns) * 360 / geometry.span
    let around = turned - turn * (turned / turn).rounded(.down)
    let column = around < turn ? around.rounded(.down) : 0
    let elevation = atan2(z, hypot(x, y)) * (180 / .pi)
    let row =
      ((geometry.top - elevation) * Double(geometry.rows)
      / (geometry.top - geometry.bottom)).rounded(.down)
    let range = range(point, cloud)
    let isInside =
      column < Double(geometry.columns) && row >= 0 && row < Double(geometry.rows)
      && range <= Float(geometry.maximumRange ?? .infinity) && range < .infinity
    return isInside
      ? (Int32(row) * Int32(geometry.columns) + Int32(column), .shadowed) : (-1, .outside)
  }
}
