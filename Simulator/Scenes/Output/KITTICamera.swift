import Foundation

/// The camera that simulated sets pretend to have, since KITTI's files are written in its frame: x to
/// the right, y down, z forward, at the place and with the focal length of KITTI's left colour camera.
enum KITTICamera {
  static let focalLength: Float = 718.856
  static let centre = (x: Float(607.1928), y: Float(185.2157))
  static let image = (width: Float(1241), height: Float(376))
  /// Where the camera is in the sensor's frame, in metres.
  private static let position = Vector(0.27, 0, -0.08)

  /// A point of the sensor's frame in the camera's.
  static func point(_ point: Vector) -> Vector {
    let offset = point - position
    return Vector(-offset.y, -offset.z, offset.x)
  }

  /// Where a point of the camera's frame is seen, in pixels.
  static func pixel(_ point: Vector) -> (x: Float, y: Float) {
    (
      focalLength * point.x / point.z + centre.x, focalLength * point.y / point.z + centre.y
    )
  }

  /// The text of `calib.txt`: four equal cameras, and the way from the sensor to the camera.
  static var calibration: String {
    let projection = [
      focalLength, 0, centre.x, 0, 0, focalLength, centre.y, 0, 0, 0, 1, 0,
    ]
    let transform: [Float] = [
      0, -1, 0, position.y, 0, 0, -1, position.z, 1, 0, 0, -position.x,
    ]
    let cameras = (0...3).map { "P\($0): \(line(projection))" }
    return (cameras + ["Tr: \(line(transform))", ""]).joined(separator: "\n")
  }

  /// A line of `poses.txt`: the camera of `pose` in the frame of the camera of `first`.
  static func poseLine(_ pose: SensorPose, relativeTo first: SensorPose) -> String {
    // Where the camera's origin and axes come to lie in the frame of the first sensor.
    func place(_ local: Vector, isDirection: Bool) -> Vector {
      let world =
        pose.forward * local.x + pose.left * local.y + pose.up * local.z
        + (isDirection ? Vector.zero : pose.origin - first.origin)
      return Vector(world.dot(first.forward), world.dot(first.left), world.dot(first.up))
    }
    func turned(_ axis: Vector) -> Vector { Vector(-axis.y, -axis.z, axis.x) }
    let right = turned(place(Vector(0, -1, 0), isDirection: true))
    let down = turned(place(Vector(0, 0, -1), isDirection: true))
    let ahead = turned(place(Vector(1, 0, 0), isDirection: true))
    let origin = point(place(position, isDirection: false))
    return line([
      right.x, down.x, ahead.x, origin.x, right.y, down.y, ahead.y, origin.y, right.z, down.z,
      ahead.z, origin.z,
    ])
  }

  private static func line(_ values: [Float]) -> String {
    values.map { String(format: "%.6e", $0) }.joined(separator: " ")
  }
}

extension ActorBox {
  /// The line of a KITTI label file.
  ///
  /// What the camera does not see at all is truncated by 1 and has an empty rectangle; occlusion is
  /// 3, unknown.
  var kittiLine: String {
    let location = KITTICamera.point(bottom)
    let rotation = Self.wrapped(-heading - .pi / 2)
    let alpha = Self.wrapped(rotation - atan2(location.x, location.z))
    let (rectangle, truncation) = imageRectangle
    let numbers =
      rectangle + [size.z, size.y, size.x, location.x, location.y, location.z, rotation]
    let text = numbers.map { String(format: "%.2f", $0) }.joined(separator: " ")
    return String(format: "\(name) %.2f 3 %.2f ", truncation, alpha) + text
  }

  private static func wrapped(_ angle: Float) -> Float {
    angle - 2 * .pi * (angle / (2 * .pi)).rounded()
  }

  /// Left, top, right and bottom in pixels, and which fraction lies outside the image.
  private var imageRectangle: ([Float], truncation: Float) {
    let corners = (0..<8).map { corner in
      let x = size.x / 2 * (corner & 1 == 0 ? -1 : 1)
      let y = size.y / 2 * (corner & 2 == 0 ? -1 : 1)
      let z = corner & 4 == 0 ? 0 : size.z
      return KITTICamera.point(
        bottom + Vector(x * cos(heading) - y * sin(heading), x * sin(heading) + y * cos(heading), z)
      )
    }
    // A box that reaches behind the camera has no outline in the image.
    guard corners.allSatisfy({ $0.z > 0.5 }) else { return ([0, 0, 0, 0], 1) }
    let pixels = corners.map(KITTICamera.pixel)
    let (xs, ys) = (pixels.map(\.x), pixels.map(\.y))
    let whole = [xs.min() ?? 0, ys.min() ?? 0, xs.max() ?? 0, ys.max() ?? 0]
    let (width, height) = (KITTICamera.image.width - 1, KITTICamera.image.height - 1)
    let seen = [
      min(max(whole[0], 0), width), min(max(whole[1], 0), height), min(max(whole[2], 0), width),
      min(max(whole[3], 0), height),
    ]
    func area(_ r: [Float]) -> Float { (r[2] - r[0]) * (r[3] - r[1]) }
    guard area(seen) > 0 else { return ([0, 0, 0, 0], 1) }
    return (seen, max(0, 1 - area(seen) / area(whole)))
  }
}
