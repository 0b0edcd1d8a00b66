import ArgumentParser
import Datasets
import Foundation
import Kernels
import PointCloudIO
import PointClouds
import Randomness
import RangeImages
import Realism
import Sensors
import Training

struct RealismCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "realism", abstract: "Say how far simulated scans are from real ones.",
    discussion: """
      Both sets are seen as range images of 64 x 512 cells, +-45 degrees, up to 80 m. Beside each \
      distance stands the same one between two halves of the real set, which are its drives in turn \
      (of one drive, its first and its second half): nothing simulated can be asked to be nearer. \
      With --rendered-by, the simulated scans are also counted as those networks render them.

      Example: lidarseg realism simulated drives --html realism.html
      """)

  @Argument(help: "The simulated scans: a folder or a data set.", completion: .directory)
  var simulated: String

  @Argument(help: "The real scans: a folder or a data set.", completion: .directory)
  var real: String

  @Option(help: "The page to write, with a picture of each histogram.", completion: .file())
  var html: String?

  @Option(
    parsing: .upToNextOption,
    help: "Models by train --recipe intensity or ray-drop, to render the simulated scans by.",
    completion: .file())
  var renderedBy: [String] = []

  @OptionGroup var sensor: SensorOption
  @OptionGroup var verb: VerbOptions

  func validate() throws {
    for path in [simulated, real] where path.isEmpty || path == "-" {
      throw ValidationError("\"\(path)\" is not a folder or a data set")
    }
  }

  func run() throws {
    let sets = try [simulated, real].map { try Dataset.open(path: $0) }
    let map = try LabelMap.bundled("four-classes")
    let progress = Progress(
      style: verb.quiet ? .none : verb.progress,
      total: sets.reduce(0) { $0 + $1.scans.count }, noun: "scans")
    var counter = RealismCounter(
      labelMap: map, console: verb.console, progress: progress, chooser: try sensor.chooser())
    counter.renderers = try renderedBy.map {
      try ImageRenderer(path: $0, backend: .fastest)
    }
    let first = counter.count(sets[0])
    counter.renderers = []
    counter.chooser = try sensor.chooser()
    let second = counter.count(sets[1])
    progress.finish()
    let comparison = try RealismComparison(
      simulated: first.0 + first.1, realHalves: second,
      rendered: renderedBy.isEmpty ? nil : counter.rendered)
    if let html {
      let page = comparison.html(simulatedName: simulated, realName: real)
      try AtomicFile.write(Array(page.utf8), to: html)
      verb.console.talk("page: \(html)")
    }
    if verb.json {
      try verb.console.data(json: comparison)
    } else {
      try verb.console.data(comparison.text())
    }
    if let status = counter.worstStatus { throw ExitCode(status.rawValue) }
  }
}

/// Counts the scans of data sets; one that cannot be read is named, and left out.
private struct RealismCounter {
  let labelMap: LabelMap
  let console: Console
  let progress: Progress
  var chooser: SensorChooser
  /// What scans are also counted as, and their statistics as such.
  var renderers: [ImageRenderer] = []
  private(set) var rendered: RangeImageStatistics
  /// Of the scans that were left out.
  var worstStatus: ErrorReport.Status?
  private var scansDone = 0

  init(labelMap: LabelMap, console: Console, progress: Progress, chooser: SensorChooser) {
    self.labelMap = labelMap
    self.console = console
    self.progress = progress
    self.chooser = chooser
    rendered = RangeImageStatistics(labelMap: labelMap)
  }

  /// The statistics of the two halves of a data set.
  mutating func count(_ set: Dataset) -> (RangeImageStatistics, RangeImageStatistics) {
    let empty = RangeImageStatistics(labelMap: labelMap)
    var halves = (empty, empty)
    let drives = Dictionary(
      uniqueKeysWithValues: set.drives.enumerated().map { ($1, $0) })
    for (position, scan) in set.scans.enumerated() {
      let isSecond =
        drives.count > 1
        ? drives[scan.drive, default: 0] % 2 == 1 : position >= set.scans.count / 2
      do {
        let (image, maximum) = try window(of: scan)
        if isSecond {
          halves.1.add(image, intensityMaximum: maximum)
        } else {
          halves.0.add(image, intensityMaximum: maximum)
        }
        try addRendered(image, number: position)
      } catch {
        leaveOut(scan, because: error)
      }
      scansDone += 1
      progress.advance(to: scansDone)
    }
    return halves
  }

  /// Counts the image once more, as the networks render it.
  private mutating func addRendered(_ image: RangeImage, number: Int) throws {
    guard !renderers.isEmpty else { return }
    var image = image
    for renderer in renderers {
      try renderer.render(
        &image, geometry: RangeImageStatistics.geometry, key: RandomKey(seed: UInt64(number)))
    }
    rendered.add(image)
  }

  private mutating func window(of scan: DatasetScan) throws -> (RangeImage, Double) {
    let read = try scan.read()
    // A part of a scan has holes that the sensor did not see.
    if let damage = read.damage { throw damage }
    let cloud = read.scan.cloud
    let table = chooser.sensor(of: cloud, drive: scan.drive)
    let image = try Projector.project(
      cloud, labels: try scan.labels(of: read.scan), geometry: RangeImageStatistics.geometry,
      sensor: table
    ).image
    return (image, table?.intensityMaximum ?? 1)
  }

  private mutating func leaveOut(_ scan: DatasetScan, because error: any Error) {
    var report = ErrorReport(error)
    report.path = report.path ?? scan.path
    console.error(report)
    if report.status.rawValue > worstStatus?.rawValue ?? 0 { worstStatus = report.status }
  }
}
