import Datasets
import PointClouds
import RangeImages

/// What was counted under one protocol, of one scan or of many.
struct ProtocolCount: Equatable, Sendable, Codable {
  var counts = PointCounts()
  /// One entry per scan, so that scans and drives can be resampled.
  var scans: [ScanMatrix] = []
  /// One per range.
  var ranges: [ConfusionMatrix]
  var coverage: CoverageCount
  var calibration: CalibrationCount
  var objects: ObjectCount
  var pixels: VariantCount
  var vansIgnored: VariantCount
  var shellIgnored: VariantCount

  /// The matrix of one scan.
  struct ScanMatrix: Equatable, Sendable, Codable {
    var drive: String
    var frame: String
    var matrix: ConfusionMatrix
  }

  /// Nothing counted yet.
  init(_ item: EvaluationProtocol, classes: [String]) {
    let matrix = ConfusionMatrix(classes: classes)
    ranges = Array(repeating: matrix, count: item.rangeCount)
    coverage = CoverageCount(classCount: classes.count)
    calibration = CalibrationCount(classCount: classes.count)
    objects = ObjectCount(classCount: classes.count, rangeCount: item.rangeCount)
    pixels = VariantCount(classes: classes)
    vansIgnored = pixels
    shellIgnored = pixels
  }

  /// Adds a scan that `EvaluatedScan.check()` has passed; `places` are those of its boxes.
  mutating func add(
    _ scan: EvaluatedScan, places: BoxPlaces?, under item: EvaluationProtocol, labelMap: LabelMap
  ) {
    let classes = labelMap.classes.map(\.name)
    let points = ScoredPoints(scan, under: item, labelMap: labelMap)
    counts += points.counts
    scans.append(
      ScanMatrix(drive: scan.drive, frame: scan.frame, matrix: points.matrix(classes)))
    let rangeOfPoint = points.ranges.map { EvaluationProtocol.rangePosition($0) }
    for range in ranges.indices {
      ranges[range] += points.matrix(classes) { rangeOfPoint[$0] == range }
    }
    if let boxes = scan.boxes, let places {
      objects.add(points, boxes, places, labelMap: labelMap)
      let isVan = boxes.map { $0.kind == .van }
      vansIgnored.add(
        points.matrix(classes) { places.owners[$0] < 0 || !isVan[places.owners[$0]] })
      shellIgnored.add(points.matrix(classes) { !places.isUnsure[$0] })
    }
    if let image = scan.image {
      coverage.add(points, fates: image.projection.fates)
      calibration.add(points, image)
      pixels.add(image.pixels(truth: scan.truth, under: item, labelMap: labelMap))
    }
  }

  static func += (sum: inout Self, other: Self) {
    sum.counts += other.counts
    sum.scans += other.scans
    for index in sum.ranges.indices { sum.ranges[index] += other.ranges[index] }
    sum.coverage += other.coverage
    sum.calibration += other.calibration
    sum.objects += other.objects
    sum.pixels += other.pixels
    sum.vansIgnored += other.vansIgnored
    sum.shellIgnored += other.shellIgnored
  }

  /// The scans by drive and frame, whatever the order of counting was.
  var sortedScans: [ScanMatrix] {
    scans.sorted { ($0.drive, $0.frame) < ($1.drive, $1.frame) }
  }

  /// The matrices of the drives, in the order of their names.
  var drives: [(name: String, scans: Int, matrix: ConfusionMatrix)] {
    Dictionary(grouping: scans, by: \.drive).sorted { $0.key < $1.key }.map { name, scans in
      (name, scans.count, scans.map(\.matrix).sum ?? ConfusionMatrix(classes: []))
    }
  }
}

extension [ConfusionMatrix] {
  /// The sum of the matrices, or nothing of nothing.
  var sum: ConfusionMatrix? {
    first.map { first in dropFirst().reduce(into: first) { $0 += $1 } }
  }
}
