import ArgumentParser
import Datasets
import Foundation
import PointCloudIO
import PointClouds
import Sensors

extension SensorsCommand {
  struct Fit: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Recover a sensor's beam table from its scans.",
      discussion: """
        Every beam draws a line: z = rho tan(elevation) + offset. The scans have to be raw, that is not \
        motion-compensated, in the sensor's own frame, and all of one sensor. Rings are told by the \
        files' ring numbers, or by the order of the points. Where an encoder's counts show in the \
        azimuths, 10 scans tell horizontal and azimuth offsets; 20 scans of 5 drives tell what the \
        vehicle hides.

        Example: lidarseg sensors fit drives --out mine.yaml --like hdl64e-kitti
        """)

    @OptionGroup var source: SourceOptions
    @OptionGroup var verb: VerbOptions

    @Option(
      help: "The sensor file to write; it gives the sensor its name.",
      completion: .file(extensions: ["yaml"]))
    var out: String

    @Option(
      help: ArgumentHelp(
        "A sensor that is alike: gives what the points do not tell.", valueName: "sensor"))
    var like: String?

    func run() throws {
      let dataset = try source.dataset()
      let like = try like.map { try SensorOption.table(named: $0) }
      var fit = BeamTableFit(like: like)
      var skipped: [ErrorReport] = []
      let progress = Progress(
        style: verb.quiet ? .none : verb.progress, total: dataset.scans.count, noun: "scans")
      for (position, scan) in dataset.scans.enumerated() {
        do {
          let read = try source.read(scan)
          if let damage = read.damage { throw damage }
          fit.add(read.scan.cloud, ofDrive: scan.drive)
        } catch {
          var report = ErrorReport(error)
          report.path = report.path ?? scan.path
          verb.console.error(report)
          skipped.append(report)
        }
        progress.advance(to: position + 1)
      }
      progress.finish()
      let result = try fit.result(named: sensorName, title: like?.title ?? sensorName)
      try AtomicFile.write(Array(result.sensor.yaml.utf8), to: out)
      try say(result, skipped: skipped.count)
      let worst = skipped.map(\.status.rawValue).max()
      if let worst { throw ExitCode(worst) }
    }

    /// The file's name without its extension, in the characters that a sensor's name may have.
    private var sensorName: String {
      let name = URL(fileURLWithPath: out).deletingPathExtension().lastPathComponent.lowercased()
      return String(
        name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : Character("-") })
    }

    private func say(_ result: FittedBeamTable, skipped: Int) throws {
      if verb.json {
        return try verb.console.data(json: Report(fit: result, skippedScans: skipped))
      }
      try verb.console.data(result.text)
      verb.console.talk("sensor file: \(out)")
    }
  }

  /// What `--json` prints: the fit, and what could not be read.
  private struct Report: Encodable {
    var fit: FittedBeamTable
    var skippedScans: Int

    private enum CodingKeys: String, CodingKey {
      case skippedScans
    }

    func encode(to encoder: any Encoder) throws {
      try fit.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(skippedScans, forKey: .skippedScans)
    }
  }
}

extension FittedBeamTable {
  /// The fit in a few lines.
  fileprivate var text: String {
    func degrees(_ value: Double) -> String { String(format: "%.4f degrees", value) }
    var lines = [
      "\(sensor.summary)",
      "\(scans) scans, \(points) points; \(otherScans) scans with other rings were left out",
      "residual: median \(degrees(residual)), worst in ring \(worstRing): \(degrees(worstResidual))",
    ]
    if let spread {
      lines.append(
        "between scans: elevation \(degrees(spread.elevation)), vertical offset "
          + String(format: "%.1f mm", spread.offset * 1000))
    }
    let steps = sensor.azimuthSteps.map { "\($0.step) (\($0.share))" }.joined(separator: ", ")
    lines.append("azimuth steps in degrees (and shares): \(steps.isEmpty ? "unknown" : steps)")
    if let range = sensor.range {
      let quantum = range.quantum > 0 ? "in steps of \(range.quantum) m" : "in unknown steps"
      lines.append("ranges: up to \(range.maximum) m, \(quantum)")
    }
    lines += [encoderText, hiddenText]
    let lacking = sensor.beams.count { $0.intensityOffset > 0 }
    lines.append(
      lacking > 0
        ? "intensity offsets: \(lacking) rings lack some" : "intensity offsets: none could be told")
    return lines.joined(separator: "\n")
  }

  private var encoderText: String {
    guard let encoder else { return "horizontal and azimuth offsets: could not be told" }
    return "encoder: \(encoder.countsPerTurn) counts per turn, coherence "
      + String(format: "%.3f", encoder.coherence)
      + "; told \(encoder.horizontalOffsets) horizontal and \(encoder.azimuthOffsets) azimuth"
      + " offsets"
  }

  private var hiddenText: String {
    guard let hidden else { return "hidden sectors: could not be told" }
    return "hidden sectors: \(sensor.egoSectors.count) of \(hidden.beams) beams, "
      + String(format: "%.1f %% of all directions", hidden.share * 100)
      + ", in \(hidden.drives) drives"
  }
}
