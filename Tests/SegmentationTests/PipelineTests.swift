import Exchange
import Graphs
import PointClouds
import RangeImages
import Segmentation
import Tensors
import TestSupport
import Testing

@Suite struct PipelineTests {
  private let pipeline: SegmentationPipeline

  init() throws {
    pipeline = try SegmentationPipeline(
      TinyModel.make(), configuration: SegmentationConfiguration())
  }

  /// A cloud, and how many of its points must be unlabelled (nothing where that depends).
  struct Given: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var cloud: PointCloud
    var unlabelled: Int?

    init(_ name: String, _ cloud: PointCloud, unlabelled: Int? = nil) {
      (testDescription, self.cloud, self.unlabelled) = (name, cloud, unlabelled)
    }

    static let all: [Given] = [
      Given("no point", PointCloud(), unlabelled: 0),
      Given("one point", repeated((10, 0, -1), 1), unlabelled: 0),
      Given("one point at the sensor", repeated((0, 0, 0), 1), unlabelled: 1),
      Given("1,000 points", RandomScan.cloud(count: 1000)),
      Given("all NaN", repeated((.nan, .nan, .nan), 50), unlabelled: 50),
      Given("all infinite", repeated((.infinity, 0, 0), 50), unlabelled: 50),
      Given("all behind", repeated((-10, 1, -1), 50), unlabelled: 50),
      Given("all in one cell", repeated((10, 0, -1), 50), unlabelled: 0),
      Given("very far", repeated((3e38, 3e38, -1e38), 3)),
    ]

