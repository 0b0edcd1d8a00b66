import Foundation
import PointCloudIO
import PointClouds
import TestSupport
import Testing

/// Arrays of several range images.
@Suite struct NumpyShardTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Two images of two beams and two columns: in the first two cells are empty, in the second one.
  private let values: [Float] =
    [1, 2, 3, 0.1, 4, 40, 0, 0, 0, 0, 0, 0] + [0, 0, 0, 0, 0, 0, 5, 6, 7, 0.2, 10, 252]
    + [8, 9, 1, 0.3, 12, 10, 2, 2, 2, 0.4, 3.5, 0.5] + [0, 0, 0, 0, 0, 0, 4, 4, 4, 1, 7, 259]

  private var bytes: [UInt8] { NumpyArray.bytes(shape: [2, 2, 2, 6], values: values) }

  @Test func imagesAreReadByTheirNumber() throws {
    let path = try folder.write(bytes, to: "a.npy")
    #expect(ScanFile.imageCount(path) == 2)
    let first = try ScanFile.read(path, image: 0)
    #expect(first.scan.cloud.x == [1, 5] && first.scan.cloud.intensity == [0.1, 0.2])
    #expect(first.scan.cloud.ring == [0, 1])
    #expect(first.scan.labels?.map(\.semantic) == [40, 252])
    #expect(first.damage == nil && first.notes == ["2 of 4 cells are empty"])
    let second = try ScanFile.read(path, image: 1)
    #expect(second.scan.cloud.z == [1, 2, 4] && second.scan.cloud.ring == [0, 0, 1])
    #expect(second.scan.labels?.map(\.semantic) == [10, 0, 259])
    #expect(second.notes.contains { $0.contains("1 points have another id") })
  }

  @Test(arguments: [1, 95, 96]) func theWholeImagesOfACutArrayAreRead(missing: Int) throws {
    let path = try folder.write(bytes.dropLast(missing), to: "a.npy")
    #expect(ScanFile.imageCount(path) == 2)
    #expect(try ScanFile.read(path, image: 0).scan.cloud.count == 2)
    #expect {
      try ScanFile.read(path, image: 1)
    } throws: { error in
      let error = error as? PointCloudIOError
      return error?.code == .damaged && error?.offset == bytes.count - missing
    }
  }

  @Test func whatFollowsTheLastImageIsDamage() throws {
    let path = try folder.write(bytes + [7], to: "a.npy")
    #expect(try ScanFile.read(path, image: 0).damage == nil)
    #expect(try ScanFile.read(path, image: 1).damage?.offset == bytes.count)
  }

  @Test func aHeaderThatPromisesMoreThanTheFileIsNotBelieved() throws {
    let start = try #require(bytes.firstRange(of: Array("(2, 2, 2, 6, )".utf8)))
    var long = bytes
    long.replaceSubrange(start, with: Array("(99999999, 2,2,6)".utf8))
    // As long as before: the header's padding gives way.
    let blanks = try #require(long.firstRange(of: Array("    ".utf8)))
    long.removeSubrange(blanks.lowerBound..<blanks.lowerBound + 3)
    let path = try folder.write(long, to: "a.npy")
    #expect(ScanFile.imageCount(path) == 3)
    #expect(try ScanFile.read(path, image: 1).scan.cloud.count == 3)
    #expect(throws: PointCloudIOError.self) { try ScanFile.read(path, image: 2) }
  }

  @Test func oneImageOrOtherFilesAreNoShard() throws {
    let image = try folder.write(
      NumpyArray.bytes(shape: [2, 2, 6], values: Array(values.prefix(24))), to: "image.npy")
    #expect(ScanFile.imageCount(image) == nil)
    #expect(ScanFile.imageCount(folder.path("none.npy")) == nil)
    #expect(throws: PointCloudIOError.self) { try ScanFile.read(image, image: 0) }
    let shard = try folder.write(bytes, to: "shard.npy")
    #expect {
      try ScanFile.read(shard)
    } throws: {
      ($0 as? PointCloudIOError)?.message.contains("several images") == true
    }
  }
}
