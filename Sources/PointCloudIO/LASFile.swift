import PointClouds

/// Reads and writes LAS files.
///
/// A file's coordinates are whole numbers, scaled and moved in `Double`: maps reach millions of metres,
/// of which a `Float` keeps no millimetres. So each axis on which a point is further than 4096 m from 0
/// is counted from an origin, a whole number of metres in the middle of the points. The origin is told
/// in a note and kept in the extra fields `origin_x`, `origin_y` and `origin_z`, which writing adds
/// again. Up to 8192 m from it a `Float` is right to half a millimetre; beyond that a note says so.
///
/// Classes are labels, return numbers are counted from 0, and times from the earliest point; the
/// file's own times stay in the extra field `gps_time`. Fields that are 0 everywhere are left out.
enum LASFile {
  static func read(_ file: FileContent) throws(PointCloudIOError) -> ReadScan {
    let header = try LASHeader(file)
    let whole = (file.count - header.pointStart) / header.step
    let count = Int(min(header.claimedCount, UInt64(whole)))
    var damage: PointCloudIOError?
    if UInt64(count) < header.claimedCount {
      let end = header.pointStart + count * header.step
      let error = file.damaged(
        "\(header.claimedCount) points of \(header.step) bytes are claimed, "
          + "\(file.count - header.pointStart) bytes follow", at: end)
      guard count > 0 else { throw error }
      damage = error
    }
    let points = LASPoints(file, header, count: count)
    var notes: [String] = []
    var cloud = PointCloud()
    var origins: [ExtraField] = []
    (cloud.x, cloud.y, cloud.z) = (
      axis(0, points, header, &origins, &notes), axis(1, points, header, &origins, &notes),
      axis(2, points, header, &origins, &notes)
    )
    cloud.intensity = points.values(at: 12) { (value: UInt16) in Float(value) }
    let returns = points.returns()
    if returns.contains(where: { $0 > 1 }) { cloud.returnIndex = returns.map { max(1, $0) - 1 } }
    cloud.extraFields = origins
    if let times = points.times(), times.contains(where: { $0 != 0 }) {
      let start = times.lazy.filter(\.isFinite).min() ?? 0
      cloud.time = times.map { Float($0 - start) }
      cloud.extraFields.append(ExtraField(name: "gps_time", values: times, storage: .float64))
    }
    cloud.extraFields += points.otherFields()
    if header.step > header.layout.count {
      notes.append(
        "\(header.step - header.layout.count) bytes that were added to each point are left out")
    }
    let labels = points.labels()
    return ReadScan(
      scan: Scan(cloud: cloud, labels: labels.allSatisfy { $0 == .unlabelled } ? nil : labels),
      format: .las, path: file.path, damage: damage, notes: notes)
  }

  /// Coordinates on an axis are right to half a millimetre up to here.
  private static let exactReach = 8192.0

  private static func axis(
    _ index: Int, _ points: LASPoints, _ header: LASHeader, _ origins: inout [ExtraField],
    _ notes: inout [String]
  ) -> [Float] {
    let raw = points.values(at: 4 * index) { (value: Int32) in value }
    guard let least = raw.min(), let greatest = raw.max() else { return [] }
    let (scale, offset) = (header.scales[index], header.offsets[index])
    let ends = [least, greatest].map { Double($0) * scale + offset }
    let middle = ((ends[0] + ends[1]) / 2).rounded()
    let isFar = max(abs(ends[0]), abs(ends[1])) > exactReach / 2
    let origin = isFar && middle.isFinite ? middle : 0
    let name = ["x", "y", "z"][index]
    if origin != 0 {
      notes.append(
        "\(name) is counted from \(Int64(exactly: origin).map { "\($0)" } ?? "\(origin)")")
      origins.append(
        ExtraField(
          name: "origin_\(name)", values: Array(repeating: origin, count: raw.count),
          storage: .float64))
    }
    if abs(ends[1] - ends[0]) / 2 > exactReach { notes.append("\(name) is rounded to 32 bits") }
    return raw.map { Float(Double($0) * scale + offset - origin) }
  }
}
