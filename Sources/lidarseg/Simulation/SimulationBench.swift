#if Simulator
import ArgumentParser
import Foundation
import PointClouds
import Sensors
import Simulator

extension BenchCommand {
  struct Simulation: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Time simulated scans on one thread, without writing them.",
      discussion: "Example: lidarseg bench simulation --sensor hdl64e-kitti --scenes 50")

    @Option(help: "A sensor's name, or a sensor file.", completion: .file())
    var sensor = "hdl64e-kitti"

    @Option(help: "How many scenes.")
    var scenes = 30

    @OptionGroup var recipe: RecipeOptions
    @OptionGroup var verb: VerbOptions

    func validate() throws {
      guard (1...1_000_000).contains(scenes) else {
        throw ValidationError("--scenes \(scenes) is not in 1...1000000")
      }
    }

    func run() throws {
      let scanner = try SceneScanner(
        try recipe.resolve(SimulationConfiguration()),
        sensor: try SensorOption.table(named: sensor), seed: 1)
      for scene in 0..<2 { try scanner.scan(scene: scene) { _, _ in } }
      let before = scanner.times
      var points = 0
      let clock = ContinuousClock()
      let times = try (0..<scenes).map { scene in
        try clock.measure {
          try scanner.scan(scene: scene + 2) { _, frame in points += frame.cloud.count }
        } / .milliseconds(1)
      }
      let report = Report(
        sensor: sensor, times: times, from: before, to: scanner.times, points: points)
      if verb.json { return try verb.console.data(json: report) }
      try verb.console.data(report.text)
    }

    /// What was measured, per scan; durations in milliseconds.
    struct Report: Encodable {
      var sensor: String
      var median: Double
      var p90: Double
      var scansPerSecond: Double
      var scene: Double
      var tree: Double
      var cast: Double
      var sensorModel: Double
      var points: Int
      var triangles: Int
      var scans: Int
      var warmUps = 2
      var threads = 1
      var processor = Machine.processorName
      var peakBytes = Machine.peakResidentBytes

      init(
        sensor: String, times: [Double], from before: ScanTimes, to after: ScanTimes, points: Int
      ) {
        self.sensor = sensor
        scans = after.scans - before.scans
        let count = Double(max(1, scans))
        func share(_ part: KeyPath<ScanTimes, Duration>) -> Double {
          (after[keyPath: part] - before[keyPath: part]) / .milliseconds(1) / count
        }
        let sorted = times.sorted()
        let perScene = count / Double(times.count)
        median = sorted[sorted.count / 2] / perScene
        p90 = sorted[sorted.count * 9 / 10] / perScene
        scansPerSecond = count / (times.reduce(0, +) / 1000)
        scene = share(\.scene)
        tree = share(\.tree)
        cast = share(\.cast)
        sensorModel = share(\.sensor)
        self.points = points / max(1, scans)
        triangles = (after.triangles - before.triangles) / max(1, scans)
      }

      var text: String {
        [
          String(
            format: "%@: %.1f scans/s on one thread; median %.1f ms, p90 %.1f (%d scans after %d)",
            sensor, scansPerSecond, median, p90, scans, warmUps),
          String(
            format: "scene %.1f ms, tree %.1f ms, cast %.1f ms, sensor %.1f ms", scene, tree, cast,
            sensorModel),
          String(
            format: "%d points and %d triangles per scan; process at most %.0f MiB; %@", points,
            triangles, Double(peakBytes) / 1_048_576, processor),
        ].joined(separator: "\n")
      }
    }
  }
}
#endif
