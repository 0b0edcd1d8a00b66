import ArgumentParser
import Datasets
import Exchange
import Foundation
import PointCloudIO
import PointClouds
import Segmentation
import Sensors
import Streams
import Synchronization

extension BenchCommand {
  struct Streaming: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Replay scans as packets of an HDL-64E through a port, and time their labels.",
      discussion: """
        Scans of a sensor of 64 beams are made into packets, sent to a port of this machine at a steady \
        rate, received, decoded and segmented. Times are from the sending of a sweep's last packet to \
        its labels; sending takes part of the same processor. Ends with 6 where a packet or a sweep is \
        lost. With --delay whoever takes the labels is slow, and sweeps are given up; then it ends with \
        6 where they are not all counted.

        Example: lidarseg bench streaming drive --sensor hdl64e-kitti --model front-small --sweeps 1000
        """)

    @OptionGroup var source: SourceOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup var verb: VerbOptions

    @Option(help: "The sensor that measured the scans.", completion: .file())
    var sensor = "hdl64e-kitti"

    @Option(help: "How many sweeps.")
    var sweeps = 100

    @Option(help: "Sweeps in a second.")
    var rate = 10.0

    @Option(help: "Scans that are made into packets, and sent again and again.")
    var scans = 80

    @Option(help: "Milliseconds that whoever takes the labels needs for each sweep.")
    var delay = 0.0

    @Option(
      help:
        "End with 6 where memory moves by more than +-MIB behind the first tenth of the sweeps.")
    var memoryMargin: Double?

    @Option(help: "The port.")
    var port: UInt16 = 2368

    func validate() throws {
      guard (1...1_000_000).contains(sweeps), (1...10_000).contains(scans), 0.1...1000 ~= rate,
        0...60_000 ~= delay
      else {
        throw ValidationError(
          "--sweeps goes from 1 to 1000000, --scans from 1 to 10000, --rate from 0.1 to 1000, --delay"
            + " from 0 to 60000")
      }
    }

    /// What was sent, and what came out.
    struct Report: Encodable {
      var sentPackets: Int
      var sentSweeps: Int
      /// Sweeps whose labels were taken.
      var takenSweeps: Int
      /// What the process held; missing where too few sweeps came to tell.
      var memory: MemoryRange?
      /// From a sweep's last packet to its labels, in milliseconds.
      var endToEnd: StreamOutcome.Latency?
      var stream: StreamOutcome
    }

    func run() throws {
      let table = try SensorOption.table(named: sensor)
      let clouds = try source.dataset().scans.prefix(scans).map { try source.read($0).scan.cloud }
      let replay = try SweepReplay(Array(clouds), sensor: table)
      verb.console.talk("\(clouds.count) scans, \(replay.points / clouds.count) points in each")
      let pipeline = try model.pipeline(threadCount: verb.threadCount)
      let report = try measure(replay, pipeline, table)
      if verb.json {
        try verb.console.data(json: report)
      } else {
        try verb.console.data(text(of: report))
      }
      guard isComplete(report), isFlat(report) else {
        throw ExitCode(ErrorReport.Status.checkFailed.rawValue)
      }
    }

    /// Whether every packet came, and every sweep was labelled or, where labels are taken slowly, counted
    /// as given up.
    private func isComplete(_ report: Report) -> Bool {
      let counts = report.stream.sweeps
      // The beginning of one more turn ended the last.
      return report.stream.packets?.lost == 0 && counts.received == sweeps + 1
        && report.stream.packets?.sensors.first?.received == report.sentPackets
        && report.takenSweeps == counts.written && counts.written + counts.dropped == sweeps + 1
        && (delay > 0 || counts.dropped == 0)
    }

    private func isFlat(_ report: Report) -> Bool {
      guard let memoryMargin else { return true }
      return report.memory.map { $0.deviation <= memoryMargin } ?? false
    }

    private func measure(
      _ replay: SweepReplay, _ pipeline: SegmentationPipeline, _ table: SensorTable
    ) throws -> Report {
      var options = PacketOptions()
      options.sensor = table
      let feed = try SweepFeed(
        .port(try NetworkEndpoint("udp://127.0.0.1:\(port)")), options: options, pace: nil)
      let sender = try UDPSender(port: port)
      var configuration = SegmentationStream.Configuration()
      configuration.overflow = .dropOldest
      let stream = SegmentationStream(pipeline, configuration: configuration)
      let taken = Mutex(Taken())
      let start = ContinuousClock.now
      Thread { [sweeps, rate] in replay.send(sweeps, perSecond: rate, to: sender) }.start()
      let report = try stream.run(
        from: { isStopped in try feed.next { isStopped() || replay.isOver } },
        remark: { _, error in throw error },
        to: { [sweeps, delay] labelled in
          let number = labelled.sweep.number
          taken.withLock {
            $0.sweeps += 1
            if let end = replay.end(ofTurn: number) {
              $0.times.add((ContinuousClock.now - end) / .milliseconds(1))
            }
            if number >= sweeps / 10 { $0.memory.add(Machine.residentMiB) }
          }
          Thread.sleep(forTimeInterval: delay / 1000)
        })
      let description = pipeline.model.description
      return Report(
        sentPackets: replay.sent.packets, sentSweeps: sweeps,
        takenSweeps: taken.withLock(\.sweeps), memory: taken.withLock(\.memory.range),
        endToEnd: taken.withLock { StreamOutcome.Latency($0.times) },
        stream: StreamOutcome(
          report, source: "udp://127.0.0.1:\(port)", model: description.name,
          classes: description.labelMap.classes.map(\.name), packets: feed.packets,
          seconds: (ContinuousClock.now - start) / .seconds(1)))
    }

    private func text(of report: Report) -> String {
      let times = report.endToEnd.map {
        String(format: "p50 %.1f, p95 %.1f, p99 %.1f, longest %.1f", $0.p50, $0.p95, $0.p99, $0.max)
      }
      return """
        \(report.sentSweeps) sweeps in \(report.sentPackets) packets sent, \
        \(report.stream.sweeps.written - 1) labelled, \(report.stream.sweeps.dropped) given up; last \
        packet to labels, ms: \(times ?? "none")
        memory: \(report.memory?.description ?? "not measured")
        \(report.stream.text)
        """
    }
  }
}

/// What whoever takes labels saw of them.
private struct Taken {
  var sweeps = 0
  var times = LatencyHistogram()
  var memory = MemoryRange.Series()
}
