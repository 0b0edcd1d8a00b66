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
        lost.

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

    @Option(help: "The port.")
    var port: UInt16 = 2368

    func validate() throws {
      guard (1...1_000_000).contains(sweeps), (1...10_000).contains(scans), 0.1...1000 ~= rate
      else {
        throw ValidationError(
          "--sweeps goes from 1 to 1000000, --scans from 1 to 10000, --rate from 0.1 to 1000")
      }
    }

    /// What was sent, and what came out.
    struct Report: Encodable {
      var sentPackets: Int
      var sentSweeps: Int
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
      // The beginning of one more turn ended the last.
      let lost = report.stream.packets?.lost ?? 0
      guard lost == 0, report.stream.sweeps.written == sweeps + 1,
        report.stream.packets?.sensors.first?.received == report.sentPackets
      else { throw ExitCode(ErrorReport.Status.checkFailed.rawValue) }
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
      let times = Mutex(LatencyHistogram())
      let start = ContinuousClock.now
      Thread { [sweeps, rate] in replay.send(sweeps, perSecond: rate, to: sender) }.start()
      let report = try stream.run(
        from: { isStopped in try feed.next { isStopped() || replay.isOver } },
        remark: { _, error in throw error },
        to: { labelled in
          guard let end = replay.end(ofTurn: labelled.sweep.number) else { return }
          times.withLock { $0.add((ContinuousClock.now - end) / .milliseconds(1)) }
        })
      let description = pipeline.model.description
      return Report(
        sentPackets: replay.sent.packets, sentSweeps: sweeps,
        endToEnd: times.withLock { StreamOutcome.Latency($0) },
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
        \(report.stream.sweeps.written - 1) labelled; last packet to labels, ms: \(times ?? "none")
        \(report.stream.text)
        """
    }
  }
}
