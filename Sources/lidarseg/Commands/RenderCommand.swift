import ArgumentParser
import Datasets
import Exchange
import Foundation
import Pictures
import PointCloudIO
import PointClouds
import RangeImages
import Segmentation
import Sensors

struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Draw a segmented scan.",
    discussion: """
      Colours are the labels of --labels, else the scan's own where --truth is given, else what the \
      model says. Of a folder, the first scan is drawn, or the one that --frame names.

      Example: lidarseg render scan.bin --out scan.png
      """)

  /// What `render` can draw.
  enum View: String, CaseIterable, ExpressibleByArgument, Sendable {
    case birdsEye = "birds-eye"
    case strips
  }

  @OptionGroup var source: SourceOptions
  @OptionGroup var model: ModelOptions
  @OptionGroup var sensor: SensorOption
  @OptionGroup var verb: VerbOptions

  @Option(help: "The picture to write.", completion: .file(extensions: ["png"]))
  var out: String

  @Option(help: "What to draw: \(View.list).")
  var view = View.birdsEye

  @Option(help: "A .label file of the scan.", completion: .file(extensions: ["label"]))
  var labels: String?

  @Flag(help: "Draw the data set's own labels.")
  var truth = false

  @Option(help: "The frame to draw.")
  var frame: String?

  func run() throws {
    let dataset = try source.dataset()
    let name = try chosen(from: dataset)
    let read = try source.read(name)
    let scan = read.scan
    let pipeline = try model.pipeline(threadCount: verb.threadCount)
    let map = pipeline.model.description.labelMap
    var chooser = try sensor.chooser(known: dataset.sensor)
    let table = chooser.sensor(of: scan.cloud, drive: name.drive)
    let result = try pipeline.segment(scan.cloud, from: table)
    let drawn = try givenLabels(name, scan) ?? result.labels
    let palette = ClassPalette(map)
    let classes = drawn.map(palette.position)
    switch view {
    case .birdsEye:
      try BirdsEyeView(
        of: scan.cloud, coloring: .classes(classes, palette.styles),
        title: title(name, pipeline.model)
      ).picture().write(to: out)
    case .strips:
      try RangeImageStrips(of: result, classes: classes, palette).picture().write(to: out)
    }
    verb.console.talk("picture: \(out)")
    if verb.json { try verb.console.data(json: ["picture": out]) }
    try source.fail(with: read.damage, verb.console)
  }

  private func chosen(from dataset: Dataset) throws -> DatasetScan {
    guard let scan = dataset.scans.first(where: { frame == nil || $0.frame == frame }) else {
      throw ErrorReport(
        status: .mismatch, message: "no frame is called \(frame ?? "")",
        remedy: "name one of the frames, such as \(dataset.scans.first?.frame ?? "none")",
        path: dataset.path)
    }
    return scan
  }

  private func givenLabels(_ name: DatasetScan, _ scan: Scan) throws -> [PointLabel]? {
    if let labels { return try LabelFile.read(labels, expecting: scan.cloud.count) }
    guard truth else { return nil }
    guard let own = try name.labels(of: scan) else {
      throw ErrorReport(
        status: .mismatch, message: "the scan has no labels of its own",
        remedy: "leave --truth out, or name a .label file with --labels", path: name.path)
    }
    return own
  }

  private func title(_ name: DatasetScan, _ model: Model) -> String {
    let origin = labels != nil ? "" : truth ? ", truth" : ", \(model.description.name)"
    return name.frame + origin
  }
}
