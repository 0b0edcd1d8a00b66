import Pictures
import PointClouds
import RangeImages

/// The range image of a scan with truth, prediction and errors, cell by cell.
struct ScanPicture: Sendable {
  private let rows: Int
  private let columns: Int
  private let palette: [ClassStyle]
  private let truth: [UInt8]
  private let prediction: [UInt8]
  private let errors: [UInt8]

  /// What became of a point, in the order of `errorStyles`.
  private enum Verdict: UInt8 {
    case notScored = 0
    case right = 1
    /// An object that was taken for the rest.
    case missed = 2
    /// The rest that was taken for an object.
    case invented = 3
    /// An object that was taken for another.
    case confused = 4
  }

  private static let errorStyles = [
    ClassStyle(name: "not scored", color: RGB(0x2A_313B)),
    ClassStyle(name: "right", color: RGB(0x4D_6B5C)),
    ClassStyle(name: "missed", color: RGB(0xFF_4D4D)),
    ClassStyle(name: "invented", color: RGB(0xFF_C24D)),
    ClassStyle(name: "confused", color: RGB(0xE0_6BFF)),
  ]

  init(
    _ scan: EvaluatedScan, _ projection: Projection, _ points: ScoredPoints, _ labelMap: LabelMap
  ) {
    let image = projection.image
    let palette = ClassPalette(labelMap)
    (rows, columns, self.palette) = (image.rows, image.columns, palette.styles)
    func cells(_ value: (Int) -> UInt8) -> [UInt8] {
      image.pointIndex.map { $0 < 0 ? RangeImageStrips.Content.emptyCell : value(Int($0)) }
    }
    truth = cells { palette.position(of: scan.truth[$0]) }
    prediction = cells { palette.position(of: scan.prediction[$0]) }
    errors = cells {
      Self.verdict(points.truth[$0], points.prediction[$0], rest: labelMap.restPosition).rawValue
    }
  }

  private static func verdict(_ truth: Int, _ prediction: Int, rest: Int?) -> Verdict {
    if truth == ScoredPoints.none { return .notScored }
    if truth == prediction { return .right }
    if prediction == ScoredPoints.none || prediction == rest { return .missed }
    return truth == rest ? .invented : .confused
  }

  /// One strip under the other.
  func picture() -> Picture {
    var strips = RangeImageStrips(
      rows: rows, columns: columns, cellWidth: columns > 1024 ? 1 : 2, cellHeight: 2)
    strips.add(.classes(truth, palette), caption: "truth")
    strips.add(.classes(prediction, palette), caption: "prediction")
    strips.add(.classes(errors, Self.errorStyles), caption: "errors")
    return strips.picture()
  }
}
