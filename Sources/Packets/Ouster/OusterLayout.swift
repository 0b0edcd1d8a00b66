/// How frames and packets are laid out, by a metadata file.
struct OusterLayout {
  let format: OusterPacketFormat
  let frame: OusterFrame
  /// Turns per second.
  let frameRate: Double

  init(_ document: OusterDocument) throws(PacketsError) {
    let mode = try document[\.lidarMode].map(Self.mode)
    let rate = document[\.fps] ?? mode?.rate ?? 10
    guard rate > 0, rate <= 1000 else { throw .metadata("it turns \(rate) times a second") }
    frameRate = rate
    guard let columns = document[\.columnsPerFrame] ?? mode?.columns else {
      throw .metadata("neither lidar_mode nor columns_per_frame is there")
    }
    try Self.check("columns_per_frame", columns, in: 1...8192)
    // Sensors that do not say how, send sixteen columns of all their beams.
    let perPacket = document[\.columnsPerPacket] ?? 16
    try Self.check("columns_per_packet", perPacket, in: 1...min(columns, 512))
    guard let pixels = document[\.pixelsPerColumn] ?? document[\.beamAltitudeAngles]?.count else {
      throw .metadata("beam_altitude_angles are missing")
    }
    try Self.check("pixels_per_column", pixels, in: 1...256)
    format = OusterPacketFormat(
      try Self.profile(document[\.udpProfileLidar]),
      header: try Self.header(document[\.headerType]),
      pixelsPerColumn: pixels, columnsPerPacket: perPacket)
    try Self.check("the length of a packet", format.byteCount, in: 1...65_507)
    let window = document[\.columnWindow] ?? [0, columns - 1]
    guard window.count == 2, window.allSatisfy({ (0..<columns).contains($0) }) else {
      throw .metadata("column_window is \(window) where columns are below \(columns)")
    }
    frame = OusterFrame(columnCount: columns, columnsPerPacket: perPacket, window: window)
  }

  /// Columns and turns per second out of a mode such as `1024x10`.
  private static func mode(_ text: String) throws(PacketsError) -> (columns: Int, rate: Double) {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let columns = Int(parts[0]), let rate = Double(parts[1]) else {
      throw .metadata("lidar_mode is \"\(text)\" and not as 1024x10")
    }
    return (columns, rate)
  }

  private static func profile(_ name: String?) throws(PacketsError) -> OusterProfile {
    guard let name else { return .legacy }
    if let profile = OusterProfile(rawValue: name) { return profile }
    let known = OusterProfile.allCases.map(\.rawValue).joined(separator: ", ")
    throw PacketsError(
      .unsupported, "packets of the profile \(name) are not read",
      remedy: "Set udp_profile_lidar of the sensor to one of \(known).")
  }

  private static func header(_ name: String?) throws(PacketsError) -> OusterPacketFormat.Header {
    guard let name else { return .standard }
    if let header = OusterPacketFormat.Header(rawValue: name), header != .none { return header }
    throw PacketsError(
      .unsupported, "packets with the header \(name) are not read",
      remedy: "Set the sensor to STANDARD or FUSA headers.")
  }

  private static func check(
    _ name: String, _ value: Int, in range: ClosedRange<Int>
  ) throws(PacketsError) {
    guard range.contains(value) else {
      throw .metadata("\(name) is \(value) and not in \(range)")
    }
  }
}
