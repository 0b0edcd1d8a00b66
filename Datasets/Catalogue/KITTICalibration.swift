import Foundation
package import PCLBridge
public import PointClouds

/// How KITTI's left colour camera and its LiDAR stand to one another.
public struct KITTICalibration: Equatable, Sendable {
  package var camera: CameraGeometry

  /// The size of an image in pixels.
  public struct ImageSize: Equatable, Sendable {
    /// Pixels per row.
    public var width: Int
    /// Rows.
    public var height: Int

    /// An image of this size.
    public init(width: Int, height: Int) {
      self.width = width
      self.height = height
    }

    /// The rectified images of KITTI's first recording day, and of most object frames.
    ///
    /// Those of other days are up to 18 columns narrower and 5 rows lower.
    public static let usual = ImageSize(width: 1_242, height: 375)
  }

  /// Reads an object frame's `calib/NNNNNN.txt`: `P2`, `R0_rect` and `Tr_velo_to_cam`.
  ///
  /// The file does not say how large the image is: `size` does.
  /// - Throws: `unreadable`, or `malformed` with the line's number and byte offset.
  public init(
    objectFile path: String, imageSize size: ImageSize = .usual
  ) throws(DatasetsError) {
    let file = try CalibrationFile(path: path)
    let cameraFromLidar = try file.matrix("Tr_velo_to_cam", count: 12)
    try file.checkRotation(
      "Tr_velo_to_cam", (0..<12).filter { $0 % 4 < 3 }.map { cameraFromLidar[$0] })
    camera = CameraGeometry(
      cameraFromLidar: cameraFromLidar,
      rectification: try file.rotation("R0_rect"),
      projection: try file.matrix("P2", count: 12),
      imageWidth: Double(size.width), imageHeight: Double(size.height))
  }

  /// Reads a recording day's `calib_velo_to_cam.txt` (`R`, `T`) and `calib_cam_to_cam.txt`
  /// (`R_rect_00`, `P_rect_02`, and the image's size `S_rect_02`).
  ///
  /// - Throws: `unreadable`, or `malformed` with the line's number and byte offset.
  public init(rawFolder path: String) throws(DatasetsError) {
    let folder = URL(fileURLWithPath: path)
    let lidar = try CalibrationFile(path: folder.appending(path: "calib_velo_to_cam.txt").path)
    let cameras = try CalibrationFile(path: folder.appending(path: "calib_cam_to_cam.txt").path)
    let rotation = try lidar.rotation("R")
    let offset = try lidar.matrix("T", count: 3)
    let rows: [[Double]] = (0..<3).map { row in
      Array(rotation[3 * row..<3 * row + 3]) + [offset[row]]
    }
    let size = try cameras.matrix("S_rect_02", count: 2)
    guard size.allSatisfy({ $0 >= 1 }) else {
      throw cameras.malformed("S_rect_02", "an image of \(size[0]) x \(size[1]) pixels")
    }
    camera = CameraGeometry(
      cameraFromLidar: rows.flatMap(\.self),
      rectification: try cameras.rotation("R_rect_00"),
      projection: try cameras.matrix("P_rect_02", count: 12),
      imageWidth: size[0], imageHeight: size[1])
  }

  /// Reads an odometry sequence's `calib.txt`: `P2`, and `Tr` into the rectified camera's frame.
  ///
  /// The image is taken to be `ImageSize.usual`.
  /// - Throws: `unreadable`, or `malformed` with the line's number and byte offset.
  public init(sequenceFile path: String) throws(DatasetsError) {
    let file = try CalibrationFile(path: path)
    let cameraFromLidar = try file.matrix("Tr", count: 12)
    try file.checkRotation("Tr", (0..<12).filter { $0 % 4 < 3 }.map { cameraFromLidar[$0] })
    camera = CameraGeometry(
      cameraFromLidar: cameraFromLidar, rectification: [1, 0, 0, 0, 1, 0, 0, 0, 1],
      projection: try file.matrix("P2", count: 12),
      imageWidth: Double(ImageSize.usual.width), imageHeight: Double(ImageSize.usual.height))
  }

  /// One class per point: what the boxes say of each.
  ///
  /// A point is known where its projection lies in the image: in front of the camera, columns from 0
  /// to below the width, rows from 0 to below the height. A box holds the points on its faces; where
  /// boxes overlap the later line wins, and a box wins over a `DontCare` region. Computed in double
  /// precision. A point with a coordinate that is not finite is outside.
  public func classes(of cloud: PointCloud, in objects: KITTIObjects) -> [KITTIClass] {
    let kinds = camera.kinds(
      x: cloud.x, y: cloud.y, z: cloud.z, boxes: objects.boxes, masking: objects.regions,
      masked: KITTIClass.dontCare.rawValue, outside: KITTIClass.outsideImage.rawValue)
    return kinds.map { Self.classTable[Int($0)] }
  }

  private static let classTable = (0...255).map { KITTIClass(rawValue: $0) ?? .outsideImage }
}

/// The `NAME: numbers` lines of a calibration file.
private struct CalibrationFile {
  private let file: TextFile
  private var lines: [String: TextFile.Line] = [:]

  init(path: String) throws(DatasetsError) {
    file = try TextFile(path: path)
    for line in file.lines {
      guard let colon = line.text.firstIndex(of: ":") else {
        throw file.malformed(
          line, "there is no 'NAME:'", remedy: "Restore the file from its archive.")
      }
      let name = String(line.text[..<colon])
      guard lines.updateValue(line, forKey: name) == nil else {
        throw file.malformed(line, "'\(name)' occurs twice", remedy: "Keep one of the lines.")
      }
    }
  }

  func matrix(_ name: String, count: Int) throws(DatasetsError) -> [Double] {
    guard let line = lines[name] else {
      throw DatasetsError(
        .malformed, "there is no line '\(name):'",
        remedy: "Name a KITTI calibration file, or restore it from its archive.", path: file.path)
    }
    let words = line.text.split(whereSeparator: \.isWhitespace).dropFirst()
    guard words.count == count else {
      throw malformed(name, "\(words.count) numbers instead of \(count)")
    }
    return try file.numbers(words, at: line)
  }

  func rotation(_ name: String) throws(DatasetsError) -> [Double] {
    let matrix = try matrix(name, count: 9)
    try checkRotation(name, matrix)
    return matrix
  }

  /// A damaged digit shows where three rows are no longer at right angles and of length 1.
  func checkRotation(_ name: String, _ matrix: [Double]) throws(DatasetsError) {
    for (first, second) in [(0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2)] {
      let product = (0..<3).reduce(0) { $0 + matrix[3 * first + $1] * matrix[3 * second + $1] }
      guard abs(product - (first == second ? 1 : 0)) < 0.001 else {
        throw malformed(name, "the matrix is not a rotation")
      }
    }
  }

  func malformed(_ name: String, _ message: String) -> DatasetsError {
    let line = lines[name] ?? TextFile.Line(number: 1, offset: 0, text: "")
    return file.malformed(
      line, "'\(name)': \(message)", remedy: "Restore the file from its archive.")
  }
}
