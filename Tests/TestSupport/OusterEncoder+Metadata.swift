import Foundation
package import Packets

extension OusterEncoder {
  /// What the sensor says of itself, in the form of firmware from 3.0 on or in the one before.
  package func json(isNested: Bool = true) -> [UInt8] {
    let millimetres = Self.lidarToSensor.enumerated().map { $0 % 4 == 3 ? $1 * 1000 : $1 }
    var transform = millimetres
    transform[15] = 1
    let beams = [
      "\"beam_altitude_angles\": \(Self.altitudes)", "\"beam_azimuth_angles\": \(Self.azimuths)",
      "\"lidar_origin_to_beam_origin_mm\": 1.5",
      "\"beam_to_lidar_transform\": [1, 0, 0, 27.67, 0, 1, 0, 0, 0, 0, 1, 4.5, 0, 0, 0, 1]",
    ]
    let format = [
      "\"column_window\": \(window ?? [0, columns - 1])", "\"columns_per_frame\": \(columns)",
      "\"columns_per_packet\": \(columnsPerPacket)", "\"pixels_per_column\": 5",
      "\"pixel_shift_by_row\": [4, 1, -2, -5, 1]", "\"header_type\": \"\(header.rawValue)\"",
      "\"udp_profile_lidar\": \"\(profile.rawValue)\"",
    ]
    let sensor = [
      "\"prod_line\": \"OS-1-5-U1\"", "\"prod_sn\": \"\(serialNumber)\"",
      "\"build_rev\": \"\(version)\"", "\"image_rev\": \"ousteros-image-prod-aries-v9.9.9\"",
    ]
    let mode = ["\"lidar_mode\": \"\(columns)x10\""]
    let lidar = ["\"lidar_to_sensor_transform\": \(transform)"]
    let parts =
      isNested
      ? [
        Self.object("beam_intrinsics", beams), Self.object("lidar_data_format", format),
        Self.object("sensor_info", sensor), Self.object("config_params", mode),
        Self.object("lidar_intrinsics", lidar), "\"user_data\": \"\"",
      ]
      : beams + sensor + mode + lidar + [Self.object("data_format", format), "\"base_pn\": \"\""]
    return Array("{\(parts.joined(separator: ", "))}".utf8)
  }

  package func metadata() throws -> OusterMetadata { try OusterMetadata(json: json()) }

  private static func object(_ name: String, _ entries: [String]) -> String {
    "\"\(name)\": {\(entries.joined(separator: ", "))}"
  }
}
