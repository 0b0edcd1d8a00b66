import Foundation
import PointClouds
import RangeImages

/// A window whose first rows are drawn as text: a letter for each cell, a space for a hole.
struct DrawnWindow {
  /// What a letter stands for.
  struct Cell {
    var range: Double
    var intensity: Float = 0.5
    var id: UInt16 = 99
  }

  static let columns = 32
  /// The raw ids of a car and of background.
  static let (car, background) = (UInt16(10), UInt16(99))

  /// The window; rows that are not drawn are empty, rows end with holes.
  static func image(
    _ drawing: [String], _ legend: [Character: Cell], isLabelled: Bool = true
  ) throws -> RangeImage {
    var (cloud, labels) = (PointCloud(ring: []), [PointLabel]())
    for (row, line) in drawing.enumerated() {
      for (column, letter) in line.enumerated() {
        guard let cell = legend[letter] else { continue }
        let azimuth = (45 - 90 * (Double(column) + 0.5) / Double(columns)) * .pi / 180
        let elevation = -Double(row) * 0.3 * .pi / 180
        cloud.x.append(Float(cell.range * cos(elevation) * cos(azimuth)))
        cloud.y.append(Float(cell.range * cos(elevation) * sin(azimuth)))
        cloud.z.append(Float(cell.range * sin(elevation)))
        cloud.intensity.append(cell.intensity)
        cloud.ring?.append(UInt16(row))
        labels.append(PointLabel(semantic: cell.id))
      }
    }
    let geometry = ImageGeometry(rows: 64, columns: columns, left: 45, right: -45, rowRule: .ring)
    return try Projector.project(cloud, labels: isLabelled ? labels : nil, geometry: geometry).image
  }

  static func labelMap() throws -> LabelMap {
    func item(_ name: String, _ read: LabelClass.ReadIDs, _ id: UInt16) -> LabelClass {
      LabelClass(
        name: name, read: read, write: id, color: LabelColor(red: 0, green: 0, blue: 0))
    }
    return try LabelMap(
      name: "test",
      classes: [
        item("background", .rest, background), item("car", .ids([car]), car),
        item("person", .ids([30]), 30),
      ], ignored: [0])
  }
}
