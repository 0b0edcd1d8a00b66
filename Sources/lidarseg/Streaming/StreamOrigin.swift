import Foundation
import Packets
import Streams

/// Where a stream of packets comes from.
enum StreamOrigin: Equatable {
  /// A port of this machine.
  case port(NetworkEndpoint)
  /// A pcap or pcapng file.
  case capture(String)

  /// What a source is, by its form or by the first bytes of its file.
  ///
  /// - Returns: nothing for scans in files.
  /// - Throws: `StreamsError` for a `udp://` without a port.
  init?(_ source: String) throws {
    if source.hasPrefix("udp://") {
      self = .port(try NetworkEndpoint(source))
      return
    }
    guard let file = FileHandle(forReadingAtPath: source),
      let start = try? file.read(upToCount: 4), CaptureFile.isCapture(startingWith: [UInt8](start))
    else { return nil }
    self = .capture(source)
  }
}
