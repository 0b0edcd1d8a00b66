import Exchange
import Foundation
import Graphs
import Kernels
import Networks
import Randomness
import RangeImages
import Tensors
package import Training

/// Learns weights and architecture in turn: networks of single blocks, drawn by the shares that blocks have,
/// learn from one part of the scans; the shares learn from the other (Wu et al., arXiv 1812.03443,
/// section 3.2).
package final class Searcher {
  private let context: SearchContext
  private let weightSamples: SampleSequence
  private let architectureSamples: SampleSequence
  private let network: SuperNetwork
  private let record: SearchRecord
  private var shared: SharedWeights
  private var state: SearchState
  private var losses: [Double] = []

  private var configuration: SearchConfiguration { context.configuration }
  private var schedule: SearchSchedule { configuration.schedule }
  private var key: RandomKey { RandomKey(seed: configuration.training.seed) }

  /// Makes a search ready, or takes it up where its last checkpoint is.
  ///
  /// - Parameters:
  ///   - context: what to do and where.
  ///   - weightSamples: what the weights learn from.
  ///   - architectureSamples: what the architecture learns from.
  /// - Throws: `TrainingError` where the folder holds another run; errors of writing.
  package init(
    _ context: SearchContext, weightSamples: SampleSequence, architectureSamples: SampleSequence
  ) throws {
    self.context = context
    self.weightSamples = weightSamples
    self.architectureSamples = architectureSamples
    let training = context.configuration.training
    let geometry = weightSamples.geometry
    network = SuperNetwork(
      configuration: context.configuration, networks: context.networks,
      images: ImageBatch(size: Extent(geometry.rows, geometry.columns), count: training.batch),
      latencies: context.latencies,
      backend: context.backend, threadCount: context.threadCount)
    shared = SharedWeights(
      try context.networks.initialWeights(seed: training.seed), optimizer: training.optimizer)
    state = SearchState()
    let other = context.configuration.weightsOf
    // Before anything is made in the folder, which a search that is refused must not keep.
    if !other.isEmpty, try !context.resumes || Self.checkpoint(in: context.folder) == nil {
      guard let checkpoint = try Self.checkpoint(in: SearchRecord.folder(ofRun: other)) else {
        throw SearchError(
          .mismatched, "the folder holds no search",
          remedy: "name the --out folder of a search of this space", path: other)
      }
      try shared.takeWeights(of: checkpoint, path: other)
      state.step = context.configuration.schedule.warmupSteps
    }
    record = try SearchRecord(context)
    if context.resumes, let checkpoint = try record.store.latest() {
      state = try state.restored(from: checkpoint, context)
      try shared.restore(state.withoutOwn(checkpoint), path: context.folder)
    }
    try record.open(after: state.step)
  }

  /// What a search has learned so far; nothing where the folder holds none.
  private static func checkpoint(in folder: String) throws -> Checkpoint? {
    let checkpoints = "\(folder)/checkpoints"
    guard FileManager.default.fileExists(atPath: checkpoints) else { return nil }
    return try CheckpointStore(folder: checkpoints).latest()
  }

  /// What a search came to.
  package struct Outcome {
    /// What was learned.
    package let architecture: Architecture
    /// Whether the search has come to its end.
    package let isDone: Bool
    /// What all steps took, those of earlier processes among them.
    package let seconds: Double
  }

  /// Searches to the end, or until told to stop; a checkpoint is written then, too.
  ///
  /// - Throws: `.diverged` with step and tensor; errors of reading samples and of writing.
  package func run(
    report: (SearchProgress) -> Void, shouldStop: () -> Bool
  ) throws -> Outcome {
    let share = try BatchQueue.Share(batchSize: configuration.training.batch)
    let weights =
      configuration.weightsOf.isEmpty
      ? queue(weightSamples, share, firstStep: state.step) : nil
    defer { weights?.stop() }
    let architecture = queue(architectureSamples, share, firstStep: state.architectureStep)
    defer { architecture.stop() }
    let (start, firstStep) = (ContinuousClock.now, state.step)
    var isStopping = false
    while state.step < schedule.steps, !isStopping {
      if let weights { try learnWeights(from: weights.next()) }
      state.step += 1
      if state.step > schedule.warmupSteps, state.step % schedule.weightSteps == 0 {
        try learnArchitecture(from: architecture.next())
      }
      isStopping = shouldStop()
      let isLast = isStopping || state.step == schedule.steps
      if isLast || state.step % configuration.training.metricsSteps == 0 {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        report(
          try measure(
            secondsLeft: seconds / Double(state.step - firstStep)
              * Double(schedule.steps - state.step)))
      }
      if isLast || state.step % configuration.training.checkpointSteps == 0 { try keep() }
    }
    return Outcome(
      architecture: network.architecture(in: shared.values),
      isDone: state.step == schedule.steps, seconds: try record.seconds)
  }

  private func queue(
    _ samples: SampleSequence, _ share: BatchQueue.Share, firstStep: Int
  ) -> BatchQueue {
    BatchQueue(
      samples, input: configuration.training.network.input, share: share, firstStep: firstStep,
      workerCount: 1)
  }

  private func learnWeights(from batch: Batch) throws {
    let key = key.key(purpose: Purpose.paths, index: state.step)
    var stream = key.key(purpose: Purpose.exploration).stream
    let architecture =
      Double(stream.uniform()) < schedule.exploration
      ? Architecture(of: network.places.map(\.candidates.count))
      : network.architecture(in: shared.values)
    let choices = architecture.drawnBlocks(count: 1, key: key)
    let step = try network.weightStep(choices.map { $0[0] }, shared)
    let result = try step.run(
      batch.inputs, noise: noise(state.step),
      rate: configuration.training.schedule.rate(ofStep: state.step, of: schedule.steps),
      step: state.step, ages: shared.ages)
    shared.take(step)
    losses.append(result.loss)
  }

  private func learnArchitecture(from batch: Batch) throws {
    let number = state.architectureStep
    let architecture = network.architecture(in: shared.values)
    let part = architecture.drawnBlocks(
      count: schedule.sampledBlocks, key: key.key(purpose: Purpose.gumbel, index: 2 * number))
    let noise = GumbelNoise.numbers(
      for: architecture.logits.map(\.count),
      key: key.key(purpose: Purpose.gumbel, index: 2 * number + 1))
    let scale = configuration.latency.target > 0 ? configuration.latency.target : 1
    let own = network.architectureInputs(
      architecture, part: part, noise: noise, temperature: schedule.temperature(ofStep: state.step),
      weight: steeredWeight() / scale)
    let step = try network.architectureStep(part, shared)
    let result = try step.run(
      batch.inputs.merging(own) { $1 }, noise: self.noise(1 << 20 + number),
      rate: schedule.architectureRate, step: number, ages: shared.ages)
    shared.take(step)
    if !configuration.weightsOf.isEmpty { losses.append(result.loss) }
    state.architectureStep += 1
  }

  /// How much latency counts: more where networks take too long on average, less than nothing where they are
  /// too fast.
  private func steeredWeight() -> Double {
    let latency = configuration.latency
    guard latency.form == .sum, latency.target > 0 else { return 0 }
    let architecture = network.architecture(in: shared.values)
    let excess = context.latencies.expected(architecture.shares) / latency.target - 1
    state.latencyWeight += latency.gain * excess
    return state.latencyWeight + latency.proportion * excess
  }

  private func noise(_ step: Int) -> Noise {
    Noise(key: key, firstImage: step * configuration.training.batch)
  }

  private func measure(secondsLeft: Double) throws -> SearchProgress {
    let architecture = network.architecture(in: shared.values)
    let progress = SearchProgress(
      step: state.step, steps: schedule.steps,
      loss: losses.reduce(0, +) / Double(max(1, losses.count)),
      latency: context.latencies.expected(architecture.shares), entropy: architecture.entropy,
      secondsLeft: secondsLeft)
    losses = []
    try record.append(progress, architecture, weight: state.latencyWeight)
    return progress
  }

  private func keep() throws {
    try record.synchronize()
    try record.store.write(
      state.checkpoint(of: shared, recipe: context.recipe, context: context))
    try record.draw(network.architecture(in: shared.values))
  }
}

extension Batch {
  /// The inputs of a training, by their names.
  fileprivate var inputs: [String: Tensor<Float>] {
    ["features": features, "labels": labels, "weights": weights, "mask": mask]
  }
}
