import PointClouds
import RangeImages

/// The kinds of objects that are told apart.
public enum ObjectKind: String, CaseIterable, Codable, Sendable {
  case car
  case person
  case cyclist
}

/// What the statistics see of a range image: row by row, a cell for each direction.
struct Window {
  let rows: Int
  let columns: Int
  /// Metres; 0 where nothing returned.
  let range: [Float]
  /// 0 to 1.
  let intensity: [Float]
  /// The kind of the object that a cell shows; nothing where no labels are known.
  let kinds: [ObjectKind?]?

  init(_ image: RangeImage, intensityMaximum: Float, kindOfID: (UInt16) -> ObjectKind?) {
    rows = image.rows
    columns = image.columns
    range = image.range
    intensity =
      intensityMaximum == 1 ? image.intensity : image.intensity.map { $0 / intensityMaximum }
    kinds = image.labels.map { labels in labels.map { kindOfID($0.semantic) } }
  }

  /// The cells of a row.
  func cells(ofRow row: Int) -> Range<Int> { row * columns..<(row + 1) * columns }

  func isHole(_ cell: Int) -> Bool { range[cell] == 0 }

  /// Whether something returned so weakly that the sensor gave it no intensity.
  func isZero(_ cell: Int) -> Bool { range[cell] > 0 && intensity[cell] == 0 }

  /// Calls `body` with the length of each run of cells along a row for which `belongs` holds.
  func forEachRun(where belongs: (Int) -> Bool, _ body: (Int) -> Void) {
    for row in 0..<rows {
      var length = 0
      for cell in cells(ofRow: row) {
        if belongs(cell) {
          length += 1
        } else if length > 0 {
          body(length)
          length = 0
        }
      }
      if length > 0 { body(length) }
    }
  }
}
