import ArgumentParser
import Datasets
import Foundation
import PCLBridge
import Pictures
import PointCloudIO
import PointClouds
import RangeImages
import Sensors

struct ProjectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "project", abstract: "Make the range image of a scan, and say what it loses.",
    discussion: """
      Of a folder, the first scan is projected. pcl is PCL's own image of the whole sphere, for \
      comparison: it smears points into neighbouring cells and has no intensity.

      Example: lidarseg project scan.bin --out scan.png --report
      """)

  /// The windows by the names that people type.
  enum Window: String, CaseIterable, ExpressibleByArgument, Sendable {
    case front
    case full

    var geometry: ImageGeometry { self == .front ? .kittiFront : .kittiFull }
  }

  @OptionGroup var source: SourceOptions
  @OptionGroup var sensor: SensorOption
  @OptionGroup var verb: VerbOptions

  @Option(help: "The picture to write.", completion: .file(extensions: ["png"]))
  var out: String?

  @Option(help: "How points find their rows: \(ProjectionName.list).")
  var projection = ProjectionName.ring

  @Option(help: "What is seen: front (64x512, +-45 degrees) or full (64x2048).")
  var window = Window.full

  @Flag(help: "Print fill, collisions, points outside and how full each row is.")
  var report = false

  func run() throws {
    let dataset = try source.dataset()
    guard let name = dataset.scans.first else { return }
    let read = try source.read(name)
    if let rule = projection.rowRule {
      try runProjector(
        read.scan.cloud, by: rule, drive: name.drive,
        chooser: try sensor.chooser(known: dataset.sensor))
    } else {
      try runPCL(read.scan.cloud)
    }
    try source.fail(with: read.damage, verb.console)
  }

  private func runProjector(
    _ cloud: PointCloud, by rule: ImageGeometry.RowRule, drive: String, chooser: SensorChooser
  ) throws {
    var geometry = window.geometry
    geometry.rowRule = rule
    var chooser = chooser
    let table = chooser.sensor(of: cloud, drive: drive)
    verb.console.talk("sensor: \(table?.name ?? "not recognised")")
    let result = try Projector.project(cloud, geometry: geometry, sensor: table)
    if let out {
      try draw(result).write(to: out)
      verb.console.talk("picture: \(out)")
    }
    try say(result.report)
  }

  private func draw(_ projection: Projection) -> Picture {
    var strips = RangeImageStrips(
      rows: projection.image.rows, columns: projection.image.columns,
      cellWidth: projection.image.columns > 1024 ? 1 : 2, cellHeight: 3)
    strips.add(.range(projection.image.range), caption: "range, m")
    strips.add(.intensity(projection.image.intensity), caption: "intensity")
    return strips.picture()
  }

  private func say(_ result: ProjectionReport) throws {
    if verb.json { return try verb.console.data(json: result) }
    try verb.console.data(result.text)
    guard report else { return }
    for (row, validity) in result.validityByRow.enumerated() {
      let bar = String(repeating: "#", count: Int(validity * 40))
      try verb.console.data(String(format: "row %2d  %5.1f %%  ", row, validity * 100) + bar)
    }
  }

  private func runPCL(_ cloud: PointCloud) throws {
    // PCL's image covers the whole sphere; its cells are as wide as the window's.
    let size = window.geometry
    let columns = Int(Double(size.columns) * 360 / size.span)
    guard
      let image = PCLSphericalImage(
        x: cloud.x, y: cloud.y, z: cloud.z, rows: columns / 2, columns: columns)
    else {
      throw ErrorReport(
        status: .mismatch, message: "PCL makes no image of \(columns / 2) x \(columns) cells",
        remedy: "choose another window")
    }
    let seen = image.range.count { $0 > 0 }
    if let out {
      var strips = RangeImageStrips(
        rows: image.rows, columns: image.columns, cellWidth: 1, cellHeight: 1)
      strips.add(.range(image.range), caption: "range by PCL, m")
      try strips.picture().write(to: out)
    }
    struct Report: Encodable {
      var rows: Int
      var columns: Int
      var filledCells: Int
    }
    let result = Report(rows: image.rows, columns: image.columns, filledCells: seen)
    if verb.json { return try verb.console.data(json: result) }
    try verb.console.data("PCL's image: \(image.rows) x \(image.columns), \(seen) cells filled")
  }
}

extension ProjectionReport {
  /// The counts in words.
  var text: String {
    let reasons = outsideByReason
    return """
      points   \(points)
      visible  \(visible)
      shadowed \(shadowed) (share a cell with a nearer point)
      outside  \(outside) (beside \(reasons.beside), above \(reasons.above), below \
      \(reasons.below), between beams \(reasons.between), beyond the range \(reasons.beyond))
      invalid  \(invalid) (no position)
      fill     \(String(format: "%.1f", fill * 100)) % of the cells; rows by \(rowSource.rawValue)
      """
  }
}
