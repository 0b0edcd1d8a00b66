import Graphs
import Tensors
import Testing

@testable import Export

/// Every operation as ONNX Runtime computes it, against the reference.
@Suite struct OperationConformanceTests {
  /// Everything that has a file, run at once.
  private static let outcomes = Result {
    try RuntimeBatch.run(
      Operation.Kind.allCases.flatMap(OperationCase.all).compactMap { sample in
        do {
          return try sample.entry()
        } catch let error as ExportError where error.code == .unsupported {
          return nil
        }
      })
  }

  /// What only training needs; poolings that store the places of their maxima, too.
  private static let trainingOnly: Set<Operation.Kind> = [
    .dropout, .crossEntropy, .lovaszSoftmax, .correlationAlignment, .binnedRegression,
    .convolutionWeightGradient, .depthwiseInputGradient, .depthwiseWeightGradient,
    .maxPoolingGradient, .averagePoolingGradient, .upsamplingGradient, .softmaxGradient,
    .activationGradient, .normalizationSums, .normalizationGradient, .crossEntropyGradient,
    .lovaszSoftmaxGradient, .correlationAlignmentGradient, .binnedRegressionGradient, .rankMean,
    .gatingGradient, .logarithmicPower, .logarithmicPowerGradient, .rangeRounding,
    .rangeRoundingGradient, .rangeEndsGradient,
  ]

  @Test(arguments: Operation.Kind.allCases.filter { !trainingOnly.contains($0) })
  func theRuntimeComputesWhatTheReferenceDoes(_ kind: Operation.Kind) throws {
    let outcomes = try Self.outcomes.get()
    for sample in OperationCase.all(kind) where !sample.storesPlaces {
      let outcome = try #require(outcomes[sample.name], "\(sample.name) was not exported")
      #expect(outcome.fault == nil, "\(sample.name)")
      guard let result = outcome.outputs["result"] else { continue }
      let expected = try sample.expected()
      #expect(result.shape == expected.shape, "\(sample.name)")
      let errors = zip(result.elements, expected.elements).map { value, truth in
        value.isNaN ? .infinity : abs(value - truth) / max(1, abs(truth))
      }
      #expect(
        errors.allSatisfy { $0 <= sample.tolerance }, "\(sample.name): \(errors.max() ?? 0)")
    }
  }

  @Test func onlyTheTrainedOperationsHaveNoFile() throws {
    let outcomes = try Self.outcomes.get()
    for sample in Operation.Kind.allCases.flatMap(OperationCase.all) {
      let isTraining = Self.trainingOnly.contains(sample.sample.operation.kind)
      #expect(
        (outcomes[sample.name] == nil) == (isTraining || sample.storesPlaces), "\(sample.name)")
    }
  }
}

extension OperationCase {
  /// Whether it is a pooling as it is trained.
  var storesPlaces: Bool {
    if case .maxPooling(let pooling) = sample.operation { pooling.storesPlaces } else { false }
  }
}
