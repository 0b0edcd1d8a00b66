import Exchange
import Foundation
import Graphs
import Kernels
import PointClouds
import Randomness
import RangeImages
import Ranks
import Tensors

/// Trains a network: takes step after step, measures, and keeps what it needs to go on.
///
/// The weights after a step are a function of the configuration, the number of machines and of threads,
/// and nothing else: a run that was stopped at any moment ends with the same bytes.
package final class Trainer {
  private let context: TrainingContext
  private let samples: SampleSequence
  private let validator: Validator?
  private let store: CheckpointStore
  private let run: TrainingRecord?
  private let gradientStep: GradientStep
  private var state: RunState

  private var configuration: TrainingConfiguration { context.configuration }

  /// Makes a run ready, or takes it up where its last checkpoint is.
  ///
  /// - Parameters:
  ///   - context: what to do and where.
  ///   - samples: what to learn from.
  ///   - validation: what to choose the best weights by; may be empty.
  /// - Throws: `.invalidConfiguration`, `.mismatched`, `.damaged`; errors of writing.
  package init(
    _ context: TrainingContext, samples: SampleSequence, validation: [LabelledImage]
  ) throws {
    let configuration = context.configuration
    self.context = context
    self.samples = samples
    run = context.ranks.rank == 0 ? try TrainingRecord(context) : nil
    try context.ranks.barrier()
    store = CheckpointStore(folder: TrainingRecord.checkpointFolder(in: context.folder))
    let network = try context.network(samples.geometry, batch: try context.share.count)
    let graph = try TrainingGraph(
      network, loss: configuration.loss, task: configuration.task, options: context.graphOptions)
    let start = try RunStart(
      context, samples: samples, network: network, graph: graph, store: store)
    if run != nil { try store.tidy() }
    state = start.state
    gradientStep = try GradientStep(
      graph, parameters: start.weights, optimizer: start.optimizer,
      coefficient: configuration.loss.coefficient,
      statisticsDecay: configuration.statisticsDecay, backend: context.backend,
      threadCount: context.threadCount)
    let whole = try context.network(configuration.image, batch: 1)
    validator =
      validation.isEmpty || context.ranks.rank > 0
      ? nil
      : try Validator(
        validation, graph: whole, input: configuration.network.input, labelMap: context.labelMap,
        backend: context.backend, threadCount: context.threadCount)
    try run?.open(after: state.step)
  }

  /// Trains to the end, or until told to stop; a checkpoint is written then, too.
  ///
  /// - Parameters:
  ///   - report: called now and then.
  ///   - shouldStop: asked after every step.
  /// - Returns: what it came to.
  /// - Throws: `.diverged` with step and tensor; errors of reading samples and of writing.
  package func train(
    report: (TrainingProgress) -> Void, shouldStop: () -> Bool
  ) throws -> TrainingSummary {
    let share = try context.share
    let queue = BatchQueue(
      samples, input: configuration.task.input(configuration.network.input),
      task: configuration.task, share: share, firstStep: state.step,
      workerCount: max(1, context.threadCount / 2))
    defer { queue.stop() }
    var pace = Pace(batch: configuration.batch)
    var isStopping = false
    if state.step == 0 { try keep() }
    while state.step < configuration.steps, !isStopping {
      let result = try take(queue.next(), share)
      pace.add(result)
      isStopping = try isToldToStop(shouldStop())
      let scores = try validateIfDue()
      let isLast = isStopping || state.step == configuration.steps
      if isLast || state.step % configuration.metricsSteps == 0 || scores != nil {
        report(
          try measure(
            pace.measured(step: state.step, of: configuration.steps, waited: queue.waited), scores))
        pace.reset(waited: queue.waited)
      }
      if isLast || state.step % configuration.checkpointSteps == 0 { try keep() }
    }
    if state.step == configuration.steps { try writeFinalModel() }
    return summary(pace, waited: queue.waited)
  }

  private func take(_ batch: Batch, _ share: BatchQueue.Share) throws -> StepResult {
    let rate = configuration.schedule.rate(ofStep: state.step, of: configuration.steps)
    let noise = Noise(
      key: RandomKey(seed: configuration.seed), firstImage: share.firstSample(ofStep: state.step))
    let inputs = [
      "features": batch.features, "labels": batch.labels, "weights": batch.weights,
      "mask": batch.mask, "domains": batch.domains,
    ]
    let result =
      context.ranks.count == 1
      ? try gradientStep.run(inputs, noise: noise, rate: rate, step: state.step)
      : try gradientStep.run(
        inputs, noise: noise, rate: rate, step: state.step,
        exchange: RankExchange(context.ranks))
    state.step += 1
    if var average = state.average {
      state.average = nil
      gradientStep.forEachParameter { average.follow($0, $1) }
      state.average = average
    }
    return result
  }

  /// Whether any of the processes was told to stop: all stop after the same step.
  private func isToldToStop(_ isTold: Bool) throws -> Bool {
    try context.ranks.sum(isTold ? 1 : 0) > 0
  }

  private var modelWeights: ParameterValues { state.average?.values ?? gradientStep.parameters }

  private func validateIfDue() throws -> [String: Double]? {
    let isDue =
      state.step % configuration.validation.steps == 0 || state.step == configuration.steps
    guard let validator, isDue else { return nil }
    let weights = modelWeights
    let scores = validator.scores(of: try validator.confusion(of: weights))
    guard let score = validator.headline(scores) else { return scores }
    if score > state.bestScore ?? -1 {
      (state.bestScore, state.bestStep) = (score, state.step)
      try run?.writeModel(weights, scores: scores, step: state.step, isBest: true)
    }
    return scores
  }

  private func measure(
    _ progress: Pace.Measured, _ scores: [String: Double]?
  ) throws -> TrainingProgress {
    let limit = configuration.loss.divergenceLimit(
      classCount: context.labelMap.classes.count, task: configuration.task)
    guard progress.loss <= limit else {
      throw TrainingError(
        .diverged,
        "the loss is \(progress.loss) at step \(state.step), ten times what guessing costs",
        remedy: "lower schedule.rate or clip harder, and resume from the last checkpoint")
    }
    let rate = configuration.schedule.rate(
      ofStep: max(0, state.step - 1), of: configuration.steps)
    try run?.append(progress, rate: rate, scores: scores, step: state.step)
    return TrainingProgress(
      step: state.step, steps: configuration.steps, loss: progress.loss,
      scansPerSecond: progress.scansPerSecond, secondsLeft: progress.secondsLeft,
      validation: scores)
  }

  private func keep() throws {
    guard let run else { return }
    try run.synchronize()
    try store.write(state.checkpoint(of: gradientStep, context))
    try run.drawCurves()
  }

  /// Without validation the last weights are the best that are known.
  private func writeFinalModel() throws {
    try run?.writeModel(modelWeights, scores: [:], step: state.step, isBest: validator == nil)
  }

  private func summary(_ pace: Pace, waited: Duration) -> TrainingSummary {
    TrainingSummary(
      step: state.step, steps: configuration.steps, loss: pace.lastLoss,
      bestScore: state.bestScore, bestStep: state.bestStep, bestModel: run?.bestModel,
      dataWaitShare: pace.waitShare(waited), seconds: pace.seconds)
  }
}
