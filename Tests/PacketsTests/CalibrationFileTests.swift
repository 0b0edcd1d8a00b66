import Foundation
import Packets
import TestSupport
import Testing

/// Calibrations in Velodyne's XML and in the YAML of ROS's driver.
@Suite struct CalibrationFileTests {
  private func xml(_ lasers: [(id: Int, elevation: Double)]) -> String {
    let items = lasers.map { laser in
      """
      <item><px><id_>\(laser.id)</id_><rotCorrection_>-5.3</rotCorrection_>
      <vertCorrection_>\(laser.elevation)</vertCorrection_><distCorrection_>127.5</distCorrection_>
      <distCorrectionX_>130</distCorrectionX_><vertOffsetCorrection_>21.5</vertOffsetCorrection_>
      <horizOffsetCorrection_>-2.5</horizOffsetCorrection_></px></item>
      """
    }
    return "<?xml version=\"1.0\"?>\n<boost_serialization><DB><points_>"
      + items.joined() + "</points_></DB></boost_serialization>"
  }

  @Test func degreesAndCentimetresOfXML() throws {
    let text = xml([(1, -2), (0, 1.5)])
    let calibration = try VelodyneCalibration(file: Data(text.utf8))
    #expect(calibration.lasers.map(\.elevation) == [1.5, -2])
    #expect(calibration.lasers.allSatisfy { $0.rotationalCorrection == -5.3 })
    #expect(calibration.lasers.allSatisfy { $0.horizontalOffset == -0.025 })
    // The same beam: 10 m along it lies where the offset across it says.
    for laser in calibration.lasers {
      let angle = laser.elevation * .pi / 180
      let distance = 10 + laser.distanceCorrection
      #expect(abs(distance * cos(angle) - (11.275 * cos(angle) - 0.215 * sin(angle))) < 1e-9)
      let height = distance * sin(angle) + laser.verticalOffset
      #expect(abs(height - (11.275 * sin(angle) + 0.215 * cos(angle))) < 1e-9)
    }
    #expect(calibration.rings == [0, 1])
  }

  @Test func radiansAndMetresOfYAML() throws {
    let text = """
      lasers:
      - {dist_correction: 1.25, horiz_offset_correction: 0.026, laser_id: 0, rot_correction: 0.1,
         vert_correction: -0.2617993877991494, vert_offset_correction: 0.2}
      num_lasers: 1
      """
    let laser = try VelodyneCalibration(file: Data(text.utf8)).lasers[0]
    #expect(abs(laser.elevation + 15) < 1e-9 && abs(laser.rotationalCorrection - 5.7296) < 1e-4)
    #expect(abs(laser.verticalOffset - 0.2 / cos(.pi / 12)) < 1e-9)
    #expect(laser.horizontalOffset == 0.026)
    #expect(abs(laser.distanceCorrection - 1.25 - 0.2 * tan(.pi / 12)) < 1e-9)
  }

  @Test func whatIsNoCalibrationIsRefused() throws {
    let whole = xml([(0, 1), (1, 2)])
    let texts = [
      "", "lasers: []", "lasers: [{laser_id: 0}]", "something: else", xml([(0, 1), (0, 2)]),
      xml([(1, 1)]), whole.replacing("<vertCorrection_>1.0</vertCorrection_>", with: ""),
      whole.replacing("-5.3", with: "nan"), xml([(0, 95)]),
    ]
    for text in texts {
      #expect(throws: PacketsError.self, "\(text)") {
        try VelodyneCalibration(file: Data(text.utf8))
      }
    }
    for count in stride(from: 0, to: whole.utf8.count - 24, by: 7) {
      #expect(throws: PacketsError.self) {
        try VelodyneCalibration(file: Data(whole.utf8.prefix(count)))
      }
    }
    let error = #expect(throws: PacketsError.self) {
      try VelodyneCalibration(path: "/nowhere/db.xml")
    }
    #expect(error?.code == .unreadable && error?.path == "/nowhere/db.xml")
  }
}
