import Execution
import Graphs
import Kernels
import Randomness
import Tensors
import Testing
import Training

/// Ten steps of the original network and optimiser against PyTorch's in double precision
/// (tools/goldens/training_trace.py).
@Suite struct TrainingTraceTests {
  /// Of `weights_v2_seed.npz clean/scans.npz lidar_8x64 label_8x64`.
  static let clean = [
    12.630551268024867, 12.33360268432198, 12.062543928914462, 11.805517596513868,
    11.638308444888304, 11.485253907818793, 11.317650404693055, 11.009300283318835,
    10.611150193072659, 10.168376612998426,
  ]
  /// Of `weights_v2_seed.npz samples.npz lidar label 0 2`.
  static let real = [
    4.932788195794438, 4.350023799623221, 3.2111233002082025, 1.712875688703215,
    1.555086883986358, 1.5947165837800659, 1.2463797085969803, 0.9749050517345142,
    1.223012933287603, 1.3209501450105061,
  ]
  private static let network = GoldenNetwork.seeded[1]

  @Test func tenStepsInDoublePrecisionAreThoseOfPyTorch() throws {
    try expectTrace(of: .clean("8x64"), Self.clean)
  }

  @Test func tenStepsOnRealScansInDoublePrecisionAreThoseOfPyTorch() throws {
    try expectTrace(of: .real(), Self.real)
  }

  /// At a rate of 0.001 (`--rate 0.001`, otherwise as `real`).
  static let slow = [
    4.932788195794438, 4.921172934773659, 4.899084468355468, 4.8675420954102,
    4.827464717124082, 4.7796436984827375, 4.724799821612508, 4.663618142503748,
    4.596715512879902, 4.5246374500505535,
  ]

  @Test func tenSmallStepsInSinglePrecisionAreThoseOfPyTorch() throws {
    for (position, (loss, truth)) in zip(try losses(of: .real(), rate: 0.001), Self.slow)
      .enumerated()
    {
      #expect(abs(loss - truth) / truth < 1e-4, "step \(position + 1): \(loss), not \(truth)")
    }
  }

  /// At the authors' rate a step makes of any rounding about three times as much: PyTorch in single
  /// precision is 0.5 to 5 % away from itself in double precision after ten steps.
  @Test func stepsInSinglePrecisionStrayNoFurtherThanPyTorchDoes() throws {
    let found = zip(try losses(of: .real(), rate: 0.05), Self.real).map { abs($0 - $1) / $1 }
    #expect(found[..<3].allSatisfy { $0 < 1e-3 }, "\(found)")
    #expect(found.allSatisfy { $0 < 0.1 }, "\(found)")
  }

  private func expectTrace(of scans: GoldenScans, _ expected: [Double]) throws {
    var training = try PlainTraining(Self.network, scans)
    for (position, truth) in expected.enumerated() {
      let loss = try training.run(rate: 0.05).loss
      #expect(abs(loss - truth) / truth < 1e-6, "step \(position + 1): \(loss), not \(truth)")
    }
  }

  /// The losses, weight decay included, of ten steps by the kernels that training uses.
  private func losses(of scans: GoldenScans, rate: Double) throws -> [Double] {
    let subject = try Self.network.training(scans)
    let step = try GradientStep(
      subject.graph, parameters: subject.parameters,
      optimizer: Optimizer(subject.optimizer, shapes: subject.graph.trainableShapes),
      coefficient: subject.loss.coefficient, statisticsDecay: 0.999, backend: .openblas,
      threadCount: 2)
    let inputs = scans.inputs(Self.network).mapValues { tensor in
      Tensor(tensor.shape, tensor.elements.map { Float($0) })
    }
    return try (0..<10).map { number in
      let squares = step.parameters.filter { Optimizer<Float>.decays($0.key) }.values
        .reduce(0.0) { $0 + $1.elements.reduce(0.0) { $0 + Double($1) * Double($1) } }
      let result = try step.run(
        inputs, noise: Noise(key: RandomKey(seed: 1), firstImage: 0), rate: rate,
        step: number)
      return result.loss + subject.optimizer.weightDecay / 2 * squares
    }
  }
}
