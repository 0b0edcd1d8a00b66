import Foundation

/// Where a sensor stands and how it is turned, in a frame that stays where it is.
public struct SensorPose: Equatable, Sendable {
  /// The directions of the sensor's x, y and z.
  public var axes: [SIMD3<Double>]
  /// The sensor's place, in metres.
  public var origin: SIMD3<Double>

  /// A pose; see the properties.
  ///
  /// - Precondition: there are three axes.
  public init(
    axes: [SIMD3<Double>] = [SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)],
    origin: SIMD3<Double> = .zero
  ) {
    precondition(axes.count == 3, "\(axes.count) axes")
    self.axes = axes
    self.origin = origin
  }

  /// A point of the sensor's frame in the fixed one.
  public func fixed(_ point: SIMD3<Double>) -> SIMD3<Double> {
    origin + axes[0] * point.x + axes[1] * point.y + axes[2] * point.z
  }

  /// A point of the fixed frame in the sensor's.
  public func own(_ point: SIMD3<Double>) -> SIMD3<Double> {
    let offset = point - origin
    return SIMD3((axes[0] * offset).sum(), (axes[1] * offset).sum(), (axes[2] * offset).sum())
  }

  /// The heading of the sensor's x, in radians.
  public var heading: Double { atan2(axes[0].y, axes[0].x) }

  /// A pose in the frame of another one.
  public func relative(to other: SensorPose) -> SensorPose {
    let turned = axes.map { axis in
      SIMD3(
        (other.axes[0] * axis).sum(), (other.axes[1] * axis).sum(), (other.axes[2] * axis).sum())
    }
    return SensorPose(axes: turned, origin: other.own(origin))
  }
}
