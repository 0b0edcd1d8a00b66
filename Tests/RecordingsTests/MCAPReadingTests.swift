import Foundation
import PointClouds
import Recordings
import TestSupport
import Testing

@Suite struct MCAPReading {
  static let names = ["unchunked", "none", "lz4", "zstd", "unsummarised"].map { "\($0).mcap" }

  private func all(_ bytes: [UInt8]) -> (messages: [RecordedMessage], error: RecordingsError?) {
    var messages: [RecordedMessage] = []
    do {
      let file = try MCAPFile(ByteSource(bytes, path: "a.mcap"))
      while let message = try file.next() { messages.append(message) }
      return (messages, nil)
    } catch {
      return (messages, error)
    }
  }

  @Test(arguments: names)
  func everyMessageOfAnotherProgramsFileIsRead(name: String) throws {
    let file = try MCAPFile(ByteSource(path: Fixture.path(name)))
    if name == "unsummarised.mcap" { #expect(file.topics.isEmpty) }
    var messages: [RecordedMessage] = []
    while let message = try file.next() { messages.append(message) }
    #expect(messages.map(\.time) == (0..<5).map { 1_000_000_000 + 100 * $0 })
    #expect(messages.map(\.topic) == ["/points", "/log", "/points", "/log", "/points"])
    #expect(file.topics.map(\.name) == ["/points", "/log"])
    #expect(
      file.topics.map(\.type) == ["sensor_msgs/msg/PointCloud2", "std_msgs/msg/String"])
    #expect(
      file.topics.map(\.messageCount) == (name == "unsummarised.mcap" ? [nil, nil] : [3, 2]))
    let last = try PointCloud2Message(decoding: messages[4].bytes, as: messages[4].encoding)
    #expect(last.header == MessageHeader(stamp: 7_000_000_004, frame: "lidar"))
    let cloud = try last.scan().cloud
    #expect(cloud.x == [4.5, 4.5, 4.5, 4.5, 4.5] && cloud.y == [0, -1, -2, -3, -4])
    #expect(cloud.z == [0, 0.25, 0.5, 0.75, 1] && cloud.intensity == [0, 10, 20, 30, 40])
    #expect(cloud.ring == [0, 1, 2, 3, 4])
    #expect(cloud.time == [0, 1e-6, 2e-6, 3e-6, 4e-6])
    var text = try CDRReader(messages[3].bytes)
    #expect(try text.text() == "message 3")
  }

  @Test(arguments: names)
  func aFileCutAtAnyByteGivesTheMessagesBeforeIt(name: String) throws {
    let whole = try Fixture.bytes(name)
    let messages = all(whole).messages
    var most = 0
    for count in 0..<whole.count {
      let cut = all(Array(whole[..<count]))
      #expect(cut.error != nil, "cut at \(count)")
      #expect(cut.messages == Array(messages.prefix(cut.messages.count)))
      #expect(cut.messages.count >= most, "cut at \(count)")
      most = cut.messages.count
    }
    #expect(most == messages.count)
  }

  @Test(arguments: names)
  func everyFlippedBitIsNoticed(name: String) throws {
    // These files have checksums of chunks, of all data, and of the summary.
    let whole = try Fixture.bytes(name)
    let messages = all(whole).messages
    for place in 0..<whole.count {
      var bytes = whole
      bytes[place] ^= 1 << UInt8(place % 8)
      let read = all(bytes)
      #expect(read.error != nil || read.messages == messages, "flipped at \(place)")
    }
  }

  @Test func aFileThatGrowsIsReadOn() throws {
    let whole = try Fixture.bytes("zstd.mcap")
    let folder = try TemporaryFolder()
    let path = try folder.write(whole[..<700], to: "growing.mcap")
    let file = try MCAPFile(ByteSource(path: path))
    var count = 0
    let error = #expect(throws: RecordingsError.self) {
      while try file.next() != nil { count += 1 }
    }
    #expect(error?.code == .cut)
    #expect((1..<5).contains(count))
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(whole[700...]))
    try handle.close()
    while try file.next() != nil { count += 1 }
    #expect(count == 5)
    #expect(file.topics.map(\.messageCount) == [3, 2])
  }

  @Test func unknownRecordsArePassedOver() throws {
    var bytes = try Fixture.bytes("unsummarised.mcap")
    // Behind the header; the sum of all data is switched off.
    let header = 8 + 9 + Int(bytes[9])
    bytes.insert(contentsOf: [0x80, 2, 0, 0, 0, 0, 0, 0, 0, 1, 2], at: header)
    let end = bytes.count - 8 - 29 - 4
    for place in end..<end + 4 { bytes[place] = 0 }
    #expect(all(bytes).messages.count == 5)
    #expect(all(bytes).error == nil)
  }

  @Test(arguments: [UInt64.max, 1 << 63, 1 << 40])
  func anImpossibleLengthIsRefusedBeforeAnythingIsAllocated(length: UInt64) throws {
    var bytes = try Array(Fixture.bytes("none.mcap")[..<8])
    bytes.append(6)
    withUnsafeBytes(of: length.littleEndian) { bytes += $0 }
    let error = all(bytes + [UInt8](repeating: 0, count: 100)).error
    #expect(error?.code == .cut)
    #expect(error?.offset == 8)
  }

  @Test func whatIsNoMCAPIsUnrecognised() {
    #expect(all([]).error?.code == .unrecognised)
    #expect(all(Array("#ROSBAG V2.0\n".utf8)).error?.code == .unrecognised)
  }
}
