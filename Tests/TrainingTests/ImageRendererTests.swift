import Exchange
import Graphs
import Kernels
import Networks
import PointClouds
import Randomness
import RangeImages
import Tensors
import TestSupport
import Testing

@testable import Training

struct ImageRendererTests {
  private static let geometry = ImageGeometry(
    rows: 8, columns: 32, left: 45, right: -45, rowRule: .ring)

  /// A wall at a drawn distance; near returns are strong, those beyond 15 m are 0.
  private struct Walls: SampleSource {
    let name = "walls"
    let count: Int? = nil
    let geometry = ImageRendererTests.geometry
    let labelMap: LabelMap

    static func intensity(range: Float) -> Float { range > 15 ? 0 : 0.9 - 0.05 * range }

    func read(_ index: Int, key: RandomKey, into image: inout LabelledImage) {
      image.emptyAll()
      var stream = key.stream
      for column in 0..<image.columns {
        let range = 5 + 20 * stream.uniform()
        for row in 0..<image.rows {
          let cell = row * image.columns + column
          (image.x[cell], image.range[cell]) = (range, range)
          image.intensity[cell] = Self.intensity(range: range)
          image.classes[cell] = 0
        }
      }
    }
  }

  /// A tiny network, trained for as long as it takes.
  private func trained(on walls: Walls, steps: Int) throws -> Model {
    var network = NetworkConfiguration()
    (network.width, network.keep, network.order) = (0.25, 1, .normalizationThenActivation)
    let input = TrainingTask.intensity.input(network.input)
    let graph = { (batch: Int) in
      try network.graph(
        classCount: 2, size: Extent(8, 32), batch: batch, task: .intensity)
    }
    var loss = LossConfiguration()
    loss.coefficient = 1
    var optimization = OptimizerConfiguration()
    optimization.method = .adamW
    let training = try TrainingGraph(try graph(4), loss: loss, task: .intensity)
    let step = try GradientStep(
      training, parameters: WeightInitialization.weights(for: try graph(4), seed: 1),
      optimizer: Optimizer<Float>(optimization, shapes: training.trainableShapes), coefficient: 1,
      statisticsDecay: 0.95, backend: .fastest, threadCount: 2)
    let sequence = try SampleSequence(
      try SourceMix([SourceMix.Part(walls, order: .sequential(count: nil))]),
      augmentation: .none, seed: 3)
    let queue = BatchQueue(
      sequence, input: input, task: .intensity, share: try BatchQueue.Share(batchSize: 4),
      workerCount: 1)
    defer { queue.stop() }
    for number in 0..<steps {
      let batch = try queue.next()
      _ = try step.run(
        ["features": batch.features, "labels": batch.labels, "weights": batch.weights],
        noise: Noise(key: RandomKey(seed: 1), firstImage: 4 * number),
        rate: 0.003 * (1 - Double(number) / Double(steps)), step: number)
    }
    var description = ModelDescription(
      name: "walls", graph: try graph(1), input: input, geometry: Self.geometry,
      labelMap: walls.labelMap,
      card: ModelCard(summary: "", training: "", figures: [:], license: ""))
    description.rendering = .intensity
    return try Model(description, parameters: step.parameters)
  }

  @Test func aKnownFunctionOfTheRangeIsRecovered() throws {
    let walls = Walls(labelMap: try SampleImages.labelMap())
    let model = try trained(on: walls, steps: 600)
    let renderer = try ImageRenderer(model, of: .intensity, path: "walls", backend: .fastest)
    var image = LabelledImage(Self.geometry)
    walls.read(0, key: RandomKey(seed: 99), into: &image)
    let truth = image.intensity
    image.intensity = [Float](repeating: 0.5, count: image.count)
    try renderer.render(&image, key: RandomKey(seed: 5))
    // Zero or not is told for nearly all cells, and the others are met to a twentieth.
    let zeros = (0..<image.count).count { (image.intensity[$0] == 0) == (truth[$0] == 0) }
    #expect(zeros > image.count * 9 / 10, "\(zeros) of \(image.count)")
    let errors = (0..<image.count).filter { truth[$0] > 0 && image.intensity[$0] > 0 }
      .map { abs(image.intensity[$0] - truth[$0]) }.sorted()
    #expect(errors[errors.count / 2] < 0.05, "\(errors[errors.count / 2])")
  }

  @Test func theSameKeyGivesTheSameIntensities() throws {
    let walls = Walls(labelMap: try SampleImages.labelMap())
    let renderer = try ImageRenderer(
      try trained(on: walls, steps: 3), of: .intensity, path: "walls", backend: .fastest)
    var (first, second) = (LabelledImage(Self.geometry), LabelledImage(Self.geometry))
    walls.read(0, key: RandomKey(seed: 1), into: &first)
    second = first
    try renderer.render(&first, key: RandomKey(seed: 2))
    try renderer.render(&second, key: RandomKey(seed: 2))
    #expect(first == second)
  }

  @Test func holesInSurfacesAreFilledAndOthersStay() {
    var image = LabelledImage(Self.geometry)
    // Row 0: a wall with a hole of two cells. Row 1: a hole before a step in range. Row 2: a wide hole.
    for column in 0..<32 where column != 10 && column != 11 {
      (image.x[column], image.range[column]) = (20, 20)
    }
    for column in 0..<32 where column != 10 {
      (image.x[32 + column], image.range[32 + column]) = column < 10 ? (20, 20) : (30, 30)
    }
    for column in 0..<32 where !(10...13).contains(column) {
      (image.x[64 + column], image.range[64 + column]) = (20, 20)
    }
    #expect(image.fillHoles() == [10, 11])
    #expect(image.range[10] == 20 && image.x[11] == 20)
    #expect(image.range[42] == 0 && image.range[74] == 0)
  }

  @Test func aModelOfClassesIsRefused() throws {
    let model = try BundledModels.model(named: "front-small")
    let error = #expect(throws: TrainingError.self) {
      try ImageRenderer(model, of: .intensity, path: "front-small", backend: .reference)
    }
    #expect(error?.code == .mismatched)
  }
}
