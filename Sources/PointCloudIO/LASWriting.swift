package import PointClouds

/// Writes LAS files.
package enum LASWriting {
  /// The bytes of a LAS file of a scan.
  ///
  /// Coordinates are stored in steps of 0.1 mm, coarser only beyond 200 km. Intensities from 0 to 1 are
  /// spread over 16 bits, as the specification wants it; others are rounded. Times, where there is no
  /// field `gps_time`, are the seconds of the sweep.
  ///
  /// - Throws: `.unsupported` where a coordinate is not finite, or a class does not fit.
  package static func bytes(
    of scan: Scan, version: LASVersion = .v14
  ) throws(PointCloudIOError) -> [UInt8] {
    let cloud = scan.cloud
    try check(scan, version)
    let axes = [
      LASAxis(cloud.x, origins: cloud.values(of: "origin_x")),
      LASAxis(cloud.y, origins: cloud.values(of: "origin_y")),
      LASAxis(cloud.z, origins: cloud.values(of: "origin_z")),
    ]
    let returns = LASReturns(cloud, most: version.mostReturns)
    let header = LASHeader.bytes(axes, returns, version: version, count: cloud.count)
    var body = [UInt8](repeating: 0, count: version.pointSize * cloud.count)
    func store<Value, Stored: FixedWidthInteger>(
      _ values: [Value]?, at offset: Int, _ transform: (Value) -> Stored
    ) {
      guard let values else { return }
      Columns.store(values, into: &body, offset: offset, step: version.pointSize, transform)
    }
    for (index, axis) in axes.enumerated() { store(axis.raw, at: 4 * index) { $0 } }
    store(intensities(cloud.intensity), at: 12) { $0 }
    let layout = LASPointLayout(format: version.pointFormat)
    guard let layout else { return header }
    store(flags(of: cloud, returns, layout), at: 14) { $0.0 }
    store(flags(of: cloud, returns, layout), at: 15) { $0.1 }
    if version == .v14 {
      store(scan.labels, at: layout.classification) { UInt8($0.semantic) }
      store(cloud.values(of: "scan_angle"), at: layout.angle) {
        ScanRecords.whole($0 / 0.006, as: Int16.self)
      }
    } else {
      let classFlags = cloud.values(of: "class_flags")
      let classes = (0..<cloud.count).map { index in
        UInt8(scan.labels?[index].semantic ?? 0) | byte(classFlags?[index]) << 5
      }
      store(classes, at: layout.classification) { $0 }
      store(cloud.values(of: "scan_angle"), at: layout.angle) {
        ScanRecords.whole($0, as: Int8.self)
      }
    }
    store(cloud.values(of: "user_data"), at: layout.userData) { byte($0) }
    store(cloud.values(of: "point_source_id"), at: layout.source) {
      ScanRecords.whole($0, as: UInt16.self)
    }
    let times = cloud.values(of: "gps_time") ?? cloud.time?.map { Double($0) }
    if let place = layout.time { store(times, at: place) { $0.bitPattern } }
    return header + body
  }

  private static func check(
    _ scan: Scan, _ version: LASVersion
  ) throws(PointCloudIOError) {
    let cloud = scan.cloud
    for index in 0..<cloud.count
    where !(cloud.x[index].isFinite && cloud.y[index].isFinite && cloud.z[index].isFinite) {
      throw PointCloudIOError(
        .unsupported, "point \(index) has a coordinate that is not finite, which LAS cannot hold",
        remedy: "Write it as pcd or ply.")
    }
    if let label = scan.labels?.first(where: { $0.semantic > version.greatestClass }) {
      throw PointCloudIOError(
        .unsupported,
        "class \(label.semantic) is above \(version.greatestClass), the greatest of LAS \(version.rawValue)",
        remedy: "Write classes of another label map, or write pcd or ply.")
    }
  }

  /// Intensities in 16 bits.
  private static func intensities(_ values: [Float]) -> [UInt16] {
    let areShares = values.allSatisfy { (0...1).contains($0) }
    let isSpread = areShares && values.contains { $0 != $0.rounded() }
    return values.map { ScanRecords.whole(Double($0) * (isSpread ? 65_535 : 1), as: UInt16.self) }
  }

  /// The two bytes of returns and flags; in old formats the second is the class and stays 0.
  private static func flags(
    of cloud: PointCloud, _ returns: LASReturns, _ layout: LASPointLayout
  ) -> [(UInt8, UInt8)] {
    let direction = cloud.values(of: "scan_direction")
    let edge = cloud.values(of: "edge_of_line")
    let classFlags = cloud.values(of: "class_flags")
    let channel = cloud.values(of: "scanner_channel")
    return (0..<cloud.count).map { index in
      let line = (byte(direction?[index]) & 1) << 6 | (byte(edge?[index]) & 1) << 7
      let (number, count) = (returns.numbers[index], returns.counts[index])
      guard layout.isExtended else { return (number | count << 3 | line, 0) }
      let flags = byte(classFlags?[index]) & 0x0F | (byte(channel?[index]) & 0x03) << 4
      return (number | count << 4, flags | line)
    }
  }

  private static func byte(_ value: Double?) -> UInt8 {
    ScanRecords.whole(value ?? 0, as: UInt8.self)
  }
}

extension PointCloud {
  /// The values of an extra field, if there is one of this name.
  fileprivate func values(of field: String) -> [Double]? {
    extraFields.first { $0.name == field }?.values
  }
}

/// Which return of its pulse each point is, and of how many.
struct LASReturns {
  let numbers: [UInt8]
  let counts: [UInt8]

  init(_ cloud: PointCloud, most: Int) {
    let numbers = (0..<cloud.count).map { index in
      UInt8(min(most, 1 + Int(cloud.returnIndex?[index] ?? 0)))
    }
    let claimed = cloud.extraFields.first { $0.name == "number_of_returns" }?.values
    self.numbers = numbers
    counts = numbers.indices.map { index in
      let count = ScanRecords.whole(claimed?[index] ?? 0, as: UInt8.self)
      return max(numbers[index], min(UInt8(most), count))
    }
  }
}