    private static func repeated(_ point: (Float, Float, Float), _ count: Int) -> PointCloud {
      PointCloud(
        x: Array(repeating: point.0, count: count), y: Array(repeating: point.1, count: count),
        z: Array(repeating: point.2, count: count), intensity: Array(repeating: 0.5, count: count))
    }
  }

  @Test(arguments: Given.all) func everyPointGetsALabelAndIsCounted(_ given: Given) throws {
    let result = try pipeline.segment(given.cloud, from: nil)
    let count = given.cloud.count
    #expect(result.labels.count == count && result.confidence.count == count)
    #expect(result.classCounts.reduce(result.unlabelledCount, +) == count)
    #expect(result.labels.count { $0 == .unlabelled } == result.unlabelledCount)
    if let unlabelled = given.unlabelled { #expect(result.unlabelledCount == unlabelled) }
    for (label, confidence) in zip(result.labels, result.confidence) {
      #expect(label == .unlabelled ? confidence == 0 : (0...1).contains(confidence))
    }
    let report = result.projection.report
    #expect(report.visible + report.shadowed + report.outside + report.invalid == count)
    #expect(report.outside + report.invalid == result.unlabelledCount)
  }

  @Test func pointsWithoutAPositionAmongOthersStayUnlabelled() throws {
    var cloud = RandomScan.cloud(count: 500)
    let before = try pipeline.segment(cloud, from: nil)
    for index in stride(from: 0, to: 500, by: 5) { cloud.x[index] = .nan }
    for index in stride(from: 1, to: 500, by: 5) { cloud.intensity[index] = .nan }
    let after = try pipeline.segment(cloud, from: nil)
    #expect(after.labels.count == 500)
    for index in stride(from: 0, to: 500, by: 5) { #expect(after.labels[index] == .unlabelled) }
    // A point whose intensity alone is missing has a cell, and so a label.
    for index in stride(from: 1, to: 500, by: 5) where before.labels[index] != .unlabelled {
      #expect(after.labels[index] != .unlabelled)
    }
    #expect(after.confidence.allSatisfy { (0...1).contains($0) })
  }

  @Test func sixteenMillionPointsGetALabelEachInTheirOrder() throws {
    let few = RandomScan.cloud(count: 1 << 12)
    func many(_ values: [Float]) -> [Float] {
      [Float](unsafeUninitializedCapacity: 1 << 24) { all, count in
        for index in all.indices.prefix(1 << 24) { all[index] = values[index % values.count] }
        count = 1 << 24
      }
    }
    let cloud = PointCloud(
      x: many(few.x), y: many(few.y), z: many(few.z), intensity: many(few.intensity))
    let labels = try pipeline.segment(cloud, from: nil).labels
    let expected = try pipeline.segment(few, from: nil).labels
    #expect(labels.count == 1 << 24 && Set(expected).count > 1)
    #expect(labels.indices.allSatisfy { labels[$0] == expected[$0 % expected.count] })
  }

  @Test func pointsOfOneCellWithoutAVoteShareItsLabel() throws {
    let pipeline = try SegmentationPipeline(
      TinyModel.make(), configuration: SegmentationConfiguration(carrying: .cell))
    let cloud = RandomScan.cloud(count: 2000)
    let result = try pipeline.segment(cloud, from: nil)
    let map = pipeline.model.description.labelMap
    for (index, cell) in result.projection.cellOfPoint.enumerated() where cell >= 0 {
      let written = map.label(ofClass: Int(result.cellClasses[Int(cell)]))
      #expect(result.labels[index] == written)
    }
  }

  @Test func aVisiblePointsConfidenceWithoutAVoteIsItsCells() throws {
    let pipeline = try SegmentationPipeline(
      TinyModel.make(), configuration: SegmentationConfiguration(carrying: .cell))
    let result = try pipeline.segment(RandomScan.cloud(count: 2000), from: nil)
    #expect(result.cellConfidence.count == result.cellClasses.count)
    // The highest of four probabilities.
    #expect(result.cellConfidence.allSatisfy { (0.25...1).contains($0) })
    for (index, cell) in result.projection.cellOfPoint.enumerated() where cell >= 0 {
      #expect(result.confidence[index] == result.cellConfidence[Int(cell)])
    }
  }

  @Test func theFieldOfANetworkCanBeLeftOut() throws {
    var configuration = SegmentationConfiguration()
    let model = try TinyModel.make()
    try #require(model.description.graph.hasRecurrentCRF)
    let cloud = RandomScan.cloud(count: 2000)
    let refined = try pipeline.segment(cloud, from: nil)
    configuration.refines = false
    let plain = try SegmentationPipeline(model, configuration: configuration)
      .segment(cloud, from: nil)
    #expect(plain.labels.count == cloud.count)
    #expect(plain.cellConfidence != refined.cellConfidence)
  }

  @Test func segmentingTwiceGivesTheSame() throws {
    let cloud = RandomScan.cloud(count: 1000)
    let first = try pipeline.segment(cloud, from: nil)
    _ = try pipeline.segment(RandomScan.cloud(count: 300, seed: 8), from: nil)
    let second = try pipeline.segment(cloud, from: nil)
    #expect(first.labels == second.labels && first.confidence == second.confidence)
  }

  @Test func ringsThatCannotBeToldAreAnErrorWithARemedy() throws {
    var configuration = SegmentationConfiguration()
    configuration.rowRule = .ring
    let pipeline = try SegmentationPipeline(TinyModel.make(), configuration: configuration)
    let error = #expect(throws: RangeImagesError.self) {
      try pipeline.segment(RandomScan.cloud(count: 1000), from: nil)
    }
    #expect(error?.code == .ringsUnknown && error?.remedy.isEmpty == false)
  }

  @Test func aGraphThatDoesNotFitItsModelIsRefused() throws {
    let tiny = try TinyModel.make()
    var description = tiny.description
    description.geometry.columns = 128
    let wide = try Model(description, parameters: tiny.parameters)
    #expect(throws: SegmentationError.self) {
      try SegmentationPipeline(wide, configuration: SegmentationConfiguration())
    }
  }

  @Test func anInputThatNothingFillsIsRefused() throws {
    let tiny = try TinyModel.make()
    var graph = Graph()
    let features = try graph.input("features", TensorType([1, 16, 64, 5]))
    let mask = try graph.input("mask", TensorType([1, 16, 64, 4]))
    let slice = ChannelSlice(first: 0, count: 4)
    let four = try graph.apply(.channelSlice(slice), to: [features], name: "four")
    try graph.output("scores", graph.apply(.combination(.sum), to: [four, mask], name: "sum"))
    var description = tiny.description
    description.graph = graph
    let model = try Model(description, parameters: [:])
    let error = #expect(throws: SegmentationError.self) {
      try SegmentationPipeline(model, configuration: SegmentationConfiguration())
    }
    #expect(error?.message.contains("mask") == true)
  }
}
