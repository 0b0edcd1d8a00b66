import Foundation
import PCLBridge

/// An annotated object: a box in its own frame, which lies in the middle of the box's bottom with x
/// along the length, y along the width and z up, in metres.
public struct ObjectBox: Equatable, Sendable {
  /// What the object is.
  public let kind: KITTIClass
  /// Length, width and height in metres.
  public let size: SIMD3<Double>
  /// The rows of the 3x4 matrix that takes points of the sensor's frame into the box's own.
  private let rows: [SIMD4<Double>]

  /// A box that stands upright in the sensor's frame.
  ///
  /// - Parameters:
  ///   - kind: what the object is.
  ///   - bottom: the middle of the bottom, in metres.
  ///   - size: length, width and height in metres.
  ///   - heading: the azimuth of its length, in radians, counted to the left.
  public init(kind: KITTIClass, bottom: SIMD3<Double>, size: SIMD3<Double>, heading: Double) {
    self.kind = kind
    self.size = size
    let (cosine, sine) = (cos(heading), sin(heading))
    rows = Self.rows(
      axes: [SIMD3(cosine, sine, 0), SIMD3(-sine, cosine, 0), SIMD3(0, 0, 1)], origin: bottom)
  }

  /// A box of a `label_2` file, seen from the LiDAR.
  init(_ box: CameraBox, seenBy camera: CameraGeometry) {
    kind = KITTIClass(rawValue: box.kind) ?? .misc
    size = SIMD3(box.length, box.width, box.height)
    let (cosine, sine) = (cos(box.yaw), sin(box.yaw))
    // Up is against the camera's y.
    let own = Self.rows(
      axes: [SIMD3(cosine, 0, -sine), SIMD3(sine, 0, cosine), SIMD3(0, -1, 0)],
      origin: box.bottom)
    let rectified = camera.rectifiedFromLidar
    rows = own.map { row in
      var sum = SIMD4(0, 0, 0, row.w)
      for part in 0..<3 { sum += rectified[part] * row[part] }
      return sum
    }
  }

  /// The middle of the bottom in the sensor's frame, in metres.
  package var bottom: SIMD3<Double> {
    rows.reduce(.zero) { $0 - SIMD3($1.x, $1.y, $1.z) * $1.w }
  }

  /// The direction of the length in the sensor's frame.
  package var forward: SIMD3<Double> { SIMD3(rows[0].x, rows[0].y, rows[0].z) }

  /// A point of the sensor's frame in the box's own, in metres.
  public func place(x: Float, y: Float, z: Float) -> SIMD3<Double> {
    let point = SIMD4(Double(x), Double(y), Double(z), 1)
    return SIMD3((rows[0] * point).sum(), (rows[1] * point).sum(), (rows[2] * point).sum())
  }

  /// Whether the box, grown by `margin` metres on all sides, holds a point of its own frame; its faces
  /// belong to it.
  public func holds(_ place: SIMD3<Double>, margin: Double = 0) -> Bool {
    abs(place.x) <= size.x / 2 + margin && abs(place.y) <= size.y / 2 + margin
      && place.z >= -margin && place.z <= size.z + margin
  }

  private static func rows(axes: [SIMD3<Double>], origin: SIMD3<Double>) -> [SIMD4<Double>] {
    axes.map { SIMD4($0, -($0 * origin).sum()) }
  }
}

extension CameraGeometry {
  /// The rows of the 3x4 matrix from the LiDAR's frame into the rectified camera's.
  fileprivate var rectifiedFromLidar: [SIMD4<Double>] {
    let lidar: [SIMD4<Double>] = (0..<3).map { row in
      let numbers = cameraFromLidar[4 * row..<4 * row + 4]
      return SIMD4(numbers)
    }
    return (0..<3).map { row in
      var sum = SIMD4<Double>.zero
      for (part, other) in lidar.enumerated() { sum += other * rectification[3 * row + part] }
      return sum
    }
  }
}

extension KITTIFrame {
  /// The frame's objects in the order of its file; `DontCare` regions are none.
  ///
  /// - Throws: `unreadable` or `malformed` for the frame's files.
  public func boxes() throws(DatasetsError) -> [ObjectBox] {
    let objects = try KITTIObjects(path: objectsPath)
    let camera = try readCalibration().camera
    return objects.boxes.map { ObjectBox($0, seenBy: camera) }
  }
}
