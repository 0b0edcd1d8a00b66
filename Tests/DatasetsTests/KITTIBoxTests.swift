import Datasets
import Foundation
import PointClouds
import TestSupport
import Testing

/// A camera that looks along the LiDAR's x: rectified x = -y, y = -z, z = x; focal length 100 pixels,
/// middle at (50, 30), image 100 x 60.
@Suite struct KITTIBoxTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.write(calibration.utf8, to: "calib.txt")
  }

  private var calibration: String {
    """
    P2: 100 0 50 0 0 100 30 0 0 0 1 0
    R0_rect: 1 0 0 0 1 0 0 0 1
    Tr_velo_to_cam: 0 -1 0 0 0 0 -1 0 1 0 0 0

    """
  }

  /// A box of 4 m along the LiDAR's x and 2 m along its y around (10, 0), z from 0 up to 1.5.
  private let car = "Car 0.00 0 0 1 2 3 4 1.5 2 4 0 0 10 1.5707963267948966\n"

  private func classes(
    _ points: [SIMD3<Float>], labels: String, size: KITTICalibration.ImageSize? = nil
  ) throws -> [KITTIClass] {
    let objects = try KITTIObjects(path: folder.write(labels.utf8, to: "label.txt"))
    let calibration = try KITTICalibration(
      objectFile: folder.path("calib.txt"), imageSize: size ?? .init(width: 100, height: 60))
    let cloud = PointCloud(
      x: points.map(\.x), y: points.map(\.y), z: points.map(\.z),
      intensity: points.map { _ in 0 })
    return calibration.classes(of: cloud, in: objects)
  }

  @Test func aBoxHoldsWhatLiesWithinItsFaces() throws {
    let inside: [SIMD3<Float>] = [
      [10, 0, 0.5], [8.01, 0.99, 0.01], [11.99, -0.99, 1.49], [10, 0, 0], [10, 0, 1.5],
    ]
    let outside: [SIMD3<Float>] = [
      [7.99, 0, 0.5], [12.01, 0, 0.5], [10, 1.01, 0.5], [10, -1.01, 0.5], [10, 0, 1.51],
      [10, 0, -0.01],
    ]
    #expect(try classes(inside, labels: car).allSatisfy { $0 == .car })
    #expect(try classes(outside, labels: car).allSatisfy { $0 == .background })
  }

  @Test func aTurnedBoxHoldsWhatTurnsWithIt() throws {
    let yaw = 0.4
    let turned = "Van 0 0 0 1 2 3 4 1.5 2 4 0 0 10 \(yaw)\n"
    let points: [(along: Double, across: Double)] = [
      (1.99, 0.99), (-1.99, 0.99), (1.99, -0.99), (2.01, 0), (0, 1.01),
    ]
    // Yaw turns the camera's x towards its minus z.
    let cloud = points.map { point -> SIMD3<Float> in
      let right = point.along * cos(yaw) + point.across * sin(yaw)
      let ahead = -point.along * sin(yaw) + point.across * cos(yaw)
      return [Float(10 + ahead), Float(-right), 0.7]
    }
    let expected: [KITTIClass] = [.van, .van, .van, .background, .background]
    #expect(try classes(cloud, labels: turned) == expected)
  }

  @Test func onlyWhatTheImageShowsIsKnown() throws {
    let nan = Float.nan
    let unseen: [SIMD3<Float>] = [
      [-10, 0, 0], [10, 5.01, 0], [10, -5, 0], [10, 0, 3.01], [10, 0, -3], [0, 0, 0],
      [nan, 0, 0], [10, nan, 0], [.infinity, 0, 0], [-.infinity, 0, 0],
    ]
    #expect(try classes(unseen, labels: "").allSatisfy { $0 == .outsideImage })
    // Column 0 and row 0 belong to the image; column 100 and row 60 do not.
    let seen: [SIMD3<Float>] = [[10, 5, 0], [10, 0, 3], [10, -4.99, 0], [10, 0, -2.99]]
    #expect(try classes(seen, labels: "").allSatisfy { $0 == .background })
  }

  @Test func aWiderImageShowsMore() throws {
    let point: [SIMD3<Float>] = [[10, -5.5, 0]]
    #expect(try classes(point, labels: "") == [.outsideImage])
    #expect(try classes(point, labels: "", size: .init(width: 120, height: 60)) == [.background])
  }

  @Test func aBoxWinsOverARegionLeftOutAndALaterBoxOverAnEarlier() throws {
    let region = "DontCare -1 -1 -10 0 0 100 60 -1 -1 -1 -1000 -1000 -1000 -10\n"
    let cyclist = car.replacingOccurrences(of: "Car", with: "Cyclist")
    let points: [SIMD3<Float>] = [[10, 0, 0.5], [10, 3, 0.5]]
    #expect(try classes(points, labels: car + region) == [.car, .dontCare])
    #expect(try classes(points, labels: car + cyclist) == [.cyclist, .background])
    #expect(try classes(points, labels: cyclist + car) == [.car, .background])
  }

  @Test func noPointsAreNoClasses() throws {
    #expect(try classes([], labels: car).isEmpty)
  }

  @Test(arguments: [
    ("Car 0 0 0 1 2 3 4 1.5 2", 2, "10 fields instead of 15"),
    ("Cra 0 0 0 1 2 3 4 1.5 2 4 0 0 10 0", 2, "unknown type 'Cra'"),
    ("Car 0 0 0 1 2 3 4 1.5 2 4 0 0 1O 0", 2, "'1O' is not a finite number"),
    ("Car 0 0 0 1 2 3 4 1.5 2 nan 0 0 10 0", 2, "'nan' is not a finite number"),
    ("Car 0 0 0 1 2 3 4 1.5 -2 4 0 0 10 0", 2, "-2.0"),
    ("DontCare -1 -1 -10 9 2 3 4 -1 -1 -1 -1 -1 -1 -1", 2, "ends before it starts"),
  ])
  func aDamagedLineIsNamed(line: String, number: Int, message: String) throws {
    let path = try folder.write("\(car)\(line)\r\n".utf8, to: "damaged.txt")
    #expect {
      try KITTIObjects(path: path)
    } throws: { error in
      guard let error = error as? DatasetsError else { return false }
      return error.code == .malformed && error.path == path && error.offset == car.utf8.count
        && error.message.hasPrefix("line \(number): ") && error.message.contains(message)
    }
  }

  @Test(arguments: [
    ("Tr_velo_to_cam", "Tr_velo", "no line 'Tr_velo_to_cam:'"),
    ("P2: 100", "P2: x", "'x' is not a finite number"), ("P2: 100 ", "P2: ", "11 numbers instead"),
    ("R0_rect: 1", "R0_rect: 2", "not a rotation"),
    ("Tr_velo_to_cam: 0 -1", "Tr_velo_to_cam: 0 -7", "not a rotation"),
    ("R0_rect:", "P2:", "'P2' occurs twice"), ("R0_rect:", "R0_rect", "no 'NAME:'"),
  ])
  func aDamagedCalibrationIsRefused(part: String, replacement: String, message: String) throws {
    let text = calibration.replacingOccurrences(of: part, with: replacement)
    let path = try folder.write(text.utf8, to: "damaged.txt")
    #expect {
      try KITTICalibration(objectFile: path)
    } throws: { error in
      guard let error = error as? DatasetsError else { return false }
      return error.code == .malformed && error.path == path && error.message.contains(message)
    }
  }

  @Test func aLabelFileCutAnywhereIsReadOrRefused() throws {
    let text = Array((car + car).utf8)
    for length in 0...text.count {
      let path = try folder.write(text.prefix(length), to: "cut.txt")
      do {
        _ = try KITTIObjects(path: path)
      } catch {
        #expect(error.code == .malformed)
      }
    }
  }

  @Test func aRecordingDaysFilesGiveTheSameCamera() throws {
    let lidar = "calib_time: 09-Jan-2012 13:57:47\nR: 0 -1 0 0 0 -1 1 0 0\nT: 0 0 0\n"
    let cameras = """
      S_rect_02: 1.000000e+02 6.000000e+01
      R_rect_00: 1 0 0 0 1 0 0 0 1
      P_rect_02: 100 0 50 0 0 100 30 0 0 0 1 0
      """
    _ = try folder.write(lidar.utf8, to: "calib_velo_to_cam.txt")
    _ = try folder.write(cameras.utf8, to: "calib_cam_to_cam.txt")
    let raw = try KITTICalibration(rawFolder: folder.path(""))
    let object = try KITTICalibration(
      objectFile: folder.path("calib.txt"), imageSize: .init(width: 100, height: 60))
    #expect(raw == object)
  }

  @Test func anImagesSizeIsReadFromItsPNG() throws {
    let header: [UInt8] =
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
      + [0, 0, 4, 0xD8, 0, 0, 1, 0x76]
    let path = try folder.write(header, to: "image.png")
    #expect(try KITTICalibration.ImageSize(pngFile: path) == .init(width: 1_240, height: 374))
    let damaged = try folder.write(header.dropLast(), to: "damaged.png")
    #expect(throws: DatasetsError.self) { try KITTICalibration.ImageSize(pngFile: damaged) }
  }

  @Test func everyClassHasALabel() throws {
    let labels = KITTIClass.allCases.map(\.semanticKITTI.rawValue)
    #expect(labels == [99, 10, 30, 31, 10, 18, 30, 16, 20, 0, 0])
  }
}
