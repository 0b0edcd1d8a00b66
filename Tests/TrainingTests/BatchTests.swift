import Exchange
import Foundation
import PointClouds
import Randomness
import RangeImages
import Tensors
import Testing

@testable import Training

/// Batches as they come out of the queue.
@Suite struct BatchTests {
  private let input = InputDescription.squeezeSegV2

  /// Every way of varying images at once.
  private var augmentation: Augmentation {
    var all = Augmentation()
    all.cropColumns = 8
    all.pointDrop.probability = 0.5
    all.beamDrop.probability = 0.5
    all.intensityDropout = 0.3
    all.intensity.probability = 0.5
    all.rangeJitter.probability = 0.5
    all.paste.probability = 0.7
    (all.paste.minimumCells, all.paste.bankImages) = (2, 10)
    return all
  }

  private func samples(seed: UInt64 = 1, threads: Int = 1) throws -> SampleSequence {
    let finite = try RuledSource(count: 13)
    let endless = try RuledSource(count: nil)
    let key = SampleSequence.orderKey(seed: seed, part: 0)
    let mix = try SourceMix([
      .init(finite, weight: 2, order: .shuffled(count: 13, key: key)),
      .init(endless, weight: 1, order: .sequential(count: nil)),
    ])
    return try SampleSequence(mix, augmentation: augmentation, seed: seed, threadCount: threads)
  }

  private func queue(
    _ samples: SampleSequence, _ batchSize: Int, rank: Int = 0, of ranks: Int = 1,
    firstStep: Int = 0, end: Int? = nil, workers: Int = 2
  ) throws -> BatchQueue {
    BatchQueue(
      samples, input: input,
      share: try BatchQueue.Share(batchSize: batchSize, rank: rank, rankCount: ranks),
      firstStep: firstStep, end: end, workerCount: workers)
  }

  private func elements(_ batch: Batch) -> [Float] {
    [batch.features, batch.labels, batch.weights, batch.mask].flatMap(\.elements)
  }

  @Test func threadsMakeNoDifference() throws {
    let queues = try [1, 3].map { count in
      try queue(samples(threads: count), 4, workers: count)
    }
    for step in 0..<12 {
      let batches = try queues.map { try $0.next() }
      #expect(elements(batches[0]).map(\.bitPattern) == elements(batches[1]).map(\.bitPattern))
      #expect(batches[0].firstSample == 4 * step && batches[0].count == 4)
      #expect(
        batches[0].features.shape == [4, 4, 8, 6] && batches[0].labels.shape == [4, 4, 8, 1])
    }
  }

  @Test func anotherSeedGivesOtherSamples() throws {
    let batches = try [1, 2].map { try queue(samples(seed: $0), 6).next() }
    #expect(elements(batches[0]) != elements(batches[1]))
  }

  @Test func theSharesOfAllProcessesMakeOneBatch() throws {
    let samples = try samples()
    let whole = try queue(samples, 6)
    let parts = try (0..<3).map { try queue(samples, 6, rank: $0, of: 3) }
    for _ in 0..<4 {
      let batch = try whole.next()
      let pieces = try parts.map { try $0.next() }
      #expect(batch.features.elements == pieces.flatMap(\.features.elements))
      #expect(batch.labels.elements == pieces.flatMap(\.labels.elements))
      #expect(batch.weights.elements == pieces.flatMap(\.weights.elements))
      #expect(batch.mask.elements == pieces.flatMap(\.mask.elements))
      #expect(pieces.map(\.firstSample) == (0..<3).map { batch.firstSample + 2 * $0 })
    }
  }

  @Test func aBatchThatCannotBeSharedEvenlyIsRefused() throws {
    let error = #expect(throws: TrainingError.self) {
      try BatchQueue.Share(batchSize: 7, rank: 0, rankCount: 2)
    }
    #expect(error?.code == .invalidConfiguration)
  }

  @Test func aQueueThatStartsLaterGivesTheSameBatches() throws {
    let samples = try samples()
    let first = try queue(samples, 4)
    for _ in 0..<5 { _ = try first.next() }
    let resumed = try queue(samples, 4, firstStep: 5)
    for _ in 0..<3 { #expect(elements(try first.next()) == elements(try resumed.next())) }
  }

  @Test func labelsWeightsAndMaskSayWhatIsKnown() throws {
    let batch = try queue(RuledSource(count: nil).samples(), 3).next()
    for sample in 0..<3 {
      let image = SampleImages.image(SampleImages.window, seed: UInt64(sample))
      for cell in 0..<image.count {
        let position = sample * image.count + cell
        let isKnown = image.isOccupied(cell) && image.classes[cell] != LabelledImage.ignoredClass
        #expect(batch.mask[position] == (image.isOccupied(cell) ? 1 : 0))
        #expect(batch.weights[position] == (isKnown ? 1 : 0))
        #expect(batch.labels[position] == (isKnown ? Float(image.classes[cell]) : -1))
        let x = batch.features[position * 6]
        #expect(abs(x - (image.x[cell] - 10.88) / 11.47) < 1e-5)
        #expect(batch.features[position * 6 + 5] == batch.mask[position])
      }
    }
  }

  @Test func samplesAfterTheEndAreEmpty() throws {
    let samples = try RuledSource(count: 5).samples()
    let queue = try queue(samples, 4, end: 5)
    _ = try queue.next()
    let last = try queue.next()
    let cells = SampleImages.window.rows * SampleImages.window.columns
    #expect(last.mask.elements[..<cells].contains(1))
    #expect(last.mask.elements[cells...].allSatisfy { $0 == 0 })
    #expect(last.weights.elements[cells...].allSatisfy { $0 == 0 })
    #expect(last.labels.elements[cells...].allSatisfy { $0 == -1 })
  }

  @Test(arguments: [1, 3]) func anErrorComesWhenItIsItsSamplesTurn(workers: Int) throws {
    var source = try RuledSource(count: nil)
    source.faulty = 10
    let queue = try queue(source.samples(), 4, workers: workers)
    for _ in 0..<2 { _ = try queue.next() }
    for _ in 0..<2 {
      #expect(throws: RuledSource.Fault(index: 10)) { try queue.next() }
    }
  }

  @Test func aQueueEndsWithItsThreadsWhenItIsLetGo() throws {
    final class Reads: @unchecked Sendable {
      private let lock = NSLock()
      private var number = 0
      var count: Int { lock.withLock { number } }
      func add() { lock.withLock { number += 1 } }
    }
    struct Counted: SampleSource {
      var inner: RuledSource
      let reads = Reads()
      var name: String { inner.name }
      var count: Int? { nil }
      var geometry: ImageGeometry { inner.geometry }
      var labelMap: LabelMap { inner.labelMap }
      func read(_ index: Int, key: RandomKey, into image: inout LabelledImage) throws {
        reads.add()
        try inner.read(index, key: key, into: &image)
      }
    }
    let source = Counted(inner: try RuledSource(count: nil))
    let mix = try SourceMix([.init(source, order: .sequential(count: nil))])
    var made: BatchQueue? = try queue(
      SampleSequence(mix, augmentation: .none, seed: 1), 2, workers: 3)
    _ = try made?.next()
    made = nil
    let count = source.reads.count
    // Two batches ahead, and no more than the room on the shelf.
    #expect(count <= 2 + 2 * 2)
    usleep(20_000)
    #expect(source.reads.count == count)
  }
}
