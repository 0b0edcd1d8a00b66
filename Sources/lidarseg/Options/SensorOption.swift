import ArgumentParser
import Exchange
import Foundation
import PointClouds
import RangeImages
import Sensors

/// Which sensor measured the scans.
struct SensorOption: ParsableArguments {
  @Option(
    help: "A sensor's name, a sensor file, or auto: recognised from the points.",
    completion: .file())
  var sensor = "auto"

  /// Says the sensor of a scan; `known` is what the data set names, if it does.
  func chooser(known: String? = nil) throws -> SensorChooser {
    if sensor == "auto" { return SensorChooser(fixed: try known.map(Self.table(named:))) }
    return SensorChooser(fixed: try Self.table(named: sensor))
  }

  /// The sensor that was named, if one was.
  func named() throws -> SensorTable? { sensor == "auto" ? nil : try Self.table(named: sensor) }

  /// The sensor that is named; where none is, a known one with as many beams as a model's images have rows: KITTI's,
  /// or the first.
  static func table(named name: String?, for model: Model) throws -> SensorTable {
    if let name { return try table(named: name) }
    let (catalogue, rows) = (SensorCatalogue.bundled, model.description.geometry.rows)
    let tables = try [catalogue.named("hdl64e-kitti")] + catalogue.tables
    guard let table = tables.first(where: { $0.beams.count == rows }) else {
      throw ErrorReport(
        status: .usage, message: "no sensor that is known has \(rows) beams, as the model's images",
        remedy: "name the scans' sensor by --sensor, a known name or a file")
    }
    return table
  }

  /// The table of a known sensor, or in a sensor file.
  static func table(named name: String) throws -> SensorTable {
    name.hasSuffix(".yaml") || name.hasSuffix(".yml")
      ? try SensorCatalogue.load(path: name) : try SensorCatalogue.bundled.named(name)
  }
}

/// Says which sensor measured a scan: the one that was named, or the one that its points fit.
///
/// Scans of one drive have one sensor, so it is recognised once for each drive.
struct SensorChooser {
  private let fixed: SensorTable?
  private var recognised: [String: SensorTable] = [:]

  init(fixed: SensorTable?) {
    self.fixed = fixed
  }

  mutating func sensor(of cloud: PointCloud, drive: String) -> SensorTable? {
    if let known = fixed ?? recognised[drive] { return known }
    let sensor = SensorRecognition.recognise(cloud)?.sensor
    recognised[drive] = sensor
    return sensor
  }
}
