import Exchange
import Execution
import Graphs
import Kernels
import Networks
import Tensors
import Testing
import Training

/// A training step of the authors' networks against the original's, in double precision.
@Suite struct TrainingGoldenTests {
  /// Relative to the largest element of each tensor.
  static let tolerance = 1e-6

  @Test(arguments: GoldenNetwork.seeded)
  func lossAndGradientsOfTheSmallCleanScansAreTheOriginals(_ network: GoldenNetwork) throws {
    let golden = try network.expected(clean: true)
    var training = try PlainTraining(network, .clean("8x64"))
    let step = try training.run(rate: 0.05)
    expectEqual([step.loss], try golden.float64("8x64/train_loss").elements, "loss")
    expectEqual([step.dataLoss], try golden.float64("8x64/train_cls_loss").elements, "data loss")
    try expectGradients(step, golden, prefix: "8x64/")
    let means = golden.names.filter { $0.hasPrefix("8x64/new_stat/") }
    for name in means {
      let parameter = String(name.dropFirst("8x64/new_stat/".count))
      let found = try #require(training.parameters[parameter])
      expectEqual(found.elements, try golden.float64(name).elements, parameter)
    }
    #expect(network.configuration.order == nil || means.count == 76)
  }

  @Test(arguments: GoldenNetwork.seeded)
  func lossGradientsAndUpdatedWeightsOfRealScansAreTheOriginals(_ network: GoldenNetwork) throws {
    let version = network.configuration.inputChannels == 6 ? "v2" : "v1"
    let golden = try NPZArchive(path: SharedFolder.path("golden/train_step_\(version).npz"))
    let scans = try GoldenScans.real()
    var training = try PlainTraining(network, scans)
    let step = try training.run(rate: try network.training(scans).rate)
    expectEqual([step.loss], try golden.float64("loss").elements, "loss")
    expectEqual([step.dataLoss], try golden.float64("cls_loss").elements, "data loss")
    try expectGradients(step, golden, prefix: "")
    let updated = golden.names.filter { $0.hasPrefix("updated/") }
    #expect(updated.count > 40)
    for name in updated {
      let parameter = String(name.dropFirst("updated/".count))
      let found = try #require(training.parameters[parameter])
      expectEqual(
        ordered(found, parameter), try golden.float64(name).elements, "updated \(parameter)")
    }
  }

  private func expectGradients(
    _ step: PlainTraining.Step, _ golden: NPZArchive, prefix: String
  ) throws {
    let whole = golden.names.filter { $0.hasPrefix("\(prefix)grad/") }
    let norms = golden.names.filter { $0.hasPrefix("\(prefix)grad_l2/") }
    #expect(norms.count == step.gradients.count)
    for name in whole {
      let parameter = String(name.dropFirst("\(prefix)grad/".count))
      let found = try #require(step.gradients[parameter])
      expectEqual(ordered(found, parameter), try golden.float64(name).elements, parameter)
    }
    for name in norms {
      let parameter = String(name.dropFirst("\(prefix)grad_l2/".count))
      let elements = try #require(step.gradients[parameter]).elements
      let norm = elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
      expectEqual([norm], try golden.float64(name).elements, "the norm of \(parameter)")
    }
  }

  /// The elements in the order of the goldens: kernels are `[O, I, KH, KW]` there, those of transposed
  /// convolutions `[I, O, KH, KW]`.
  private func ordered(_ tensor: Tensor<Double>, _ name: String) -> [Double] {
    guard tensor.shape.rank == 4 else { return tensor.elements }
    let shape = tensor.shape
    let isTransposed = name.hasSuffix("/deconv/kernels")
    let (outer, inner) = isTransposed ? (shape[2], shape[3]) : (shape[3], shape[2])
    let elements = tensor.elements
    var result: [Double] = []
    for first in 0..<outer {
      for second in 0..<inner {
        for tap in 0..<shape[0] * shape[1] {
          let (input, output) = isTransposed ? (first, second) : (second, first)
          result.append(elements[(tap * shape[2] + input) * shape[3] + output])
        }
      }
    }
    return result
  }

  private func expectEqual(_ found: [Double], _ expected: [Double], _ what: String) {
    let scale = max(expected.map(abs).max() ?? 0, 1e-12)
    guard found.count == expected.count else {
      Issue.record("\(what): \(found.count) elements instead of \(expected.count)")
      return
    }
    let worst = zip(found, expected).map { abs($0 - $1) }.max() ?? 0
    #expect(worst / scale < Self.tolerance, "\(what): \(worst) of \(scale)")
  }
}
