/// Takes any bytes as the metadata of a sensor, and as packets of sensors of every profile.
///
/// Nothing that they hold may stop the program.
func fuzzOuster(_ bytes: [UInt8]) {
  if let metadata = try? OusterMetadata(json: bytes) { fuzz(metadata, bytes) }
  for metadata in plainMetadata { fuzz(metadata, bytes) }
}

/// Four packets of the bytes, one after the other and with other ones between.
private func fuzz(_ metadata: OusterMetadata, _ bytes: [UInt8]) {
  var configuration = SweepConfiguration()
  (configuration.ousterMetadata, configuration.reorderWindow) = ([metadata], 1)
  var stream = SweepStream(configuration: configuration)
  let size = metadata.format.byteCount
  for start in [0, bytes.count / 2, 1, 0] {
    let datagram = Datagram(
      sourceAddress: .ipv4(1), sourcePort: 7502, destinationPort: 7502,
      payload: (0..<size).map { bytes[(start + $0) % bytes.count] }, time: nil)
    _ = try? stream.receive(datagram)
  }
  _ = try? stream.finish()
}

/// A small sensor of every profile and header, whose first beam is the lower.
private let plainMetadata = OusterProfile.allCases.flatMap { profile in
  [OusterPacketFormat.Header.standard, .functionalSafety].map { header in
    let format =
      #""columns_per_packet": 3, "column_window": [6, 2], "pixels_per_column": 2,"#
      + #""udp_profile_lidar": "\#(profile.rawValue)", "header_type": "\#(header.rawValue)""#
    let angles = #""beam_altitude_angles": [-5, 5], "beam_azimuth_angles": [3, -3]"#
    let json = #"{\#(angles), "lidar_mode": "8x10", "data_format": {\#(format)}}"#
    guard let metadata = try? OusterMetadata(json: Array(json.utf8)) else {
      preconditionFailure("the metadata are refused: \(json)")
    }
    return metadata
  }
}
