/// Finds the metadata of the sensor that sent a packet.
enum OusterRecognition {
  /// The one of some metadata whose packets are such.
  ///
  /// - Returns: nothing where the payload is no data packet.
  /// - Throws: `uncalibrated` where it is a data packet and not one, or more than one, of the metadata
  ///   is its sensor's.
  static func metadata(
    of payload: [UInt8], among known: [OusterMetadata]
  ) throws(PacketsError) -> OusterMetadata? {
    let sized = known.filter { $0.format.byteCount == payload.count }
    guard let first = sized.first else {
      guard isDataPacket(payload) else { return nil }
      throw needed(
        "packets of \(payload.count) bytes come from an Ouster"
          + (known.isEmpty ? "" : ", those of its metadata are of another length"))
    }
    // What is no packet tells no sensor.
    guard sized.contains(where: { (try? OusterPacket(payload, of: $0)) != nil }) else {
      return first
    }
    let fitting = sized.filter { metadata in
      guard let claimed = serialNumber(of: payload, metadata.format) else { return true }
      return metadata.serialNumber == nil || metadata.serialNumber == claimed
    }
    if fitting.count == 1 { return fitting[0] }
    let sensor = serialNumber(of: payload, first.format).map { " \($0)" } ?? ""
    throw needed(
      fitting.isEmpty
        ? "packets come from the Ouster\(sensor), of which no metadata are given"
        : "more than one of the metadata fit to the packets of an Ouster")
  }

  private static func needed(_ message: String) -> PacketsError {
    PacketsError(
      .uncalibrated, message,
      remedy: "Give the metadata JSON of the very sensor (--metadata FILE): it says it at "
        + "/api/v1/sensor/metadata, and recordings have it beside them.")
  }

  /// The number of the sensor that sent a packet; nil where it does not say it.
  private static func serialNumber(
    of payload: [UInt8], _ format: OusterPacketFormat
  ) -> Int64? {
    guard let place = format.serialPlace, place + 5 <= payload.count else { return nil }
    let number = (0..<5).reduce(0) { $0 | Int64(payload[place + $1]) << Int64(8 * $1) }
    return number > 0 ? number : nil
  }

  /// Whether the columns of a payload count on as those of a sensor of any usual kind do.
  private static func isDataPacket(_ payload: [UInt8]) -> Bool {
    usualFormats.contains { format in
      guard format.byteCount == payload.count else { return false }
      let columns = OusterColumns(bytes: payload, format: format)
      return columns.measurement(0) % format.columnsPerPacket == 0 && columns.areConsecutive
    }
  }

  private static let usualFormats = OusterProfile.allCases.flatMap { profile in
    [16, 32, 64, 128].map {
      OusterPacketFormat(profile, pixelsPerColumn: $0, columnsPerPacket: 16)
    }
  }
}
