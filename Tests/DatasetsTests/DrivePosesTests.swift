import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct DrivePosesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func scans(_ points: String, _ frames: [String]) -> [DatasetScan] {
    frames.map {
      DatasetScan(
        path: folder.path("\(points)/\($0).bin"), truth: .none, drive: "drive", frame: $0)
    }
  }

  @Test func inertialPosesMoveAndTurnTheSensor() throws {
    // The unit is 0.8 m behind and 0.3 m left of the sensor, and level with it.
    try folder.write(
      text: "calib_time: now\nR: 1 0 0 0 1 0 0 0 1\nT: -0.8 0.3 0\n",
      to: "day/calib_imu_to_velo.txt")
    let metre = 180 / (.pi * 6_378_137 * cos(49.0 * .pi / 180))
    for (frame, east, yaw) in [("0000000000", 0.0, 0.0), ("0000000001", 2.0, Double.pi / 2)] {
      let rest = Array(repeating: "0", count: 24).joined(separator: " ")
      try folder.write(
        text: "49 \(8 + east * metre) 110 0 0 \(yaw) \(rest)\n",
        to: "day/drive/oxts/data/\(frame).txt")
    }
    let poses = try DrivePoses(
      of: scans("day/drive/velodyne_points/data", ["0000000000", "0000000001", "0000000002"]))
    #expect(poses.count == 2)
    let first = try #require(poses.pose(ofFrame: "0000000000"))
    let second = try #require(poses.pose(ofFrame: "0000000001"))
    #expect(first.origin == .zero && abs(first.heading) < 1e-9)
    // From the unit the sensor is at (0.8, -0.3), after the turn at (0.3, 0.8).
    let expected = SIMD3(2 + 0.3 - 0.8, 0.8 + 0.3, 0.0)
    let error = second.origin - expected
    #expect((error * error).sum() < 1e-6, "\(second.origin)")
    #expect(abs(second.heading - .pi / 2) < 1e-9)
    let point = SIMD3(3.0, -2, 1)
    let back = second.own(second.fixed(point)) - point
    #expect((back * back).sum() < 1e-18)
  }

  @Test func cameraPosesAreTurnedIntoTheSensors() throws {
    try folder.write(text: "P2: 1\nTr: 0 -1 0 0 0 0 -1 -0.1 1 0 0 -0.3\n", to: "00/calib.txt")
    // The camera moves by 2 m ahead, which is its z.
    try folder.write(text: "1 0 0 0 0 1 0 0 0 0 1 0\n1 0 0 0 0 1 0 0 0 0 1 2\n", to: "00/poses.txt")
    let poses = try DrivePoses(of: scans("00/velodyne", ["000000", "000001"]))
    let second = try #require(poses.pose(ofFrame: "000001"))
    let error = second.origin - SIMD3(2, 0, 0)
    #expect((error * error).sum() < 1e-12, "\(second.origin)")
  }

  @Test func withoutFilesThereAreNoPosesAndDamagedOnesAreNamed() throws {
    #expect(try DrivePoses(of: scans("00/velodyne", ["000000"])).count == 0)
    #expect(try DrivePoses(of: []).count == 0)
    try folder.write(text: "Tr: 0 -1 0\n", to: "00/calib.txt")
    try folder.write(text: "1 0 0 0 0 1 0 0 0 0 1 0\n", to: "00/poses.txt")
    let error = #expect(throws: DatasetsError.self) {
      try DrivePoses(of: scans("00/velodyne", ["000000"]))
    }
    #expect(error?.code == .malformed)
  }
}
