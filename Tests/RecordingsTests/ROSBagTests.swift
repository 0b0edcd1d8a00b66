import Foundation
import PointClouds
import Recordings
import TestSupport
import Testing

/// Bags that another program recorded, of ROS 1 and of ROS 2.
@Suite struct ROSBags {
  static let names = [
    "none.bag", "bz2.bag", "lz4.bag", "plain", "plain/plain.db3", "plain/metadata.yaml", "messages",
    "messages/messages.db3", "file", "file/file.db3.zstd", "mcap", "mcap/mcap.mcap",
    "messages_mcap",
  ]

  private func all(_ recording: Recording) throws -> [RecordedMessage] {
    var messages: [RecordedMessage] = []
    while let message = try recording.next() { messages.append(message) }
    return messages
  }

  @Test(arguments: names)
  func everyMessageIsReadWithItsTimeTopicAndType(name: String) throws {
    let recording = try Recording.open(Fixture.path(name))
    let topics = recording.topics
    #expect(Set(topics.map(\.name)) == ["/points", "/packets"])
    #expect(topics.first { $0.name == "/points" }?.messageCount == 3)
    #expect(topics.first { $0.name == "/packets" }?.messageCount == 2)
    let messages = try all(recording)
    #expect(recording.messageCount == 5 && recording.damage == nil)
    #expect(messages.map(\.time) == (0..<5).map { 1_000_000_000 + 100 * $0 })
    #expect(messages.map(\.topic) == ["/points", "/packets", "/points", "/packets", "/points"])
    #expect(messages[0].type == PointCloud2Message.type)
    #expect(messages[1].type == VelodyneScanMessage.type)
    #expect(messages.allSatisfy { $0.encoding == (name.hasSuffix("bag") ? .ros1 : .cdr) })
    #expect(try recording.next() == nil)
  }

  @Test(arguments: names)
  func theMessagesHoldWhatWasSent(name: String) throws {
    let messages = try all(Recording.open(Fixture.path(name)))
    let last = try PointCloud2Message(decoding: messages[4].bytes, as: messages[4].encoding)
    #expect(last.header == MessageHeader(stamp: 7_000_000_004, frame: "lidar"))
    let cloud = try last.scan().cloud
    #expect(cloud.x == [4.5, 4.5, 4.5, 4.5, 4.5] && cloud.y == [0, -1, -2, -3, -4])
    #expect(cloud.intensity == [0, 10, 20, 30, 40] && cloud.ring == [0, 1, 2, 3, 4])
    let packets = try VelodyneScanMessage(decoding: messages[3].bytes, as: messages[3].encoding)
    #expect(packets.header.stamp == 7_000_000_003)
    #expect(packets.packets.map(\.stamp) == [8_000_000_003])
    #expect(packets.packets[0].bytes == [UInt8](repeating: 3, count: 1206))
  }

  @Test(arguments: ["none.bag", "bz2.bag", "lz4.bag"])
  func aBagCutAtAnyByteGivesTheMessagesBeforeIt(name: String) throws {
    let whole = try Fixture.bytes(name)
    let messages = read(whole).messages
    var most = 0
    // The header's padding is one long record.
    for count in Array(0..<200) + Array(4000..<whole.count) {
      let cut = read(Array(whole[..<count]))
      #expect(cut.error != nil, "cut at \(count)")
      #expect(cut.messages == Array(messages.prefix(cut.messages.count)))
      #expect(cut.messages.count >= most, "cut at \(count)")
      most = cut.messages.count
    }
    #expect(most == 5)
  }

  @Test func aBagThatWasNeverClosedIsReadToItsEnd() throws {
    var bytes = try Fixture.bytes("lz4.bag")
    // The place of the index, behind its field's name in the bag's header.
    let field = try #require(Data(bytes).firstRange(of: Data("index_pos=".utf8)))
    let index = Int(
      bytes[field.upperBound..<field.upperBound + 8].reversed().reduce(0) {
        $0 << 8 | UInt64($1)
      })
    for place in field.upperBound..<field.upperBound + 8 { bytes[place] = 0 }
    let unindexed = read(Array(bytes[..<index]))
    #expect(unindexed.error == nil)
    #expect(unindexed.messages == read(try Fixture.bytes("lz4.bag")).messages)
  }

