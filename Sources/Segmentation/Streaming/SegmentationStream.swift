import Foundation
public import Streams
import Synchronization

/// Labels sweeps as they come: receiving, labelling and writing overlap, with bounded queues between them.
///
/// Each stage has one thread, so sweeps leave in the order in which they came. No more than the queues
/// hold is kept: a source that is faster than the network waits, or loses its oldest sweeps, which are
/// counted.
public final class SegmentationStream {
  /// How much is kept, and what happens when that is not enough.
  public struct Configuration: Sendable {
    /// Sweeps that wait for the network, 1 to 1000.
    public var queue = 4
    /// What becomes of one more.
    public var overflow = QueueOverflow.block

    /// Four sweeps; the source waits.
    public init() {}
  }

  /// Gives the next sweep, or nothing at the end, or soon after it was told to stop.
  public typealias Source = @Sendable (_ isStopped: () -> Bool) throws -> StreamSweep?
  /// Takes a labelled sweep.
  public typealias Sink = @Sendable (LabelledSweep) throws -> Void

  private let pipeline: SegmentationPipeline
  private let incoming: BoundedQueue<StreamSweep>
  private let outgoing: BoundedQueue<LabelledSweep>
  private let record = StreamRecord()

  /// A stream through a pipeline, which must not be used otherwise meanwhile.
  public init(_ pipeline: SegmentationPipeline, configuration: Configuration = Configuration()) {
    self.pipeline = pipeline
    incoming = BoundedQueue(capacity: configuration.queue, overflow: configuration.overflow)
    outgoing = BoundedQueue(capacity: 2, overflow: .block)
  }

  /// Ends the stream, from any thread: what came so far is labelled and written, and the source is told.
  public var stop: @Sendable () -> Void { { [incoming] in incoming.close() } }

  /// What became of the stream so far; may be asked from any thread.
  public var report: @Sendable () -> StreamReport {
    { [record, incoming] in
      var report = record.report
      report.dropped = incoming.droppedCount
      return report
    }
  }

  /// Runs until the source has no more, or a stage fails.
  ///
  /// - Parameters:
  ///   - source: called on a thread of its own.
  ///   - remark: told, on the caller's thread, of a sweep that cannot be labelled; what it throws ends the
  ///     stream.
  ///   - sink: called on another thread of its own.
  /// - Returns: what became of all sweeps.
  /// - Throws: what the source, `remark` or the sink threw first.
  public func run(
    from source: @escaping Source, remark: (StreamSweep, any Error) throws -> Void,
    to sink: @escaping Sink
  ) throws -> StreamReport {
    let threads = [
      StreamThread { [incoming, record] in
        defer { incoming.close() }
        while let sweep = try source({ incoming.isClosedNow }) {
          record.received(sweep)
          guard incoming.put(sweep) else { return }
        }
      },
      StreamThread { [outgoing, record] in
        while let labelled = outgoing.take() {
          let start = ContinuousClock.now
          try sink(labelled)
          record.wrote(labelled, since: start)
        }
      },
    ]
    // A thread that fails stops the others.
    for thread in threads {
      thread.start { [incoming, outgoing] in Self.cancel(incoming, outgoing) }
    }
    var failure: (any Error)?
    do {
      try labelAll(remark)
    } catch {
      failure = error
      Self.cancel(incoming, outgoing)
    }
    outgoing.close()
    for thread in threads { failure = thread.join() ?? failure }
    if let failure { throw failure }
    return report()
  }

  private static func cancel(
    _ incoming: BoundedQueue<StreamSweep>, _ outgoing: BoundedQueue<LabelledSweep>
  ) {
    incoming.cancel()
    outgoing.cancel()
  }

  private func labelAll(_ remark: (StreamSweep, any Error) throws -> Void) throws {
    while let sweep = incoming.take() {
      record.waited(sweep)
      do {
        let result = try pipeline.segment(sweep.cloud, from: sweep.sensor)
        guard outgoing.put(LabelledSweep(sweep: sweep, result: result)) else { return }
      } catch {
        record.failed()
        try remark(sweep, error)
      }
    }
  }
}

/// A thread whose work may throw.
private final class StreamThread: Sendable {
  private let work: @Sendable () throws -> Void
  private let failure = Mutex<(any Error)?>(nil)
  private let end = DispatchSemaphore(value: 0)

  init(_ work: @escaping @Sendable () throws -> Void) {
    self.work = work
  }

  /// Starts the work; `onFailure` is called where it throws.
  func start(onFailure: @escaping @Sendable () -> Void) {
    Thread { [self] in
      do {
        try work()
      } catch {
        failure.withLock { $0 = error }
        onFailure()
      }
      end.signal()
    }.start()
  }

  /// Waits for the end, and says what was thrown.
  func join() -> (any Error)? {
    end.wait()
    return failure.withLock { $0 }
  }
}

/// The report as the stages write it.
private final class StreamRecord: Sendable {
  private let content = Mutex(StreamReport())

  var report: StreamReport { content.withLock { $0 } }

  func received(_ sweep: StreamSweep) {
    content.withLock {
      $0.received += 1
      $0.add(.decode, sweep.decoding)
    }
  }

  func waited(_ sweep: StreamSweep) {
    let waited = (ContinuousClock.now - sweep.arrival) / .milliseconds(1)
    content.withLock { $0.add(.wait, waited) }
  }

  func failed() { content.withLock { $0.failed += 1 } }

  func wrote(_ labelled: LabelledSweep, since start: ContinuousClock.Instant) {
    let now = ContinuousClock.now
    let times = labelled.result.durations
    content.withLock {
      $0.written += 1
      $0.points += labelled.result.labels.count
      $0.add(.project, times.projection)
      $0.add(.network, times.network)
      $0.add(.carry, times.carrying)
      $0.add(.write, (now - start) / .milliseconds(1))
      $0.add(.total, (now - labelled.sweep.arrival) / .milliseconds(1))
    }
  }
}
