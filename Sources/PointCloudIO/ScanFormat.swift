public import PointClouds

/// File formats that hold one scan.
public enum ScanFormat: String, CaseIterable, Sendable {
  /// KITTI's and SemanticKITTI's headerless points: x, y, z, intensity, little-endian `Float32`.
  case kittiBin = "kitti-bin"
  /// The headerless points of nuScenes: x, y, z, intensity, ring, little-endian `Float32`.
  case nuScenes = "nuscenes"
  /// SqueezeSeg's arrays of shape [H, W, 6] or [H, W, 5]: x, y, z, intensity, depth, label.
  /// Also arrays [N, C] of points, which is what is written.
  case squeezeSegNpy = "npy"
  /// Point Cloud Data files, in any of their three encodings.
  case pcd
  /// Polygon files with a `vertex` element.
  case ply
  /// LAS files, versions 1.0 to 1.4, without compression; LAS 1.4 is written.
  case las

  /// Names what writing `scan` in this format would leave out; nothing where it keeps everything.
  public func lost(of scan: Scan) -> [String] {
    let cloud = scan.cloud
    let ring = cloud.ring == nil ? [] : ["ring"]
    let times = (cloud.time == nil ? [] : ["time"]) + (cloud.returnIndex == nil ? [] : ["return"])
    let labels = scan.labels == nil ? [] : ["label"]
    let extra = cloud.extraFields.map(\.name)
    switch self {
    case .kittiBin: return ring + times + labels + extra
    case .nuScenes:
      let isKept: (String) -> Bool = { cloud.ring == nil && $0 == "ring" }
      return times + labels + extra.filter { !isKept($0) }
    case .squeezeSegNpy: return ring + times + extra
    case .pcd, .ply: return []
    case .las:
      let instances =
        scan.labels?.contains { $0.instance != 0 } == true ? ["instance"] : []
      return ring + instances + extra.filter { !Self.fieldsOfLAS.contains($0) }
    }
  }
}

extension ScanFormat {
  /// Extra fields that a LAS file has a place for.
  private static let fieldsOfLAS: Set<String> = [
    "origin_x", "origin_y", "origin_z", "gps_time", "number_of_returns", "scan_direction",
    "edge_of_line", "class_flags", "scanner_channel", "scan_angle", "user_data",
    "point_source_id",
  ]
}

/// How a PCD or PLY file stores its points; the other formats have one way only.
public enum ScanEncoding: String, CaseIterable, Sendable {
  /// Numbers as text, with enough digits to read the same numbers back.
  case ascii
  /// Records of bytes, little-endian.
  case binary
  /// Columns compressed with LZF; PCD only.
  case binaryCompressed = "binary_compressed"
}

/// A scan as read from a file, with what the reader had to say about it.
public struct ReadScan: Sendable {
  /// The points that could be read, with their labels where the file has them.
  public var scan: Scan
  /// The file's format.
  public var format: ScanFormat
  /// The file.
  public var path: String
  /// What is broken in the file, where its format reveals that and some points could be read.
  public var damage: PointCloudIOError?
  /// What a user may want to know: values that were assumed, rounded or left out.
  public var notes: [String]

  /// A scan and what is known of its file.
  public init(
    scan: Scan, format: ScanFormat, path: String, damage: PointCloudIOError? = nil,
    notes: [String] = []
  ) {
    self.scan = scan
    self.format = format
    self.path = path
    self.damage = damage
    self.notes = notes
  }
}
