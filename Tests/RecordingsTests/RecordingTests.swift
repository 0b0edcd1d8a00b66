import Foundation
import PointClouds
import Recordings
import TestSupport
import Testing

@Suite struct Recordings {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func damageIsToldWithItsPlaceBehindTheMessagesBeforeIt() throws {
    var bytes = try Fixture.bytes("zstd.mcap")
    bytes[700] ^= 0xFF
    let path = try folder.write(bytes, to: "damaged.mcap")
    let recording = try Recording.open(path)
    let error = #expect(throws: RecordingsError.self) { while try recording.next() != nil {} }
    #expect(error?.code == .damaged)
    #expect(error?.path == path)
    #expect((1...700).contains(error?.offset ?? 0))
    #expect(recording.messageCount > 0)
    #expect(error?.message.contains("\(recording.messageCount) message") == true)
    #expect(recording.damage == error)
    #expect(try recording.next() == nil)
  }

  @Test func aRecordingIsToldByItsContentWhateverItsName() throws {
    for name in ["zstd.mcap", "lz4.bag", "plain/plain.db3", "file/file.db3.zstd"] {
      let path = try folder.write(Fixture.bytes(name), to: "neutral")
      let recording = try Recording.open(path)
      while try recording.next() != nil {}
      #expect(recording.messageCount == 5)
    }
  }

  @Test func aFileThatWasCompressedAsAWholeLeavesNothingBehind() throws {
    let packed = try ByteSource(path: Fixture.path("file/file.db3.zstd"))
    var unpacked: ByteSource? = try ByteSource(unpacking: packed)
    let path = try #require(unpacked?.filePath)
    #expect(unpacked?.path == packed.path)
    #expect(FileManager.default.fileExists(atPath: path))
    unpacked = nil
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func aCompressedFileThatIsCutIsRefusedByItsOwnName() throws {
    let bytes = try Fixture.bytes("file/file.db3.zstd")
    for count in stride(from: 4, to: bytes.count, by: 97) {
      let cut = try folder.write(bytes[..<count], to: "cut.db3.zstd")
      let error = #expect(throws: RecordingsError.self) { try Recording.open(cut) }
      #expect(error?.path == cut)
    }
  }

  @Test(arguments: [[], [1, 2, 3], Array("#ROSBAG V1.2\n".utf8), Array("SQLite format 3\0".utf8)])
  func whatIsNoRecordingIsRefusedWithARemedy(bytes: [UInt8]) throws {
    let path = try folder.write(bytes, to: "file")
    let error = #expect(throws: RecordingsError.self) { try Recording.open(path) }
    #expect(error?.path == path)
    #expect(error?.remedy.isEmpty == false)
  }

  @Test func foldersWithoutRecordingsPipesAndMissingFilesAreUnreadable() throws {
    let pipe = folder.path("pipe")
    mkfifo(pipe, 0o600)
    for path in [folder.path(""), pipe, folder.path("missing"), "/dev/null"] {
      let error = #expect(throws: RecordingsError.self) { try Recording.open(path) }
      #expect(error?.code == .unreadable)
    }
  }
}
