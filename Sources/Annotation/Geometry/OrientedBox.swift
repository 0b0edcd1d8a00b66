public import Datasets
import Foundation
import PointClouds

/// An upright box around an object, in the sensor's frame (x forward, y left, z up), in metres.
public struct OrientedBox: Codable, Equatable, Sendable {
  /// The middle of the bottom.
  public var bottom: SIMD3<Double>
  /// Length, width and height; the length lies along the heading.
  public var size: SIMD3<Double>
  /// The azimuth of the length, in radians from x to the left.
  public var heading: Double

  /// A box; see the properties.
  public init(bottom: SIMD3<Double>, size: SIMD3<Double>, heading: Double) {
    self.bottom = bottom
    self.size = size
    self.heading = heading
  }

  /// The direction of the length.
  public var forward: SIMD2<Double> { SIMD2(cos(heading), sin(heading)) }

  /// Where the box stands, seen from above.
  public var place: SIMD2<Double> { SIMD2(bottom.x, bottom.y) }

  /// The four corners seen from above, counter-clockwise.
  public var corners: [SIMD2<Double>] {
    let along = forward * (size.x / 2)
    let across = SIMD2(-forward.y, forward.x) * (size.y / 2)
    return [
      place - along - across, place + along - across, place + along + across,
      place - along + across,
    ]
  }

  /// A point in the box's own frame: from the middle of the bottom along the length, along the width
  /// and up, in metres.
  public func own(_ point: SIMD3<Double>) -> SIMD3<Double> {
    let offset = point - bottom
    let axis = forward
    return SIMD3(
      axis.x * offset.x + axis.y * offset.y, axis.x * offset.y - axis.y * offset.x, offset.z)
  }

  /// Whether the box, grown by `margin` metres to all sides, holds a point; its faces belong to it.
  public func holds(_ point: SIMD3<Double>, margin: Double = 0) -> Bool {
    let place = own(point)
    return abs(place.x) <= size.x / 2 + margin && abs(place.y) <= size.y / 2 + margin
      && place.z >= -margin && place.z <= size.z + margin
  }

  /// The points of a cloud in the box, grown by `margin` metres, in rising order.
  func indices(in cloud: PointCloud, margin: Double = 0) -> [Int] {
    let axis = forward
    let half = SIMD2(size.x, size.y) / 2 + margin
    let radius = half.x + half.y
    return (0..<cloud.count).filter { index in
      let (u, v) = (Double(cloud.x[index]) - bottom.x, Double(cloud.y[index]) - bottom.y)
      guard abs(u) <= radius, abs(v) <= radius else { return false }
      let height = Double(cloud.z[index]) - bottom.z
      return abs(axis.x * u + axis.y * v) <= half.x && abs(axis.x * v - axis.y * u) <= half.y
        && height >= -margin && height <= size.z + margin
    }
  }

  /// The box as the data sets' readers know it.
  public func objectBox(_ kind: KITTIClass) -> ObjectBox {
    ObjectBox(kind: kind, bottom: bottom, size: size, heading: heading)
  }
}

extension OrientedBox {
  /// The intersection over union of two boxes seen from above, 0...1.
  public func overlapFromAbove(_ other: OrientedBox) -> Double {
    let shared = sharedArea(other)
    let union = size.x * size.y + other.size.x * other.size.y - shared
    return union > 0 ? shared / union : 0
  }

  /// The intersection over union of the volumes of two boxes, 0...1.
  public func overlap(_ other: OrientedBox) -> Double {
    let top = min(bottom.z + size.z, other.bottom.z + other.size.z)
    let shared = sharedArea(other) * max(0, top - max(bottom.z, other.bottom.z))
    let union = size.x * size.y * size.z + other.size.x * other.size.y * other.size.z - shared
    return union > 0 ? shared / union : 0
  }

  private func sharedArea(_ other: OrientedBox) -> Double {
    ConvexPolygon(corners: corners).intersection(ConvexPolygon(corners: other.corners)).area
  }
}
