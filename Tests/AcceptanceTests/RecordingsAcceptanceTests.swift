import Foundation
import Recordings
import Testing

/// A recording of a real VLP-16 by its driver, in rosbag2's format.
@Suite struct RecordingsAcceptance {
  private static let folder = "data/formats/velodyne_rosbag2_vlp16/1673400471837873222"

  @Test(arguments: ["", "/1673400471837873222_0.db3", "/metadata.yaml"])
  func theRecordedTurnsOfAVLP16AreAllRead(file: String) throws {
    let recording = try Recording.open(SharedFolder.path(Self.folder) + file)
    #expect(
      recording.topics == [
        RecordedTopic(
          name: "/velodyne_packets", type: VelodyneScanMessage.type, encoding: .cdr,
          messageCount: 4)
      ])
    var scans: [VelodyneScanMessage] = []
    var times: [Int64] = []
    while let message = try recording.next() {
      times.append(message.time)
      scans.append(try VelodyneScanMessage(decoding: message.bytes, as: message.encoding))
    }
    #expect(scans.count == 4 && times.first == 1_673_400_471_837_873_222)
    #expect(times.last.map { $0 - times[0] } == 300_143_486)
    #expect(times == times.sorted())
    let stamps = scans.flatMap { $0.packets.map(\.stamp) }
    #expect(stamps == stamps.sorted() && stamps.count > 4 * 70)
    for packet in scans.flatMap(\.packets) {
      // Every block of a packet starts with this mark, and the product is a VLP-16.
      #expect(Array(packet.bytes[..<2]) == [0xFF, 0xEE] && packet.bytes[1205] == 0x22)
    }
  }
}
