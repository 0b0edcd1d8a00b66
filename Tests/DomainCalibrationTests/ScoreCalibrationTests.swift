import Foundation
import Kernels
import Tensors
import TestSupport
import Testing
import Training

@testable import DomainCalibration

struct ScoreCalibrationTests {
  /// Cells whose classes are drawn from the softmax of `scale * score + bias`.
  private func sample(
    count: Int, scale: Double, bias: [Double], shares: [Double] = [], seed: UInt64
  ) -> ScoreSample {
    var numbers = SeededNumbers(seed: seed)
    let truth = ScoreCalibration(scale: scale, bias: bias)
    var (scores, labels) = ([Float](), [UInt8]())
    while labels.count < count {
      let cell = (0..<bias.count).map { (_: Int) -> Float in 2 * numbers.unit() }
      var place = Double(numbers.unit() + 1) / 2
      var label = 0
      for probability in truth.probabilities(of: cell) {
        if place < probability || label == bias.count - 1 { break }
        place -= probability
        label += 1
      }
      if !shares.isEmpty, Double(numbers.unit() + 1) / 2 > shares[label] { continue }
      scores += cell
      labels.append(UInt8(label))
    }
    return ScoreSample(classCount: bias.count, scores: scores, labels: labels)
  }

  @Test func theTemperatureAndTheBiasesThatMadeTheClassesAreFound() {
    let sample = sample(count: 60_000, scale: 1.7, bias: [0, -0.8, 0.6], seed: 3)
    let found = ScoreCalibration(fitting: sample, fitsBias: true)
    #expect(abs(found.scale - 1.7) < 0.05)
    for (value, truth) in zip(found.bias, [0, -0.8, 0.6]) { #expect(abs(value - truth) < 0.05) }
  }

  @Test func aTemperatureAloneMovesNoClass() {
    let sample = sample(count: 20_000, scale: 0.5, bias: [0, 0, 0], seed: 4)
    let found = ScoreCalibration(fitting: sample, fitsBias: false)
    #expect(abs(found.scale - 0.5) < 0.05 && found.bias == [0, 0, 0])
    #expect(
      sample.negativeLogLikelihood(found)
        < sample.negativeLogLikelihood(ScoreCalibration(classCount: 3)))
  }

  @Test func sharesOfClassesAreToldFromScoresAlone() {
    let source = sample(count: 40_000, scale: 1.5, bias: [0, 0], seed: 5)
    // Of the second class a fifth is kept: its share sinks from a half to a sixth.
    let target = sample(count: 40_000, scale: 1.5, bias: [0, 0], shares: [1, 0.2], seed: 6)
    let calibration = ScoreCalibration(fitting: source, fitsBias: true)
    let (moved, shares) = calibration.adapted(from: source, to: target)
    #expect(abs(shares[1] - 1.0 / 6) < 0.02)
    #expect(target.negativeLogLikelihood(moved) < target.negativeLogLikelihood(calibration))
  }

  @Test func theLastConvolutionDoesWhatIsAskedOfTheScores() throws {
    let model = try CalibratedModel.model()
    let image = CalibratedModel.images(1)[0]
    let calibration = ScoreCalibration(scale: 1.5, bias: [0, 1, -2, 0.5])
    let before = try ImageScorer(model, backend: .reference, threadCount: 1).scores(of: image)
    let after = try ImageScorer(
      try calibration.applied(to: model), backend: .reference, threadCount: 1
    ).scores(of: image)
    for index in before.elements.indices {
      let wanted = 1.5 * before.elements[index] + Float(calibration.bias[index % 4])
      #expect(abs(after.elements[index] - wanted) < 1e-4)
    }
  }
}

extension ScoreCalibration {
  fileprivate init(scale: Double, bias: [Double]) {
    self.init(classCount: bias.count)
    (self.scale, self.bias) = (scale, bias)
  }
}
