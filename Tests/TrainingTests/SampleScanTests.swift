import Datasets
import Exchange
import Foundation
import Graphs
import Kernels
import PointCloudIO
import PointClouds
import Randomness
import RangeImages
import Segmentation
import Sensors
import Tensors
import TestSupport
import Testing

@testable import Training

/// Scans of a data set as samples.
@Suite struct SampleScanTests {
  private let folder: TemporaryFolder
  private let geometry = ImageGeometry(
    rows: 16, columns: 64, left: 45, right: -45, rowRule: .elevation)

  init() throws {
    folder = try TemporaryFolder()
    for name in ["a/velodyne", "a/labels"] {
      try FileManager.default.createDirectory(
        at: folder.url.appending(path: name), withIntermediateDirectories: true)
    }
  }

  private func cloud(_ number: Int, brightest: Float = 1) -> PointCloud {
    var cloud = RandomScan.cloud(count: 3000, seed: UInt64(number) + 1)
    cloud.intensity = cloud.intensity.map { $0 * brightest }
    return cloud
  }

  private func labels(_ count: Int) -> [PointLabel] {
    let ids: [UInt16] = [40, 10, 30, 31, 0, 12_345]
    return (0..<count).map { PointLabel(semantic: ids[$0 % 6], instance: UInt16($0 % 7)) }
  }

  /// Writes three scans, the last without labels.
  private func dataset(brightest: Float) throws -> Dataset {
    for number in 0..<3 {
      let name = String(format: "%06d", number)
      let bytes = RandomScan.kittiBytes(cloud(number, brightest: brightest))
      _ = try folder.write(bytes, to: "a/velodyne/\(name).bin")
      guard number < 2 else { continue }
      try LabelFile.write(labels(3000), to: folder.path("a/labels/\(name).label"))
    }
    return try Dataset.open(path: folder.path(""))
  }

  private func source(
    _ window: SampleWindow = .front, brightest: Float = 1
  ) throws -> ScanSource {
    try ScanSource(
      dataset(brightest: brightest), geometry: geometry, labelMap: SampleImages.labelMap(),
      window: window)
  }

  @Test func scansWithoutTruthAreLeftOutAndCounted() throws {
    let source = try source()
    #expect(source.count == 2 && source.leftOutCount == 1)
  }

  @Test func cellsHoldTheNearestPointAndItsClass() throws {
    let source = try source()
    let image = try source.image(at: 1, key: RandomKey(seed: 1))
    let projection = try Projector.project(cloud(1), geometry: geometry)
    #expect(image.x == projection.image.x && image.range == projection.image.range)
    #expect(image.intensity == projection.image.intensity)
    var unknown = 0
    for (cell, point) in projection.image.pointIndex.enumerated() {
      let ignored = LabelledImage.ignoredClass
      let expected = [0, 1, 2, 3, ignored, ignored]
      #expect(image.classes[cell] == (point < 0 ? ignored : expected[Int(point) % 6]))
      if point >= 0, point % 6 == 5 { unknown += 1 }
    }
    #expect(unknown > 0 && image.unknownCount == unknown)
  }

  @Test func aDrawnWindowLooksAheadAndKeepsRangesAndHeights() throws {
    let source = try source(.drawn)
    let cloud = cloud(0)
    let ranges = Set(
      (0..<cloud.count).map { index in
        let (x, y, z) = (cloud.x[index], cloud.y[index], cloud.z[index])
        return (x * x + y * y + z * z).squareRoot()
      })
    let images = try (0..<5).map { try source.image(at: 0, key: RandomKey(seed: $0)) }
    for image in images {
      #expect(image.geometry == geometry)
      for cell in 0..<image.count where image.isOccupied(cell) {
        #expect(ranges.contains(image.range[cell]))
        let column = SampleImages.column(of: cell, in: image)
        #expect(column > Double(cell % 64) - 0.01 && column < Double(cell % 64) + 1.01)
      }
    }
    #expect(Set(images.map(\.range)).count == 5)
  }

  @Test func aDamagedScanIsNamed() throws {
    let source = try source()
    let bytes = RandomScan.kittiBytes(cloud(1)).dropLast(7)
    let path = try folder.write(bytes, to: "a/velodyne/000001.bin")
    let error = #expect(throws: TrainingError.self) {
      try source.image(at: 1, key: RandomKey(seed: 1))
    }
    #expect(error?.code == .damaged && error?.path == path && error?.offset != nil)
  }

  @Test func labelsOfAnotherScanAreRefused() throws {
    let source = try source()
    let path = folder.path("a/labels/000000.label")
    try LabelFile.write(labels(2999), to: path)
    let error = #expect(throws: TrainingError.self) {
      try source.image(at: 0, key: RandomKey(seed: 1))
    }
    #expect(error?.code == .damaged && error?.path == path)
  }

  @Test(arguments: [true, false], [1, 255] as [Float])
  func trainingSeesTheFiguresThatSegmentationSees(
    normalizesEmptyCells: Bool, brightest: Float
  ) throws {
    var input = InputDescription.squeezeSegV2
    input.normalizesEmptyCells = normalizesEmptyCells
    let source = try source(brightest: brightest)
    let part = SourceMix.Part(source, order: .sequential(count: 2))
    let samples = try SampleSequence(SourceMix([part]), augmentation: .none, seed: 1)
    let queue = BatchQueue(
      samples, input: input, share: try BatchQueue.Share(batchSize: 2), workerCount: 1)
    let features = try queue.next().features.elements
    let pipeline = try scoringFeatures(input)
    for number in 0..<2 {
      let segmented = try pipeline.segment(
        cloud(number, brightest: brightest), from: nil)
      let first = number * geometry.rows * geometry.columns
      for (point, cell) in segmented.projection.cellOfPoint.enumerated() where cell >= 0 {
        let start = (first + Int(cell)) * 6
        let scores = features[start..<start + 6]
        let best = try #require(scores.max())
        let terms = scores.map { exp($0 - best) }
        #expect(abs(segmented.confidence[point] * terms.reduce(0, +) - 1) < 2e-6)
        #expect(Int(segmented.cellClasses[Int(cell)]) == scores.firstIndex(of: best)! - start)
      }
    }
  }

  /// A pipeline whose scores are its features, so that confidences tell what the network saw.
  private func scoringFeatures(_ input: InputDescription) throws -> SegmentationPipeline {
    var graph = Graph()
    let features = try graph.input("features", TensorType([1, 16, 64, 6]))
    let all = ChannelSlice(first: 0, count: 6)
    try graph.output("scores", graph.apply(.channelSlice(all), to: [features], name: "all"))
    let color = LabelColor(red: 0, green: 0, blue: 0)
    let classes = (1...6 as ClosedRange<UInt16>).map {
      LabelClass(name: "class\($0)", read: .ids([$0]), write: $0, color: color)
    }
    let description = ModelDescription(
      name: "features", graph: graph, input: input, geometry: geometry,
      labelMap: try LabelMap(name: "six", classes: classes, ignored: [0]),
      card: ModelCard(summary: "", training: "", figures: [:], license: ""))
    return try SegmentationPipeline(
      Model(description, parameters: [:]),
      configuration: SegmentationConfiguration(backend: .reference, carrying: .cell))
  }
}
