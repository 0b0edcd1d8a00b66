#if Simulator
import Datasets
import Pictures
import PointCloudIO
import PointClouds
import RangeImages
import Sensors

/// Simulated scans above recorded ones, each as strips of range, intensity and labels.
struct SimulationPreview {
  /// The folder of a simulation.
  var simulated: String
  /// Recorded scans in any known layout.
  var recorded: String?
  /// The sensor of the simulation; recorded scans are recognised.
  var sensor: SensorTable

  /// Scans of each kind.
  private static let count = 2

  /// Draws the picture.
  func write(to path: String) throws {
    let geometry = ImageGeometry(
      rows: sensor.beams.count, columns: 512, left: 45, right: -45, rowRule: .ring)
    let palette = ClassPalette(try LabelMap.bundled("nineteen-classes"))
    var strips = RangeImageStrips(
      rows: geometry.rows, columns: geometry.columns,
      cellWidth: 3,
      cellHeight: max(4, 256 / geometry.rows))
    for scan in try spread(simulated) {
      try add(scan, "simulated \(scan.drive)", sensor, geometry, palette, to: &strips)
    }
    if let recorded {
      for scan in try spread(recorded) {
        try add(scan, "recorded \(scan.frame)", nil, geometry, palette, to: &strips)
      }
    }
    try strips.picture().write(to: path)
  }

  /// Some scans from the whole length of a data set.
  private func spread(_ path: String) throws -> [DatasetScan] {
    let scans = try Dataset.open(path: path).scans
    let count = min(Self.count, scans.count)
    return (0..<count).map { scans[$0 * scans.count / count] }
  }

  private func add(
    _ name: DatasetScan, _ caption: String, _ sensor: SensorTable?, _ geometry: ImageGeometry,
    _ palette: ClassPalette, to strips: inout RangeImageStrips
  ) throws {
    let scan = try name.read().scan
    let labels = try name.labels(of: scan)
    let projection = try Projector.project(
      scan.cloud, labels: labels, geometry: geometry,
      sensor: sensor ?? SensorRecognition.recognise(scan.cloud)?.sensor)
    let image = projection.image
    strips.add(.range(image.range), caption: "\(caption), range, m")
    strips.add(.intensity(image.intensity), caption: "intensity")
    guard let labels else { return }
    let cells = image.pointIndex.map { index in
      index >= 0 ? palette.position(of: labels[Int(index)]) : RangeImageStrips.Content.emptyCell
    }
    strips.add(.classes(cells, palette.styles), caption: "labels")
  }
}
#endif
