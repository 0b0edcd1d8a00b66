public import Exchange
import Foundation
import RangeImages

/// Makes batches ahead of the training step, on threads of its own.
///
/// Samples are handed out by their numbers, whichever thread was first; it is for one consumer.
public final class BatchQueue {
  /// Which samples a process takes.
  public struct Share: Equatable, Sendable {
    /// Samples of a step in all processes together.
    public var batchSize: Int
    /// This process among them, from 0.
    public var rank: Int
    /// How many processes there are.
    public var rankCount: Int

    /// The share of one of several processes, or everything.
    ///
    /// - Throws: `.invalidConfiguration` where the samples of a step cannot be shared evenly.
    public init(batchSize: Int, rank: Int = 0, rankCount: Int = 1) throws(TrainingError) {
      precondition(rankCount > 0 && (0..<rankCount).contains(rank), "rank \(rank) of \(rankCount)")
      guard batchSize > 0, batchSize % rankCount == 0 else {
        throw TrainingError(
          .invalidConfiguration,
          "\(batchSize) samples of a step cannot be shared by \(rankCount) processes",
          remedy: "give a batch size that is a multiple of the processes")
      }
      (self.batchSize, self.rank, self.rankCount) = (batchSize, rank, rankCount)
    }

    /// Samples of a step in this process.
    public var count: Int { batchSize / rankCount }

    /// The first of this process's samples in a step.
    public func firstSample(ofStep step: Int) -> Int { step * batchSize + rank * count }
  }

  private let shelf: SampleShelf
  private let share: Share
  private let rows: Int
  private let columns: Int
  private var step: Int
  /// How long `next()` waited for samples so far.
  public private(set) var waited = Duration.zero

  /// Starts making samples.
  ///
  /// - Parameters:
  ///   - samples: what is trained on.
  ///   - input: the channels of the features.
  ///   - task: what labels are: classes, or intensities.
  ///   - share: which samples of a step this process takes.
  ///   - firstStep: the step to start with.
  ///   - end: samples from this number on are empty, so that the last batch of a validation has the
  ///     size of the others; nothing where there is no end.
  ///   - workerCount: threads that make samples, at least 1.
  ///   - batchesAhead: batches that are made before they are asked for, at least 1.
  public init(
    _ samples: SampleSequence, input: InputDescription, task: TrainingTask = .segmentation,
    share: Share, firstStep: Int = 0,
    end: Int? = nil, workerCount: Int, batchesAhead: Int = 2
  ) {
    precondition(workerCount > 0 && batchesAhead > 0, "\(workerCount) threads, \(batchesAhead)")
    self.share = share
    step = firstStep
    (rows, columns) = (samples.geometry.rows, samples.geometry.columns)
    shelf = SampleShelf(capacity: batchesAhead * share.count, workers: workerCount)
    let worker = SampleWorker(
      samples: samples, features: FeatureImage(input, intensityScale: 1),
      channels: input.channels.count, task: task, share: share, firstStep: firstStep, end: end,
      shelf: shelf)
    for _ in 0..<workerCount {
      let thread = Thread { worker.run() }
      // A source may simulate: the ray caster builds its tree by recursion.
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  deinit {
    shelf.stop()
  }

  /// The samples of the next step.
  ///
  /// - Throws: what making one of them threw; every later call throws it again.
  public func next() throws -> Batch {
    let start = ContinuousClock.now
    let taken = Result { try shelf.take(share.count) }
    waited += ContinuousClock.now - start
    let samples = try taken.get()
    let batch = Batch(
      samples, rows: rows, columns: columns, firstSample: share.firstSample(ofStep: step))
    shelf.giveBack(samples)
    step += 1
    return batch
  }

  /// Ends the threads and waits for them; `next()` must not be called again.
  public func stop() {
    shelf.stop()
  }
}

/// What each of the threads does.
private struct SampleWorker: Sendable {
  let samples: SampleSequence
  let features: FeatureImage
  let channels: Int
  let task: TrainingTask
  let share: BatchQueue.Share
  let firstStep: Int
  let end: Int?
  let shelf: SampleShelf

  func run() {
    var image = LabelledImage(samples.geometry)
    var sample = EncodedSample()
    while let turn = shelf.nextToMake(in: &sample) {
      do {
        try make(turn, into: &sample, through: &image)
        shelf.put(&sample, forTurn: turn)
      } catch {
        shelf.put(error, forTurn: turn)
      }
    }
    shelf.workerEnded()
  }

  private func make(
    _ turn: Int, into sample: inout EncodedSample, through image: inout LabelledImage
  ) throws {
    let (step, position) = turn.quotientAndRemainder(dividingBy: share.count)
    let number = share.firstSample(ofStep: firstStep + step) + position
    if let end, number >= end {
      image.prepare(for: samples.geometry)
      image.emptyAll()
    } else {
      try samples.read(number, into: &image)
    }
    sample.fill(from: image, as: features, channels: channels, task: task)
  }
}
