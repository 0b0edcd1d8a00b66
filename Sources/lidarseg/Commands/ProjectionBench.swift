import ArgumentParser
import Datasets
import Foundation
import PointCloudIO
import PointClouds
import RangeImages
import Sensors

extension BenchCommand {
  struct Projection: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Time projecting a scan and carrying labels back by kNN.",
      discussion: """
        Labels are blocks of 8 by 16 cells. Projection takes one thread, kNN as many as --threads.

        Example: lidarseg bench projection scan.bin --threads 2
        """)

    @OptionGroup var source: SourceOptions
    @OptionGroup var verb: VerbOptions

    @Option(help: "How many timed runs.")
    var rounds = 30

    func validate() throws {
      guard (1...100_000).contains(rounds) else {
        throw ValidationError("--rounds \(rounds) is not in 1...100000")
      }
    }

    /// Medians in milliseconds.
    struct Row: Encodable {
      var image: String
      var points: Int
      var project: Double
      var carry: Double
      var threads: Int
    }

    func run() throws {
      guard let name = try source.dataset().scans.first else { return }
      let cloud = try source.read(name).scan.cloud
      let sensor = SensorRecognition.recognise(cloud)?.sensor
      let rows = try [ImageGeometry.kittiFront, .kittiFull, .rangeNet].map { geometry in
        try measure(cloud, geometry, sensor)
      }
      if verb.json { return try verb.console.data(json: rows) }
      for row in rows {
        try verb.console.data(
          String(
            format: "%@: project %.2f ms, carry back %.2f ms (%d threads), %d points", row.image,
            row.project, row.carry, row.threads, row.points))
      }
    }

    private func measure(
      _ cloud: PointCloud, _ geometry: ImageGeometry, _ sensor: SensorTable?
    ) throws -> Row {
      let projection = try Projector.project(cloud, geometry: geometry, sensor: sensor)
      let labels = (0..<projection.image.count).map { cell in
        UInt8((cell / geometry.columns / 8 * 7 + cell % geometry.columns / 16 * 3) % 4)
      }
      let project = try median {
        _ = try Projector.project(cloud, geometry: geometry, sensor: sensor)
      }
      let carry = median {
        _ = LabelCarrier.voted(labels, through: projection, of: cloud, threads: verb.threadCount)
      }
      return Row(
        image: "\(geometry.rows)x\(geometry.columns) by \(geometry.rowRule.rawValue)",
        points: cloud.count, project: project, carry: carry, threads: verb.threadCount)
    }

    private func median(_ work: () throws -> Void) rethrows -> Double {
      let clock = ContinuousClock()
      for _ in 0..<3 { try work() }
      let times = try (0..<rounds).map { _ in try clock.measure(work) / .milliseconds(1) }
      return times.sorted()[rounds / 2]
    }
  }
}
