import Datasets
import Foundation
import PCLBridge

/// The camera beside the sensor of a scan, for boxes in its frame.
struct ScanCalibration {
  /// Whether it is the scan's own, and not all its drive's.
  let isOwn: Bool
  private let camera: CameraGeometry
  /// The rows of the 3x4 matrix from the sensor's frame into the rectified camera's.
  private let rows: [SIMD4<Double>]

  /// The calibration of a scan, where its drive has one.
  ///
  /// - Returns: nothing where there is none.
  /// - Throws: `DatasetsError` where there is one that cannot be read.
  init?(of scan: DatasetScan) throws {
    guard let calibration = try scan.calibration() else { return nil }
    let camera = calibration.camera
    isOwn = scan.hasOwnCalibration
    self.camera = camera
    let lidar = (0..<3).map { SIMD4(camera.cameraFromLidar[4 * $0..<4 * $0 + 4]) }
    let rectification = camera.rectification
    rows = (0..<3).map { row in
      lidar.indices.reduce(.zero) { $0 + lidar[$1] * rectification[3 * row + $1] }
    }
  }

  /// The 3x4 matrix from the sensor's frame into the image, row by row.
  var pixelMatrix: [Double] {
    (0..<3).flatMap { row in
      let projection = SIMD4(camera.projection[4 * row..<4 * row + 4])
      let column = rows[0] * projection.x + rows[1] * projection.y + rows[2] * projection.z
      return [column.x, column.y, column.z, column.w + projection.w]
    }
  }

  /// The image's width and height in pixels.
  var imageSize: SIMD2<Double> { SIMD2(camera.imageWidth, camera.imageHeight) }

  /// The file of a drive that says the same of a frame, as KITTI's object frames or sequences have it.
  func fileName(of frame: String) -> String { isOwn ? "calib/\(frame).txt" : "calib.txt" }

  /// The text of that file: the camera's projection, and the way from the sensor into the rectified
  /// camera's frame.
  var text: String {
    func text(_ numbers: [Double]) -> String {
      numbers.map { String(format: "%.12e", $0) }.joined(separator: " ")
    }
    let transform = rows.flatMap { [$0.x, $0.y, $0.z, $0.w] }
    let way = isOwn ? "R0_rect: 1 0 0 0 1 0 0 0 1\nTr_velo_to_cam" : "Tr"
    return "P2: \(text(camera.projection))\n\(way): \(text(transform))\n"
  }

  /// The `label_2` line of an object, or nothing where it has no box.
  ///
  /// How far it is truncated and occluded was not annotated: 0 or, where the camera does not see it,
  /// 1; and 3, unknown. The rectangle is that of the corners within the image.
  func line(of object: AnnotatedObject) -> String? {
    guard let box = object.box, let name = object.objectClass.kind.fileName else { return nil }
    let bottom = rectified(SIMD4(box.bottom, 1))
    let forward = rectified(SIMD4(box.forward.x, box.forward.y, 0, 0))
    let yaw = atan2(-forward.z, forward.x)
    let alpha = remainder(yaw - atan2(bottom.x, bottom.z), 2 * .pi)
    let rectangle = rectangle(of: box)
    let numbers =
      (rectangle ?? [0, 0, 0, 0]) + [
        box.size.z, box.size.y, box.size.x, bottom.x, bottom.y, bottom.z, yaw,
      ]
    let truncation: Double = rectangle == nil ? 1 : 0
    let text = numbers.map { String(format: "%.4f", $0) }.joined(separator: " ")
    return String(format: "\(name) %.2f 3 %.4f ", truncation, alpha) + text + "\n"
  }

  private func rectified(_ point: SIMD4<Double>) -> SIMD3<Double> {
    SIMD3((rows[0] * point).sum(), (rows[1] * point).sum(), (rows[2] * point).sum())
  }

  /// Left, top, right and bottom in pixels; nothing where the box reaches behind the camera or lies
  /// beside the image.
  private func rectangle(of box: OrientedBox) -> [Double]? {
    let projection = (0..<3).map { SIMD4(camera.projection[4 * $0..<4 * $0 + 4]) }
    var (low, high) = (SIMD2(repeating: Double.infinity), SIMD2(repeating: -Double.infinity))
    for corner in box.corners {
      for height in [0, box.size.z] {
        let place = rectified(SIMD4(corner.x, corner.y, box.bottom.z + height, 1))
        let pixel = projection.map { ($0 * SIMD4(place, 1)).sum() }
        guard pixel[2] > 0.5 else { return nil }
        let seen = SIMD2(pixel[0], pixel[1]) / pixel[2]
        low = pointwiseMin(low, seen)
        high = pointwiseMax(high, seen)
      }
    }
    let last = SIMD2(camera.imageWidth - 1, camera.imageHeight - 1)
    low = low.clamped(lowerBound: .zero, upperBound: last)
    high = high.clamped(lowerBound: .zero, upperBound: last)
    return low.x < high.x && low.y < high.y ? [low.x, low.y, high.x, high.y] : nil
  }
}
