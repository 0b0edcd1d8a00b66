import ArgumentParser
import Foundation
import PointCloudIO
import PointClouds
import Segmentation

/// What `segment` can write.
enum SegmentFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// SemanticKITTI's 32 bits per point.
  case label
  /// How probable each label is, 0 to 1: a 32-bit float per point, little endian.
  case confidence
  /// The points with a field `label` and a field `confidence`.
  case pcd
  case ply
  case npy
  /// One line of counts per scan on stdout.
  case jsonl

  static func parse(_ list: String) throws -> [SegmentFormat] {
    let formats = try list.split(separator: ",").map { word in
      guard let format = SegmentFormat(rawValue: String(word)) else {
        throw ValidationError(
          "--format \(word) is none of \(allValueStrings.joined(separator: ", "))")
      }
      return format
    }
    guard !formats.isEmpty else { throw ValidationError("--format names no format") }
    return formats
  }
}

/// Writes what became of each scan into one folder.
struct SegmentWriter {
  private let folder: URL
  private let formats: [SegmentFormat]
  private let isFlat: Bool

  /// Files lie in the folder itself where `isFlat`, otherwise in one folder per drive.
  init(folder: String, formats: [SegmentFormat], isFlat: Bool) throws {
    self.folder = URL(fileURLWithPath: folder)
    self.formats = formats
    self.isFlat = isFlat
    if formats != [.jsonl] { try OutputFolder.make(self.folder) }
  }

  /// Writes the files of one scan, or its line.
  func write(
    _ result: SegmentedScan, of scan: Scan, drive: String, frame: String
  ) throws {
    precondition(
      result.labels.count == scan.cloud.count,
      "\(result.labels.count) labels for \(scan.cloud.count) points")
    let isInPlace = isFlat || drive.isEmpty
    let place = isInPlace ? folder : folder.appending(path: drive)
    if !isInPlace, formats != [.jsonl] { try OutputFolder.make(place) }
    for format in formats {
      let path = place.appending(path: "\(frame).\(format.rawValue)").path
      switch format {
      case .label: try LabelFile.write(result.labels, to: path)
      case .confidence:
        let bytes = result.confidence.flatMap { value in
          withUnsafeBytes(of: value.bitPattern.littleEndian) { [UInt8]($0) }
        }
        try AtomicFile.write(bytes, to: path)
      case .pcd: try ScanFile.write(labelled(scan.cloud, result), to: path, as: .pcd)
      case .ply: try ScanFile.write(labelled(scan.cloud, result), to: path, as: .ply)
      case .npy: try ScanFile.write(labelled(scan.cloud, result), to: path, as: .squeezeSegNpy)
      case .jsonl: try writeLine(result, drive: drive, frame: frame)
      }
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

  private func writeLine(_ result: SegmentedScan, drive: String, frame: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let line = Line(
      drive: drive, frame: frame, points: result.labels.count,
      unlabelled: result.unlabelledCount, counts: result.classCounts)
    try Console().data(String(decoding: encoder.encode(line), as: UTF8.self))
  }
}
