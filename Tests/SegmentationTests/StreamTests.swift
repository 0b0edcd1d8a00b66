import Foundation
import PointClouds
import Segmentation
import Streams
import Synchronization
import TestSupport
import Testing

@Suite struct StreamTests {
  private struct Fault: Error, Equatable {}

  /// Gives so many sweeps, as fast as they are asked for, or at a pace.
  private final class Sweeps: Sendable {
    private let count: Int
    private let pace: TimeInterval
    private let next = Mutex(0)

    init(_ count: Int, pace: TimeInterval = 0) {
      (self.count, self.pace) = (count, pace)
    }

    func take() -> StreamSweep? {
      if pace > 0 { Thread.sleep(forTimeInterval: pace) }
      return next.withLock { number -> StreamSweep? in
        guard number < count else { return nil }
        defer { number += 1 }
        return StreamSweep(
          cloud: RandomScan.cloud(count: 50 + number % 7), sensor: nil, source: "test",
          number: number)
      }
    }
  }

  private func stream(
    queue: Int = 4, _ overflow: QueueOverflow = .block
  ) throws -> SegmentationStream {
    var configuration = SegmentationStream.Configuration()
    (configuration.queue, configuration.overflow) = (queue, overflow)
    return SegmentationStream(
      try SegmentationPipeline(TinyModel.make(), configuration: SegmentationConfiguration()),
      configuration: configuration)
  }

  @Test func everySweepLeavesOnceInOrderWithALabelForEachPoint() throws {
    let sweeps = Sweeps(40)
    let seen = Mutex<[(number: Int, points: Int, labels: Int)]>([])
    let report = try stream().run(
      from: { _ in sweeps.take() }, remark: { _, error in throw error },
      to: { labelled in
        let entry = (
          labelled.sweep.number, labelled.sweep.cloud.count, labelled.result.labels.count
        )
        seen.withLock { $0.append(entry) }
      })
    let all = seen.withLock { $0 }
    #expect(all.map(\.number) == Array(0..<40))
    #expect(all.allSatisfy { $0.points == $0.labels })
    #expect(report.received == 40 && report.written == 40 && report.dropped == 0)
    #expect(report.points == all.reduce(0) { $0 + $1.points })
    for stage in StreamReport.Stage.allCases { #expect(report.latencies[stage]?.count == 40) }
  }

  @Test func aSlowSinkMakesTheSourceWaitAndLosesNothing() throws {
    let sweeps = Sweeps(12)
    let report = try stream(queue: 1).run(
      from: { _ in sweeps.take() }, remark: { _, error in throw error },
      to: { _ in Thread.sleep(forTimeInterval: 0.01) })
    #expect(report.written == 12 && report.dropped == 0)
  }

  @Test func whatIsGivenUpForNewerSweepsIsCountedExactly() throws {
    let sweeps = Sweeps(60, pace: 0.001)
    let last = Mutex(-1)
    let report = try stream(queue: 2, .dropOldest).run(
      from: { _ in sweeps.take() }, remark: { _, error in throw error },
      to: { labelled in
        Thread.sleep(forTimeInterval: 0.02)
        last.withLock {
          #expect(labelled.sweep.number > $0)
          $0 = labelled.sweep.number
        }
      })
    #expect(report.received == 60 && report.dropped > 0)
    #expect(report.written + report.dropped == 60)
    #expect(last.withLock { $0 } == 59, "the newest sweep is never given up")
  }

  @Test func aFaultOfTheSinkEndsTheStreamAndIsThrown() throws {
    let sweeps = Sweeps(1_000_000)
    let stream = try stream(queue: 1)
    #expect(throws: Fault.self) {
      try stream.run(
        from: { _ in sweeps.take() }, remark: { _, error in throw error },
        to: { if $0.sweep.number == 3 { throw Fault() } })
    }
    #expect(stream.report().written == 3)
  }

  @Test func aFaultOfTheSourceEndsTheStreamAndIsThrown() throws {
    let sweeps = Sweeps(10)
    #expect(throws: Fault.self) {
      try stream().run(
        from: { _ in
          guard let sweep = sweeps.take(), sweep.number < 5 else { throw Fault() }
          return sweep
        }, remark: { _, error in throw error }, to: { _ in })
    }
  }

  @Test func aStreamThatIsStoppedWritesWhatCame() throws {
    let sweeps = Sweeps(1_000_000)
    let stream = try stream()
    let stop = stream.stop
    let report = try stream.run(
      from: { isStopped in isStopped() ? nil : sweeps.take() },
      remark: { _, error in throw error },
      to: { if $0.sweep.number == 5 { stop() } })
    #expect(report.written >= 6 && report.written <= report.received)
  }
}

@Suite struct LatencyHistogramTests {
  @Test func quantilesAreWithinTwoPerCent() {
    var histogram = LatencyHistogram()
    for value in 1...1000 { histogram.add(Double(value) / 10) }
    for (share, truth) in [(0.5, 50.0), (0.95, 95), (0.99, 99), (1, 100)] {
      let found = histogram.quantile(share) ?? 0
      #expect(found >= truth && found <= truth * 1.021, "\(share): \(found)")
    }
  }

  @Test func nothingMeasuredHasNoQuantile() {
    #expect(LatencyHistogram().quantile(0.5) == nil)
  }

  @Test func timesBeyondTheBinsAreKeptAtTheirEnds() {
    var histogram = LatencyHistogram()
    histogram.add(-1)
    histogram.add(1e12)
    #expect(histogram.count == 2 && histogram.longest == 1e12)
    #expect((histogram.quantile(0.5) ?? 1) <= 0.001)
  }
}
