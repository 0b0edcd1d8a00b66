import Foundation
import PointCloudIO
import TestSupport
import Testing

@Suite struct AtomicFiles {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
  }

  private func content(_ name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(fileURLWithPath: folder.path(name))))
  }

  @Test func aFileAppearsWithNothingBesideItAndReplacesTheOldOne() throws {
    try AtomicFile.write([1, 2, 3], to: folder.path("a"))
    try AtomicFile.write([4], to: folder.path("a"))
    try AtomicFile.write([], to: folder.path("b"))
    #expect(try content("a") == [4])
    #expect(try content("b") == [])
    #expect(try names() == ["a", "b"])
  }

  @Test func aLinkIsFollowed() throws {
    try AtomicFile.write([1], to: folder.path("a"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"), withDestinationPath: folder.path("a"))
    try AtomicFile.write([2], to: folder.path("link"))
    #expect(try content("a") == [2])
    #expect(try names() == ["a", "link"])
  }

  @Test func aFullDiskIsAnExhaustedResource() {
    let error = #expect(throws: PointCloudIOError.self) {
      try AtomicFile.write([1], to: "/dev/full")
    }
    #expect(error?.code == .exhausted)
  }

  @Test func whatCannotBeWrittenLeavesNothing() throws {
    for path in [folder.path("missing/a"), folder.path(""), "/proc/a"] {
      let error = #expect(throws: PointCloudIOError.self) { try AtomicFile.write([1], to: path) }
      #expect(error?.code == .unwritable)
      #expect(error?.path == path)
    }
    #expect(try names().isEmpty)
  }
}
