import Datasets
import Evaluation
import Foundation
import PointClouds
import RangeImages
import Testing

/// What stands beside the headline, against a plain implementation.
@Suite struct BesideTests {
  private let map: LabelMap

  init() throws { map = try LabelMap.bundled("four-classes") }

  private func result(_ scans: [EvaluatedScan]) throws -> EvaluationResult {
    var tally = Tally(labelMap: map)
    for scan in scans { try tally.add(scan) }
    return try tally.result(bootstrap: Bootstrap(resampleCount: 20))
  }

  private func isEqual(_ first: [String: Double?]?, _ second: [String: Double?]) -> Bool {
    guard let first, Set(first.keys) == Set(second.keys) else { return false }
    return first.allSatisfy { name, value in
      switch (value, second[name] ?? nil) {
      case (nil, nil): true
      case (let a?, let b?): abs(a - b) < 1e-12
      default: false
      }
    }
  }

  private static let cases = EvaluationProtocol.allCases.flatMap { item in
    (1...6).map { (item, UInt64($0)) }
  }

  @Test(arguments: cases)
  func variantsAreThoseOfThePlainDefinitions(item: EvaluationProtocol, seed: UInt64) throws {
    let scan = try RandomEvaluatedScan(seed: seed).scan
    let plain = PlainScores(scan: scan, isFront: item == .kittiFront)
    let found = try #require(try result([scan]).protocols[item.rawValue])
    let items = plain.items
    let kinds = (scan.boxes ?? []).map(\.kind)
    let notVans = items.filter { item in
      plain.boxes(of: item.index).holding.last.map { kinds[$0] != .van } ?? true
    }
    let notShell = items.filter { !plain.boxes(of: $0.index).shell }
    try #require(notShell.count < items.count && plain.pixels.count > 100)
    #expect(isEqual(found.points.iou, PlainScores.iou(items)))
    #expect(isEqual(found.vansIgnored?.iou, PlainScores.iou(notVans)))
    #expect(isEqual(found.shellIgnored?.iou, PlainScores.iou(notShell)))
    #expect(isEqual(found.pixels?.iou, PlainScores.iou(plain.pixels)))
    #expect(found.vansIgnored?.scored == UInt64(notVans.count))
    #expect(found.shellIgnored?.scored == UInt64(notShell.count))
    #expect(found.pixels?.scored == UInt64(plain.pixels.count))
    let error = try #require(found.calibration?.expectedError)
    #expect(abs(error - plain.calibrationError) < 1e-6)
  }

  @Test(arguments: cases)
  func objectsAreThoseOfThePlainDefinition(item: EvaluationProtocol, seed: UInt64) throws {
    let scan = try RandomEvaluatedScan(seed: seed).scan
    let plain = PlainScores(scan: scan, isFront: item == .kittiFront).objects
    let boxes = try #require(try result([scan]).protocols[item.rawValue]?.boxes)
    #expect(boxes.count == plain.count && boxes.found == plain.found)
    for name in ["car", "person", "cyclist"] {
      #expect(boxes.ranges.reduce(0) { $0 + ($1.count[name] ?? 0) } == plain.count[name])
      #expect(boxes.ranges.reduce(0) { $0 + ($1.found[name] ?? 0) } == plain.found[name])
    }
  }

  @Test(arguments: cases)
  func coverageSharesOutAllPoints(item: EvaluationProtocol, seed: UInt64) throws {
    let scan = try RandomEvaluatedScan(seed: seed).scan
    let found = try #require(try result([scan]).protocols[item.rawValue])
    let coverage = try #require(found.coverage)
    let fates = try #require(scan.image?.projection.fates)
    let items = PlainScores(scan: scan, isFront: item == .kittiFront).items
    func count(_ fate: PointFate) -> UInt64 { UInt64(items.count { fates[$0.index] == fate }) }
    #expect(coverage.visible == count(.visible) && coverage.shadowed == count(.shadowed))
    #expect(coverage.outside == count(.outside) && coverage.invalid == count(.invalid))
    #expect(coverage.ignored == found.counts.ignored && coverage.points == found.counts.points)
    let seen = coverage.visible + coverage.shadowed + coverage.outside + coverage.invalid
    #expect(coverage.points == seen + coverage.ignored)
    #expect(found.counts.points == found.counts.scored + found.counts.ignored)
    #expect(found.calibration?.points == coverage.visible)
    if item == .sweep360 { #expect(coverage.invalid > 0 && coverage.outside > 0) }
    for (name, part) in coverage.byClass {
      #expect(
        part.visible == UInt64(items.count { fates[$0.index] == .visible && $0.truth == name }))
    }
  }

  @Test func scansWithoutBoxesOrImageAreLeftOutOfWhatNeedsThem() throws {
    let full = try RandomEvaluatedScan(seed: 1).scan
    var bare = try RandomEvaluatedScan(seed: 2, frame: "1").scan
    (bare.boxes, bare.image) = (nil, nil)
    let (alone, both) = (try result([full]), try result([full, bare]))
    for name in ["kitti-front", "sweep-360"] {
      let (one, two) = (alone.protocols[name], both.protocols[name])
      #expect(two?.vansIgnored == one?.vansIgnored && two?.vansIgnored?.scans == 1)
      #expect(two?.shellIgnored == one?.shellIgnored && two?.pixels == one?.pixels)
      #expect(two?.boxes == one?.boxes && two?.calibration == one?.calibration)
      #expect(two?.coverage == one?.coverage && two?.points != one?.points)
    }
  }

  @Test func talliesWithEverythingMergeAndTravel() throws {
    let scans = try (0..<4).map {
      try RandomEvaluatedScan(seed: UInt64($0), drive: "d\($0 % 2)", frame: "\($0)").scan
    }
    var (all, first, second) = (Tally(labelMap: map), Tally(labelMap: map), Tally(labelMap: map))
    for scan in scans { try all.add(scan) }
    for scan in scans[2...] { try first.add(scan) }
    for scan in scans[..<2] { try second.add(scan) }
    try first.merge(try JSONDecoder().decode(Tally.self, from: JSONEncoder().encode(second)))
    // Whatever the order of merging is, the result is the same.
    #expect(try first.result() == all.result())
    let result = try all.result()
    let travelled = try JSONDecoder().decode(
      EvaluationResult.self, from: JSONEncoder().encode(result))
    #expect(travelled == result)
  }

  @Test func aCellOfAnEmptyImageIsRightBackground() throws {
    var scan = try RandomEvaluatedScan(seed: 3).scan
    scan.truth = scan.truth.map { _ in .unlabelled }
    scan.truth[1] = PointLabel(semantic: 99)
    let found = try #require(try result([scan]).protocols["sweep-360"]?.pixels)
    let image = try #require(scan.image?.projection.image)
    let empty = image.pointIndex.count { $0 < 0 }
    #expect(found.scored == UInt64(empty + image.pointIndex.count { $0 == 1 }))
    #expect((found.precision["background"] ?? nil) == 1)
  }
}
