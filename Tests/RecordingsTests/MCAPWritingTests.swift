import Foundation
import PointClouds
import Recordings
import TestSupport
import Testing

@Suite struct MCAPWriting {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: [true, false], [1, 5000, 1 << 20])
  func whatIsWrittenIsReadBack(isCompressed: Bool, chunkSize: Int) throws {
    let path = folder.path("a.mcap")
    let writer = try MCAPWriter(path: path, isCompressed: isCompressed, chunkSize: chunkSize)
    let points = writer.addPointCloudTopic("/points")
    let empty = writer.addPointCloudTopic("/empty")
    let packets = writer.addTopic("/packets", type: VelodyneScanMessage.type, definition: "text")
    #expect(points != empty)
    let scans = (1...3).map { SampleMessages.scan(10 * $0) }
    for (index, scan) in scans.enumerated() {
      let header = MessageHeader(stamp: Int64(1000 + index), frame: "lidar")
      try writer.write(PointCloud2Message(scan, header: header), to: points)
    }
    try writer.write(SampleMessages.packets(2).encoded(), to: packets, at: 5000)
    #expect(!FileManager.default.fileExists(atPath: path))
    try writer.finish()
    let recording = try Recording.open(path)
    #expect(recording.topics.map(\.name) == ["/points", "/empty", "/packets"])
    #expect(recording.topics.map(\.messageCount) == [3, 0, 1])
    for (index, scan) in scans.enumerated() {
      let message = try #require(try recording.next())
      #expect(message.time == Int64(1000 + index))
      #expect(message.type == PointCloud2Message.type)
      let cloud = try PointCloud2Message(decoding: message.bytes, as: message.encoding)
      #expect(try cloud.scan() == scan)
    }
    #expect(try recording.next()?.bytes == SampleMessages.packets(2).encoded())
    #expect(try recording.next() == nil)
  }

  @Test func aFileWithoutMessagesIsWhole() throws {
    let path = folder.path("empty.mcap")
    try MCAPWriter(path: path).finish()
    let recording = try Recording.open(path)
    #expect(try recording.next() == nil)
    #expect(recording.topics.isEmpty)
  }

  @Test func aWriterThatIsLetGoLeavesNothing() throws {
    let path = folder.path("a.mcap")
    do {
      let writer = try MCAPWriter(path: path)
      let topic = writer.addPointCloudTopic("/points")
      try writer.write(PointCloud2Message(SampleMessages.scan(1)), to: topic)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("")).isEmpty)
  }

  @Test func whereNothingCanBeWrittenIsSaid() {
    for path in [folder.path("missing/a.mcap"), folder.path("")] {
      let error = #expect(throws: RecordingsError.self) { try MCAPWriter(path: path) }
      #expect(error?.code == .unwritable)
      #expect(error?.path == path)
    }
    let error = #expect(throws: RecordingsError.self) { try MCAPWriter(path: "/dev/full") }
    #expect(error?.code == .exhausted)
  }
}
