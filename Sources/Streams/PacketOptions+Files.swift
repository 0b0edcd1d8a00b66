import Packets

extension PacketOptions {
  /// Reads a file with what one more sensor of Ouster says of itself.
  ///
  /// - Throws: `.unreadable`, `.damaged` where it is no such JSON or of packets that are not read,
  ///   `.unknownSensor` where it lacks something.
  public mutating func addMetadata(path: String) throws(StreamsError) {
    metadata.append(
      try StreamsError.ofPackets { () throws(PacketsError) in try OusterMetadata(path: path) })
  }

  /// Reads a file with where the lasers of a Velodyne point.
  ///
  /// - Throws: `.unreadable`; `.damaged`; `.unknownSensor` where no sensor could be built so.
  public mutating func readCalibration(path: String) throws(StreamsError) {
    calibration = try StreamsError.ofPackets { () throws(PacketsError) in
      try VelodyneCalibration(path: path)
    }
  }
}
