import Datasets
import Foundation
import PointCloudIO
import PointClouds
import Recordings

/// Writes scans in another format, one after the other, and counts what it wrote.
struct ConvertWriter {
  let target: ConvertTarget
  let encoding: ScanEncoding
  let out: URL
  /// How labels are changed on the way.
  let translation: LabelTranslation?
  /// Writes range images; only for `npy`.
  private var image: ConvertImage?
  private let messages: PointMessages?
  private var unknownLabels: LabelTranslation.UnknownCounts = [:]
  /// What was written, and what was not.
  var report = ConvertReport()

  init(
    _ target: ConvertTarget, encoding: ScanEncoding, out: URL, translation: LabelTranslation?,
    image: ConvertImage?
  ) throws {
    (self.target, self.encoding, self.out) = (target, encoding, out)
    (self.translation, self.image) = (translation, image)
    messages = try target.whole(in: out).map { whole in
      try OutputFolder.make(whole.deletingLastPathComponent())
      return try PointMessages(AtomicFile(path: whole.path), topic: "/points", map: nil)
    }
  }

  /// Writes a scan, its labels before its points, whose file says that the scan is complete.
  mutating func write(_ scan: Scan, _ name: ScanName) throws {
    var scan = scan
    if let translation {
      scan.labels = scan.labels.map { translation.translate($0, unknown: &unknownLabels) }
    }
    if let path = target.labels(of: name, in: out), let labels = scan.labels {
      try OutputFolder.make(path.deletingLastPathComponent())
      try LabelFile.write(labels, to: path.path)
    }
    if let points = target.points(of: name, in: out) {
      try OutputFolder.make(points.deletingLastPathComponent())
      if image != nil {
        try image?.write(scan, drive: name.drive, to: points.path, unknown: &unknownLabels)
      } else if let format = target.format {
        try ScanFile.write(scan, to: points.path, as: format, encoding: encoding)
      }
    }
    try messages?.write(scan, name)
    report.scans += 1
    report.points += scan.cloud.count
    report.labelledPoints += scan.labels?.count { $0.semantic != 0 } ?? 0
    report.lostFields = Set(report.lostFields + target.lost(of: scan)).sorted()
  }

  /// Ends the file that holds all scans; without it that does not appear.
  mutating func finish() throws {
    try messages?.finish()
    report.set(unknown: unknownLabels)
    report.image = image?.count
  }
}