  @Test func messagesOutsideOfChunksAreReadAndOtherRecordsPassedOver() throws {
    func record(_ fields: [(String, [UInt8])], _ data: [UInt8] = []) -> [UInt8] {
      func counted(_ bytes: [UInt8]) -> [UInt8] {
        withUnsafeBytes(of: UInt32(bytes.count).littleEndian) { Array($0) } + bytes
      }
      let header = fields.flatMap { counted(Array("\($0.0)=".utf8) + $0.1) }
      return counted(header) + counted(data)
    }
    let number: [UInt8] = [7, 0, 0, 0]
    let type = Array("\u{1B}\0\0\0type=std_msgs/StringOfRobot".utf8)
    let bag =
      Array("#ROSBAG V2.0\n".utf8)
      + record([
        ("op", [3]), ("index_pos", [UInt8](repeating: 0, count: 8)), ("conn_count", number),
        ("chunk_count", [0, 0, 0, 0]),
      ]) + record([("op", [0x55])], [1, 2, 3])
      + record([("op", [7]), ("conn", number), ("topic", Array("/a".utf8))], type)
      + record([("op", [2]), ("conn", number), ("time", [1, 0, 0, 0, 2, 0, 0, 0])], [9])
    let result = read(bag)
    #expect(result.error == nil)
    #expect(
      result.messages == [
        RecordedMessage(
          time: 1_000_000_002,
          topic: RecordedTopic(name: "/a", type: "std_msgs/StringOfRobot", encoding: .ros1),
          bytes: [9])
      ])
    let stranger = record([("op", [2]), ("conn", [8, 0, 0, 0]), ("time", number + number)], [9])
    #expect(read(bag + stranger).messages.count == 1)
    #expect(read(bag + stranger).error?.offset == bag.count)
    #expect(read(bag + [0xFF, 0xFF, 0xFF, 0xFF, 0]).error?.code == .cut)
  }

  @Test func aDatabaseThatWasWrittenThroughALogIsRead() throws {
    var bytes = try Fixture.bytes("plain/plain.db3")
    (bytes[18], bytes[19]) = (2, 2)
    let folder = try TemporaryFolder()
    let path = try folder.write(bytes, to: "log.db3")
    #expect(try all(Recording.open(path)).count == 5)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("")) == ["log.db3"])
  }

  @Test func aDatabaseCutAnywhereEndsInAnErrorBehindTheMessagesThatAreWhole() throws {
    let whole = try Fixture.bytes("plain/plain.db3")
    let messages = read(whole).messages
    #expect(messages.count == 5)
    let folder = try TemporaryFolder()
    var most = 0
    for count in 0..<whole.count {
      let cut = read(Array(whole[..<count]))
      #expect(cut.error != nil, "cut at \(count)")
      #expect(cut.messages.allSatisfy { messages.contains($0) }, "cut at \(count)")
      most = max(most, cut.messages.count)
      guard count % 509 == 0 else { continue }
      let path = try folder.write(whole[..<count], to: "cut.db3")
      let file = read(try ByteSource(path: path))
      #expect(file.error != nil && file.messages == cut.messages)
    }
    #expect(most > 0)
  }

  @Test func messagesInTheLogBesideADatabaseAreSpokenOf() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Fixture.bytes("plain/plain.db3"), to: "odd %3F?#.db3")
    _ = try folder.write([1, 2, 3], to: "odd %3F?#.db3-wal")
    let recording = try Recording.open(path)
    let error = #expect(throws: RecordingsError.self) { while try recording.next() != nil {} }
    #expect(recording.messageCount == 5)
    #expect(error?.code == .cut)
  }

  @Test func aViewInThePlaceOfATableIsNotRun() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Fixture.bytes("view.db3"), to: "view.db3")
    let error = #expect(throws: RecordingsError.self) { try Recording.open(path) }
    #expect(error?.code == .unrecognised)
  }

  @Test func severalFilesOfAFolderAreReadInTurnWithAndWithoutMetadata() throws {
    let folder = try TemporaryFolder()
    let database = try Fixture.bytes("plain/plain.db3")
    for number in [10, 2] { _ = try folder.write(database, to: "run_\(number).db3") }
    let recording = try Recording.open(folder.path(""))
    #expect(try all(recording).count == 10)
    let metadata = """
      rosbag2_bagfile_information:
        relative_file_paths: [old/run_10.db3, missing.db3]
      """
    _ = try folder.write(Array(metadata.utf8), to: "metadata.yaml")
    let other = try Recording.open(folder.path(""))
    let error = #expect(throws: RecordingsError.self) { while try other.next() != nil {} }
    #expect(other.messageCount == 5)
    #expect(error?.code == .unreadable)
    #expect(error?.path?.hasSuffix("missing.db3") == true)
  }

  @Test(arguments: ["", "[", "a: b", "rosbag2_bagfile_information: {relative_file_paths: [..]}"])
  func metadataThatNameNoFilesAreRefused(text: String) throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Array(text.utf8), to: "metadata.yaml")
    #expect(throws: RecordingsError.self) { try Recording.open(folder.path("")) }
  }

  private func read(_ bytes: [UInt8]) -> (messages: [RecordedMessage], error: RecordingsError?) {
    read(ByteSource(bytes, path: "bytes"))
  }

  private func read(_ source: ByteSource) -> (messages: [RecordedMessage], error: RecordingsError?)
  {
    var messages: [RecordedMessage] = []
    do {
      let source = try Recording.reader(of: source)
      while let message = try source.next() { messages.append(message) }
      return (messages, nil)
    } catch {
      return (messages, error)
    }
  }
}
