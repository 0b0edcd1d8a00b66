import Exchange
import Execution
import Graphs
import Kernels
import Networks
import Tensors
import TestSupport
import Testing

@testable import Export

/// Models that take what was measured, as ONNX Runtime runs them.
@Suite struct ModelConformanceTests {
  /// Which inputs a network has, and what empty cells hold.
  enum Kind: String, CaseIterable {
    case maskApart
    case maskAmongFeatures
    case zerosInEmptyCells

    var model: Model {
      get throws {
        let tiny = try TinyModel.make()
        guard self != .maskApart else { return tiny }
        var configuration = SqueezeSegConfiguration.squeezeSegV2.scaled(by: 0.125)
        configuration.size = Extent(16, 64)
        var description = tiny.description
        description.graph = try SqueezeSeg.graph(configuration)
        description.input = .squeezeSegV2
        description.input.normalizesEmptyCells = self == .maskAmongFeatures
        return try Model(
          description, parameters: TinyModel.parameters(of: description.graph, seed: 5))
      }
    }
  }

  private static let everything = ONNXOptions(softmax: true, argmax: true, normalisation: true)

  private static let undecided = "undecided"

  private static let outcomes = Result {
    var undecided = try TinyModel.make()
    undecided.parameters = undecided.parameters.mapValues { Tensor($0.shape) }
    let models = try Kind.allCases.map { ("\($0)", try $0.model) } + [(Self.undecided, undecided)]
    return try RuntimeBatch.run(
      try models.map { name, model in
        let file = try ONNXModel(model, options: everything, version: "tests")
        return RuntimeBatch.Entry(
          name: name, file: file.bytes, inputs: ["image": image],
          outputs: file.outputs.map(\.name))
      })
  }

  /// Points at random, some of them absurd or not numbers, and cells without a point.
  private static let cells: FeatureImage.Cells = {
    var random = SeededNumbers(seed: 9)
    let channel = { (range: ClosedRange<Float>, random: inout SeededNumbers) in
      random.tensor([16 * 64], in: range).elements
    }
    var cells = FeatureImage.Cells(
      x: channel(-60...60, &random), y: channel(-30...30, &random), z: channel(-2...2, &random),
      intensity: channel(0...1, &random), range: channel(1...70, &random))
    for cell in stride(from: 3, to: 16 * 64, by: 7) { cells.range[cell] = 0 }
    (cells.intensity[5], cells.intensity[6], cells.x[8]) = (.nan, .infinity, 1e9)
    (cells.y[9], cells.z[10]) = (-1e9, -.infinity)
    return cells
  }()

  private static var mask: [Float] { cells.range.map { $0 > 0 ? 1 : 0 } }

  private static var image: Tensor<Float> {
    let channels = [cells.x, cells.y, cells.z, cells.intensity, cells.range, mask]
    return Tensor([1, 6, 16, 64], channels.flatMap { $0 })
  }

  @Test(arguments: Kind.allCases)
  func aFileNormalisesAsTheProgramDoes(_ kind: Kind) throws {
    let model = try kind.model
    let outcome = try #require(try Self.outcomes.get()["\(kind)"])
    #expect(outcome.fault == nil)
    let found = try #require(outcome.outputs["scores"])
    let expected = try Self.expected(model).doubles.inFileOrder
    let errors = zip(found.elements, expected.elements).map { abs($0 - $1) / max(1, abs($1)) }
    #expect(found.shape == expected.shape)
    #expect(errors.allSatisfy { $0 <= 1e-4 }, "\(errors.max() ?? 0)")
  }

  @Test(arguments: Kind.allCases)
  func classesAndProbabilitiesAreThoseOfTheScores(_ kind: Kind) throws {
    let outputs = try #require(try Self.outcomes.get()["\(kind)"]).outputs
    let scores = try #require(outputs["scores"]).elements
    let probabilities = try #require(outputs["probabilities"]).elements
    let classes = try #require(outputs["classes"])
    #expect(classes.shape == [1, 16, 64])
    let count = classes.count
    for cell in 0..<count {
      let own = (0..<4).map { scores[$0 * count + cell] }
      let shares = (0..<4).map { probabilities[$0 * count + cell] }
      #expect(own[Int(classes.elements[cell])] == own.max())
      #expect(abs(shares.reduce(0, +) - 1) < 1e-5)
      #expect(shares.firstIndex(of: shares.max() ?? 0) == own.firstIndex(of: own.max() ?? 0))
    }
  }

  @Test func ofEqualScoresTheFirstClassCounts() throws {
    let outputs = try #require(try Self.outcomes.get()[Self.undecided]).outputs
    let classes = try #require(outputs["classes"]).elements
    #expect(classes.count == 16 * 64 && classes.allSatisfy { $0 == 0 })
    #expect(try #require(outputs["probabilities"]).elements.allSatisfy { $0 == 0.25 })
  }

  /// The scores of the network for features that the program made.
  private static func expected(_ model: Model) throws -> Tensor<Float> {
    let description = model.description
    let graph = try description.graph.optimizedForInference()
    var features = Tensor<Float>([1, 16, 64, description.input.channels.count])
    features.withUnsafeMutableElements {
      FeatureImage(description.input, intensityScale: 1).fill($0, from: cells)
    }
    let inputs = ["features": features, "mask": Tensor([1, 16, 64, 1], mask)]
    let session = try Session(
      graph, parameters: model.parameters, backend: .reference, threadCount: 2)
    let taken = graph.inputs.map(\.name)
    return try #require(try session.run(inputs.filter { taken.contains($0.key) })["scores"])
  }
}
