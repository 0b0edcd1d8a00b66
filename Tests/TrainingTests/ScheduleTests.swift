import Tensors
import Testing

@testable import Training

@Suite struct ScheduleTests {
  @Test func theAuthorsRateHalvesEveryTenThousandSteps() {
    let schedule = ScheduleConfiguration()
    #expect(schedule.rate(ofStep: 0, of: 50_000) == 0.05)
    #expect(schedule.rate(ofStep: 9_999, of: 50_000) == 0.05)
    #expect(schedule.rate(ofStep: 20_000, of: 50_000) == 0.0125)
  }

  @Test func aCosineRisesLinearlyAndEndsAtItsShare() {
    var schedule = ScheduleConfiguration()
    (schedule.course, schedule.rate, schedule.warmupSteps) = (.cosine, 1, 10)
    #expect(schedule.rate(ofStep: 0, of: 110) == 0.1 && schedule.rate(ofStep: 9, of: 110) == 1)
    #expect(abs(schedule.rate(ofStep: 60, of: 110) - 0.505) < 1e-12)
    #expect(abs(schedule.rate(ofStep: 110, of: 110) - 0.01) < 1e-12)
  }

  @Test func aRunHasDivergedAtTenTimesWhatGuessingCosts() {
    var loss = LossConfiguration()
    (loss.focusing, loss.coefficient) = (0, 1)
    #expect(
      abs(loss.divergenceLimit(classCount: 4, task: .segmentation) - 13.862_943_611_198_906) < 1e-12
    )
  }
}

@Suite struct OptimizerTests {
  /// Runs steps on one parameter.
  private func run(
    _ configuration: OptimizerConfiguration, _ weights: [Double], gradients: [[Double]],
    name: String = "a/kernels", rate: Double = 0.1
  ) -> [Double] {
    var optimizer = Optimizer<Double>(configuration, shapes: [name: [weights.count]])
    var tensor = Tensor<Double>([weights.count], weights)
    for (step, given) in gradients.enumerated() {
      var gradient = Tensor<Double>([given.count], given)
      tensor.withUnsafeMutableElements { w in
        gradient.withUnsafeMutableElements { g in
          optimizer.decay(g, weights: w, name: name)
          optimizer.update(
            w, gradient: g, name: name,
            scale: optimizer.clippingScale(norm: Optimizer<Double>.norm(g)), rate: rate, step: step)
        }
      }
    }
    return tensor.elements
  }

  @Test func momentumKeepsAShareOfTheLastChange() {
    var configuration = OptimizerConfiguration()
    (configuration.weightDecay, configuration.clipNorm) = (0, 100)
    let found = run(configuration, [1], gradients: [[2], [2]])
    // v = 2, then 0.9 * 2 + 2.
    #expect(abs(found[0] - (1 - 0.1 * 2 - 0.1 * 3.8)) < 1e-15)
  }

  @Test func aGradientIsCutDownToTheGreatestNorm() {
    var configuration = OptimizerConfiguration()
    configuration.weightDecay = 0
    let found = run(configuration, [0, 0], gradients: [[3, 4]])
    #expect(abs(found[0] + 0.06) < 1e-15 && abs(found[1] + 0.08) < 1e-15)
  }

  @Test func onlyKernelsDecay() {
    var configuration = OptimizerConfiguration()
    configuration.weightDecay = 0.5
    #expect(run(configuration, [1], gradients: [[0]], name: "a/biases") == [1])
    #expect(abs(run(configuration, [1], gradients: [[0]])[0] - 0.95) < 1e-15)
  }

  @Test func adamsFirstStepIsTheRateWhateverTheGradient() {
    var configuration = OptimizerConfiguration()
    (configuration.method, configuration.weightDecay, configuration.clipNorm) = (.adam, 0, 100)
    for gradient in [1e-3, 1, 50] {
      #expect(abs(run(configuration, [1], gradients: [[gradient]])[0] - 0.9) < 1e-5)
    }
  }

  @Test func adamWDecaysBesideTheGradient() {
    var configuration = OptimizerConfiguration()
    (configuration.method, configuration.weightDecay, configuration.clipNorm) = (.adamW, 0.5, 100)
    // w - rate decay w - rate
    #expect(abs(run(configuration, [1], gradients: [[1]])[0] - (1 - 0.05 - 0.1)) < 1e-6)
  }
}
