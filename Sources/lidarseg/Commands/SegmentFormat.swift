import ArgumentParser

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
  /// The range image in strips: range, intensity, labels.
  case png
  /// All scans in one MCAP file, as point clouds with label, confidence and colour.
  case mcap
  /// All scans in one stream of points and labels.
  case frames
  /// One line of counts per scan on stdout.
  case jsonl

  /// Whether all scans go into one file, which may be standard output.
  var isOneStream: Bool { self == .mcap || self == .frames }

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
