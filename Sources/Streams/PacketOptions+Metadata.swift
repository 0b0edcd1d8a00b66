import Packets

extension PacketOptions {
  /// Reads a file with what one more sensor of Ouster says of itself.
  ///
  /// - Throws: `.unreadable`, `.damaged` where it is no such JSON or of packets that are not read,
  ///   `.unknownSensor` where it lacks something.
  public mutating func addMetadata(path: String) throws(StreamsError) {
    do throws(PacketsError) {
      metadata.append(try OusterMetadata(path: path))
    } catch {
      throw StreamsError(error)
    }
  }
}
