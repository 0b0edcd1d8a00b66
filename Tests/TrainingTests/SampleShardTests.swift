import Foundation
import Randomness
import RangeImages
import TestSupport
import Testing

@testable import Training

/// Stored images: what is read of them, and what is refused.
@Suite struct SampleShardTests {
  private let folder: TemporaryFolder
  private let sweeps = (0..<3).map { SampleImages.image(SampleImages.sweep, seed: UInt64($0)) }

  init() throws {
    folder = try TemporaryFolder()
  }

  private func source(
    _ window: SampleWindow, _ geometry: ImageGeometry = SampleImages.window
  ) throws -> ShardSource {
    try ShardSource(
      folder: folder.path(""), geometry: geometry, labelMap: SampleImages.labelMap(),
      window: window)
  }

  private func writeSweeps() throws {
    _ = try folder.write(SampleImages.shard(Array(sweeps[..<2])), to: "000000.npy")
    _ = try folder.write(SampleImages.shard([sweeps[2]]), to: "000001.npy")
  }

  @Test func theFrontWindowHoldsTheMiddleColumnsAsTheyAre() throws {
    try writeSweeps()
    let source = try source(.front)
    #expect(source.count == 3)
    for (index, sweep) in sweeps.enumerated() {
      let image = try source.image(at: index, key: RandomKey(seed: 5))
      #expect(image.geometry == SampleImages.window)
      for cell in 0..<image.count {
        let whole = cell / 16 * 64 + 24 + cell % 16
        #expect(image.x[cell] == sweep.x[whole] && image.y[cell] == sweep.y[whole])
        #expect(image.z[cell] == sweep.z[whole] && image.range[cell] == sweep.range[whole])
        #expect(image.intensity[cell] == sweep.intensity[whole])
        #expect(image.classes[cell] == sweep.classes[whole])
      }
    }
  }

  @Test func aDrawnWindowLooksAheadAndKeepsRangesAndHeights() throws {
    try writeSweeps()
    let source = try source(.drawn)
    var starts: Set<Int> = []
    for seed in 0..<20 as Range<UInt64> {
      let image = try source.image(at: 0, key: RandomKey(seed: seed))
      for cell in 0..<image.count where image.isOccupied(cell) {
        let middle = Double(cell % 16) + 0.5
        #expect(abs(SampleImages.column(of: cell, in: image) - middle) < 0.01)
      }
      let start = try #require((0..<64).first { isWindow(image, of: sweeps[0], from: $0) })
      starts.insert(start)
    }
    #expect(starts.count > 10)
  }

  private func isWindow(_ image: LabelledImage, of sweep: LabelledImage, from start: Int) -> Bool {
    (0..<image.count).allSatisfy { cell in
      let whole = cell / 16 * 64 + (start + cell % 16) % 64
      return image.range[cell] == sweep.range[whole] && image.z[cell] == sweep.z[whole]
        && image.classes[cell] == sweep.classes[whole]
    }
  }

  @Test func oneKeyGivesOneWindow() throws {
    try writeSweeps()
    let source = try source(.drawn)
    let key = RandomKey(seed: 3)
    #expect(try source.image(at: 1, key: key) == source.image(at: 1, key: key))
  }

  @Test func aWholeSweepIsTurnedAllTheWayRound() throws {
    try writeSweeps()
    let source = try source(.drawn, SampleImages.sweep)
    let images = try (0..<5).map { try source.image(at: 2, key: RandomKey(seed: $0)) }
    #expect(Set(images.map(\.range)).count > 3)
    for image in images {
      #expect(image.range.sorted() == sweeps[2].range.sorted())
      for cell in 0..<image.count where image.isOccupied(cell) {
        #expect(abs(SampleImages.column(of: cell, in: image) - Double(cell % 64) - 0.5) < 0.01)
      }
    }
  }

  @Test func pointsBeyondTheRangeLimitAreLeftOut() throws {
    try writeSweeps()
    var geometry = SampleImages.window
    geometry.maximumRange = 20
    let image = try source(.front, geometry).image(at: 0, key: RandomKey(seed: 1))
    let all = try source(.front).image(at: 0, key: RandomKey(seed: 1))
    #expect(all.range.contains { $0 > 20 })
    #expect(image.range == all.range.map { $0 > 20 ? 0 : $0 })
    for cell in 0..<image.count where image.range[cell] == 0 {
      #expect(image.x[cell] == 0 && image.classes[cell] == LabelledImage.ignoredClass)
    }
  }

