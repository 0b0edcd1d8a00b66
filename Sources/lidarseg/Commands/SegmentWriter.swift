import Foundation
import Pictures
import PointCloudIO
import PointClouds
import Segmentation
import Streams

/// Writes what became of each scan: files in one folder, or one stream on standard output.
///
/// Unchecked `Sendable`: it is used by one thread at a time.
final class SegmentWriter: @unchecked Sendable {
  private let folder: URL
  private let formats: [SegmentFormat]
  private let isFlat: Bool
  private let map: LabelMap
  private let palette: ClassPalette
  private let messages: PointMessages?
  private let frames: AtomicFile?
  private var isFinished = false

  /// Files lie in the folder itself where `isFlat`, otherwise in one folder per drive; the folder `-`
  /// is standard output, for one format that holds all scans.
  init(folder: String, formats: [SegmentFormat], isFlat: Bool, map: LabelMap) throws {
    self.folder = URL(fileURLWithPath: folder)
    self.formats = formats
    self.isFlat = isFlat
    self.map = map
    palette = ClassPalette(map)
    let isOnStandardOutput = folder == "-"
    if !isOnStandardOutput, formats != [.jsonl] { try OutputFolder.make(self.folder) }
    func file(_ format: SegmentFormat, in folder: URL) throws -> AtomicFile? {
      guard formats.contains(format) else { return nil }
      if isOnStandardOutput { return AtomicFile.standardOutput() }
      return try AtomicFile(path: folder.appending(path: "segmented.\(format.rawValue)").path)
    }
    messages = try file(.mcap, in: self.folder).map {
      try PointMessages($0, topic: "/segmented", map: map)
    }
    frames = try file(.frames, in: self.folder)
  }

  /// Writes the files of one scan, or adds it to those of all.
  func write(_ result: SegmentedScan, of scan: Scan, _ name: ScanName) throws {
    precondition(
      result.labels.count == scan.cloud.count,
      "\(result.labels.count) labels for \(scan.cloud.count) points")
    for format in formats {
      switch format {
      case .label: try LabelFile.write(result.labels, to: path(format, name))
      case .confidence: try AtomicFile.write(bytes(result.confidence), to: path(format, name))
      case .pcd: try ScanFile.write(labelled(scan.cloud, result), to: path(format, name), as: .pcd)
      case .ply: try ScanFile.write(labelled(scan.cloud, result), to: path(format, name), as: .ply)
      case .npy:
        try ScanFile.write(
          labelled(scan.cloud, result), to: path(format, name), as: .squeezeSegNpy)
      case .png:
        let strips = RangeImageStrips(
          of: result, classes: result.labels.map(palette.position), palette)
        try strips.picture().write(to: path(format, name))
      case .mcap:
        try messages?.write(
          Scan(cloud: scan.cloud, labels: result.labels), name, confidences: result.confidence)
      case .frames:
        try frames?.write(
          FrameSweeps.bytes(of: scan.cloud, labels: result.labels, time: name.time))
      case .jsonl: try writeLine(result, name)
      }
    }
  }

  /// Ends the files that hold all scans; without it they do not appear.
  func finish() throws {
    guard !isFinished else { return }
    isFinished = true
    try messages?.finish()
    try frames?.finish()
  }

  /// The file of a scan, in a folder that is there.
  private func path(_ format: SegmentFormat, _ name: ScanName) throws -> String {
    let isInPlace = isFlat || name.drive.isEmpty
    let place = isInPlace ? folder : folder.appending(path: name.drive)
    if !isInPlace { try OutputFolder.make(place) }
    return place.appending(path: "\(name.frame).\(format.rawValue)").path
  }

  private func bytes(_ values: [Float]) -> [UInt8] {
    values.flatMap { value in
      withUnsafeBytes(of: value.bitPattern.littleEndian) { [UInt8]($0) }
    }
  }

  private func labelled(_ cloud: PointCloud, _ result: SegmentedScan) -> Scan {
    var cloud = cloud
    cloud.extraFields.removeAll { $0.name == "confidence" }
    cloud.extraFields.append(
      ExtraField(
        name: "confidence", values: result.confidence.map(Double.init), storage: .float32))
    return Scan(cloud: cloud, labels: result.labels)
  }

  private struct Line: Encodable {
    var drive: String
    var frame: String
    var points: Int
    var unlabelled: Int
    var counts: [Int]
  }

  private func writeLine(_ result: SegmentedScan, _ name: ScanName) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let line = Line(
      drive: name.drive, frame: name.frame, points: result.labels.count,
      unlabelled: result.unlabelledCount, counts: result.classCounts)
    try Console().data(String(decoding: encoder.encode(line), as: UTF8.self))
  }
}
