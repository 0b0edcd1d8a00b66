public import Annotation
import Foundation
public import PointClouds

/// Boxes on a sloped plane, sampled by the beams of a sensor 1.7 m above it.
public struct SyntheticScene {
  /// The slope of the ground: metres up for each metre along x and y.
  public var slope = SIMD2<Double>.zero
  /// Where objects stand; their bottoms are on the ground.
  public var boxes: [OrientedBox] = []
  private static let height = 1.7

  /// Ground of a slope, and nothing on it.
  public init(slope: SIMD2<Double> = .zero) {
    self.slope = slope
  }

  /// How high the ground lies at a place.
  public func ground(_ x: Double, _ y: Double) -> Double { slope.x * x + slope.y * y - Self.height }

  /// Puts a box on the ground, and gives it.
  @discardableResult
  public mutating func add(
    x: Double, y: Double, size: SIMD3<Double> = SIMD3(4.3, 1.8, 1.5), heading: Double = 0
  ) -> OrientedBox {
    let box = OrientedBox(
      bottom: SIMD3(x, y, ground(x, y)), size: size, heading: heading)
    boxes.append(box)
    return box
  }

  /// What 64 beams and 1,800 firings see first, and for each point which box it is of, or -1.
  public func scanned() -> (cloud: PointCloud, owners: [Int]) {
    var (x, y, z): ([Float], [Float], [Float]) = ([], [], [])
    var owners: [Int] = []
    for beam in 0..<64 {
      let elevation = (2 - Double(beam) * 0.42) * .pi / 180
      for firing in 0..<1800 {
        let azimuth = (Double(firing) + 0.5) / 1800 * 2 * .pi
        let ray = SIMD3(
          cos(elevation) * cos(azimuth), cos(elevation) * sin(azimuth), sin(elevation))
        var (range, owner) = (groundRange(ray), -1)
        for (number, box) in boxes.enumerated() {
          guard let hit = Self.range(to: box, along: ray), hit < range else { continue }
          (range, owner) = (hit, number)
        }
        guard range < 90 else { continue }
        x.append(Float(ray.x * range))
        y.append(Float(ray.y * range))
        z.append(Float(ray.z * range))
        owners.append(owner)
      }
    }
    let cloud = PointCloud(x: x, y: y, z: z, intensity: [Float](repeating: 0, count: x.count))
    return (cloud, owners)
  }

  private func groundRange(_ ray: SIMD3<Double>) -> Double {
    let fall = ray.z - slope.x * ray.x - slope.y * ray.y
    return fall < 0 ? -Self.height / fall : .infinity
  }

  private static func range(to box: OrientedBox, along ray: SIMD3<Double>) -> Double? {
    let start = box.own(.zero)
    let direction = box.own(ray) - start
    var (near, far) = (0.0, Double.infinity)
    let low = SIMD3(-box.size.x / 2, -box.size.y / 2, 0)
    let high = SIMD3(box.size.x / 2, box.size.y / 2, box.size.z)
    for axis in 0..<3 {
      guard abs(direction[axis]) > 1e-12 else {
        if start[axis] < low[axis] || start[axis] > high[axis] { return nil }
        continue
      }
      let ends = [low[axis], high[axis]].map { ($0 - start[axis]) / direction[axis] }
      near = max(near, min(ends[0], ends[1]))
      far = min(far, max(ends[0], ends[1]))
    }
    return near <= far && near > 0 ? near : nil
  }
}