  @Test func theClassesOfSqueezeSegAreThoseOfTheLabelMap() throws {
    let image = SampleImages.image(SampleImages.window, seed: 4)
    let bytes = SampleImages.shard([image], labels: [0, 1, 2, 3, 0], isSweep: false)
    _ = try folder.write(bytes, to: "2011_09_26_0001_0000000010.npy")
    let read = try source(.drawn).image(at: 0, key: RandomKey(seed: 1))
    #expect(read.range == image.range && read.x == image.x)
    for cell in 0..<read.count where read.isOccupied(cell) {
      let known = image.classes[cell] == LabelledImage.ignoredClass ? 0 : image.classes[cell]
      #expect(read.classes[cell] == known)
    }
  }

  @Test func theCensusCountsTheWholeSweep() throws {
    try writeSweeps()
    let census = try source(.drawn).census(of: 1)
    #expect(census.classes == sweeps[1].classCounts(of: 4))
  }

  @Test func aTruncatedShardIsNamedWithItsEnd() throws {
    let bytes = SampleImages.shard(sweeps)
    let path = try folder.write(bytes.dropLast(1000), to: "000007.npy")
    let error = #expect(throws: TrainingError.self) { try source(.front) }
    #expect(error?.code == .damaged && error?.path == path)
    #expect(error?.offset == bytes.count - 1000)
  }

  @Test func aShardThatShrinksAfterItWasOpenedIsNamedWithItsEnd() throws {
    try writeSweeps()
    let source = try source(.front)
    let path = try folder.write(SampleImages.shard([sweeps[2]]).dropLast(8), to: "000001.npy")
    let size = SampleImages.shard([sweeps[2]]).count - 8
    let error = #expect(throws: TrainingError.self) {
      try source.image(at: 2, key: RandomKey(seed: 1))
    }
    #expect(error?.code == .damaged && error?.path == path && error?.offset == size)
  }

  @Test func labelsThatTheMapDoesNotKnowAreCounted() throws {
    let labels: [Float] = [99, 7, 30.5, 31, 0]
    let path = try folder.write(SampleImages.shard(sweeps, labels: labels), to: "000000.npy")
    let source = try source(.front)
    let error = #expect(throws: TrainingError.self) { try source.validate() }
    let bad = (0..<sweeps[0].count).filter {
      sweeps[0].range[$0] > 0 && [1, 2].contains(sweeps[0].classes[$0])
    }
    #expect(error?.code == .unsuitableData && error?.path == path)
    #expect(error?.offset == 128 + 4 * (6 * bad[0] + 5))
    #expect(error?.message.contains("\(bad.count) labels of image 0") == true)
    #expect(error?.message.contains("7") == true && error?.message.contains("30.5") == true)
    #expect(throws: TrainingError.self) { try source.image(at: 1, key: RandomKey(seed: 1)) }
  }

  @Test func valuesThatAreNotFiniteAreDamage() throws {
    var image = sweeps[1]
    let cell = try #require((100..<image.count).first { image.isOccupied($0) })
    image.y[cell] = .nan
    let path = try folder.write(SampleImages.shard([sweeps[0], image]), to: "000000.npy")
    let source = try source(.front)
    _ = try source.image(at: 0, key: RandomKey(seed: 1))
    let error = #expect(throws: TrainingError.self) { try source.validate() }
    #expect(error?.code == .damaged && error?.path == path)
    #expect(error?.offset == 128 + 4 * (6 * (image.count + cell) + 1))
  }

  @Test(arguments: [
    ("<f8", "(1, 4, 64, 6)", 1, TrainingError.Code.unsuitableData),
    ("<f4", "(1, 4, 63, 6)", 1, .damaged), ("<f4", "(2, 2, 64, 6)", 1, .unsuitableData),
    ("<f4", "(1, 4, 64, 6", 1, .damaged), ("<i4", "(1, 4, 64, 6)", 1, .unsuitableData),
  ]) func anotherTypeOrShapeIsRefused(
    type: String, shape: String, count: Int, code: TrainingError.Code
  ) throws {
    var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    let start: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0]
    let body = [UInt8](repeating: 0, count: 4 * 64 * 6 * (type == "<f8" ? 8 : 4))
    let path = try folder.write(start + Array(header.utf8) + body, to: "a.npy")
    let error = #expect(throws: TrainingError.self) { try source(.front) }
    #expect(error?.code == code && error?.path == path && error?.offset != nil)
  }

  @Test func aFolderWithoutImagesIsRefused() throws {
    let error = #expect(throws: TrainingError.self) { try source(.front) }
    #expect(error?.code == .unsuitableData)
  }
}
