import Foundation
import PointCloudIO
import PointClouds
import TestSupport
import Testing

@Suite struct Recognition {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: [20, 80, 4000, 40_000])
  func kittiAndNuScenesAreToldApartByTheirValues(count: Int) throws {
    let scan = SampleScans.full(count)
    for format in [ScanFormat.kittiBin, .nuScenes] {
      let path = folder.path("\(format.rawValue).neutral")
      try ScanFile.write(scan, to: path, as: format)
      #expect(try ScanFile.recognise(path) == format)
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path)).dropLast()
      #expect(try ScanFile.recognise(folder.write(bytes, to: "cut")) == format)
    }
  }

  @Test func whatFitsBothIsToldByItsNameOrAsked() throws {
    let zeros = [UInt8](repeating: 0, count: 80)
    #expect(try ScanFile.recognise(folder.write(zeros, to: "a.pcd.bin")) == .nuScenes)
    #expect(try ScanFile.recognise(folder.write(zeros, to: "a.bin")) == .kittiBin)
    let neutral = try folder.write(zeros, to: "a")
    let error = #expect(throws: PointCloudIOError.self) { try ScanFile.recognise(neutral) }
    #expect(error?.code == .unrecognised)
    #expect(error?.remedy.contains("--from") == true)
  }

  @Test(arguments: [
    "hello, this is a text of some length\n", "1.0 2.0 3.0 0.5\n", "SQLite format 3\0 and more",
    "LAS and so on", "# .PCD v0.7 that ends here",
  ])
  func whatIsNoScanIsRefused(content: String) throws {
    let path = try folder.write(Array(content.utf8), to: "file.bin")
    let error = #expect(throws: PointCloudIOError.self) { try ScanFile.recognise(path) }
    #expect(error?.code == .unrecognised)
  }

  @Test func aNameThatPromisesAHeaderIsBelieved() throws {
    let path = folder.path("scan.pcd")
    try ScanFile.write(SampleScans.plain(100), to: path, as: .kittiBin)
    #expect(try ScanFile.recognise(path) == .pcd)
    #expect(throws: PointCloudIOError.self) { try ScanFile.read(path) }
  }

  @Test func aFileLargerThanMemoryIsRefusedUnread() throws {
    let path = try folder.write([], to: "large.bin")
    #expect(truncate(path, 1 << 40) == 0)
    let error = #expect(throws: PointCloudIOError.self) { try ScanFile.read(path) }
    #expect(error?.code == .exhausted)
  }

  @Test func foldersPipesAndMissingFilesAreUnreadable() throws {
    let pipe = folder.path("pipe")
    mkfifo(pipe, 0o600)
    for path in [folder.path(""), pipe, folder.path("missing"), "/dev/zero", "/dev/null"] {
      let error = #expect(throws: PointCloudIOError.self) { try ScanFile.read(path) }
      #expect(error?.code == .unreadable)
    }
  }
}
