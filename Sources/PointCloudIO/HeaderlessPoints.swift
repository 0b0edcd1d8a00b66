import PointClouds

/// KITTI's and nuScenes's files: records of little-endian `Float32` and nothing else.
///
/// Without a header every value is as good as any other: not-a-number and infinity are kept. Only a
/// length that is no multiple of the record reveals damage.
enum HeaderlessPoints {
  /// Bytes of a point in `format`.
  static func step(of format: ScanFormat) -> Int { format == .nuScenes ? 20 : 16 }

  static func read(_ file: FileContent, as format: ScanFormat) throws(PointCloudIOError) -> ReadScan
  {
    let step = step(of: format)
    let count = file.count / step
    guard count > 0 else {
      let message = "\(file.count) bytes are less than one point of \(step) bytes"
      throw file.damaged(message, at: 0)
    }
    func column(_ index: Int) -> [Float] {
      Columns.floats(file.bytes, offset: 4 * index, step: step, count: count)
    }
    var cloud = PointCloud(x: column(0), y: column(1), z: column(2), intensity: column(3))
    var notes: [String] = []
    if format == .nuScenes {
      let rings = column(4)
      if let whole = ScanAssembly.integers(rings, as: UInt16.self) {
        cloud.ring = whole
      } else {
        notes.append("the fifth value is no beam number everywhere and is kept as field \"ring\"")
        cloud.extraFields = [
          ExtraField(name: "ring", values: rings.map(Double.init), storage: .float32)
        ]
      }
    }
    var result = ReadScan(
      scan: Scan(cloud: cloud), format: format, path: file.path, notes: notes)
    if file.count % step != 0 {
      result.damage = file.damaged(
        "\(file.count % step) bytes after \(count) whole points of \(step) bytes",
        at: count * step)
    }
    return result
  }

  static func write(_ scan: Scan, as format: ScanFormat) throws(PointCloudIOError) -> [UInt8] {
    let cloud = scan.cloud
    var columns = [cloud.x, cloud.y, cloud.z, cloud.intensity]
    if format == .nuScenes {
      let kept = cloud.extraFields.first { $0.name == "ring" }?.values.map { Float($0) }
      guard let rings = cloud.ring?.map({ Float($0) }) ?? kept else {
        throw PointCloudIOError(
          .unsupported, "a nuScenes file holds a beam number for each point, this scan has none",
          remedy: "Write it as kitti-bin, pcd or ply.")
      }
      columns.append(rings)
    }
    let step = 4 * columns.count
    var bytes = [UInt8](repeating: 0, count: step * cloud.count)
    for (index, column) in columns.enumerated() {
      Columns.store(column, into: &bytes, offset: 4 * index, step: step) { $0.bitPattern }
    }
    return bytes
  }
}
