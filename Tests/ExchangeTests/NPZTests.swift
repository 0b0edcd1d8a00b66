import Exchange
import Foundation
import PointCloudIO
import Tensors
import TestSupport
import Testing

@Suite struct NPZTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private static var sample: Data {
    var archive = SmallArchive()
    archive.add("stored.npy", SmallArchive.array([2, 3], [1, 2, 3, 4, 5, -6.5]))
    archive.add(
      "packed.npy", SmallArchive.array([300], (0..<300).map { Float($0 % 7) }), deflated: true)
    archive.add("one.npy", SmallArchive.array([], [3]))
    archive.add("readme.txt", Data("no array".utf8))
    return archive.file
  }

  @Test func storedAndDeflatedArraysAreRead() throws {
    let archive = try NPZArchive(path: folder.write(Self.sample, to: "a.npz"))
    #expect(archive.names == ["one", "packed", "stored"])
    #expect(try archive.float32("stored") == Tensor([2, 3], [1, 2, 3, 4, 5, -6.5]))
    #expect(try archive.float32("packed").elements == (0..<300).map { Float($0 % 7) })
    #expect(try archive.float32("one") == Tensor([1], [3]))
    #expect(try archive.int32("packed")[8] == 1)
    #expect(throws: ExchangeError.self) { try archive.int32("stored") }
    let error = #expect(throws: ExchangeError.self) { try archive.float32("nosuch") }
    #expect(error?.code == .mismatched && error?.remedy.contains("packed") == true)
  }

  @Test func anArchiveCutAtAnyByteIsDamaged() throws {
    let bytes = Self.sample
    for count in 0..<bytes.count {
      let path = try folder.write(bytes.prefix(count), to: "cut.npz")
      let error = #expect(throws: ExchangeError.self, "\(count) bytes") {
        let archive = try NPZArchive(path: path)
        for name in archive.names { _ = try archive.float32(name) }
      }
      #expect(error?.code == .damaged && error?.path == path)
    }
  }

  @Test func flippedBitsNeverEndTheProgram() throws {
    let bytes = Self.sample
    var random = SeededNumbers(seed: 2)
    for _ in 0..<1500 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        damaged[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
      let path = try folder.write(damaged, to: "flipped.npz")
      do {
        let archive = try NPZArchive(path: path)
        for name in archive.names { #expect(try archive.float32(name).count <= 300) }
      } catch {
        #expect(error is ExchangeError || error is PointCloudIOError)
      }
    }
  }

  @Test func anEntryThatClaimsToUnpackToMuchMoreIsRefusedBeforeMemoryIsTaken() throws {
    var archive = SmallArchive()
    archive.add("bomb.npy", SmallArchive.array([4], [1, 2, 3, 4]), deflated: true)
    var bytes = archive.file
    // The size in the directory: 4 GiB less one byte.
    let directory = try #require(bytes.range(of: Data([0x50, 0x4b, 1, 2])))
    for index in 24..<28 { bytes[directory.lowerBound + index] = 0xff }
    let opened = try NPZArchive(path: folder.write(bytes, to: "bomb.npz"))
    let error = #expect(throws: ExchangeError.self) { try opened.float32("bomb") }
    #expect(error?.code == .damaged)
  }

  /// However large the one is, it could be taken for any number of arrays.
  @Test func entriesOfTheSameBytesAreRefused() throws {
    var archive = SmallArchive()
    archive.add("0.npy", SmallArchive.array([30], (0..<30).map(Float.init)))
    for index in 1..<10 { archive.repeatLast(as: "\(index).npy") }
    let error = #expect(throws: ExchangeError.self) {
      try NPZArchive(path: folder.write(archive.file, to: "same.npz"))
    }
    #expect(error?.code == .damaged)
  }

  @Test func kernelsBecomeChannelsLast() throws {
    var archive = SmallArchive()
    // [O, I, KH, KW] = [2, 3, 1, 2], and transposed [I, O, KH, KW].
    archive.add("conv/kernels.npy", SmallArchive.array([2, 3, 1, 2], (0..<12).map(Float.init)))
    archive.add(
      "up/deconv/kernels.npy", SmallArchive.array([2, 3, 1, 2], (0..<12).map(Float.init)))
    archive.add("conv/biases.npy", SmallArchive.array([2], [5, 6]))
    let values = try AuthorsWeights.read(folder.write(archive.file, to: "w.npz"))
    #expect(values["conv/biases"] == Tensor([2], [5, 6]))
    #expect(
      values["conv/kernels"]
        == Tensor([1, 2, 3, 2], [0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11]))
    #expect(
      values["up/deconv/kernels"]
        == Tensor([1, 2, 2, 3], [0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11]))
  }

  @Test func aMissingArchiveIsUnreadable() {
    let error = #expect(throws: ExchangeError.self) { try NPZArchive(path: folder.path("none")) }
    #expect(error?.code == .unreadable)
  }
}
