public import PointClouds

extension PointCloud2Message {
  /// The points, with their labels where there is a field of that name.
  ///
  /// Fields are found by their names, in any order, of any type, aligned or not:
  ///
  /// - `x`, `y`, `z`: metres;
  /// - `intensity`, `i`, `reflectivity`, `reflectance`, `remission`: the first of them, else 0;
  /// - `ring`, `channel`, `laser_id`: the beam;
  /// - `time`, `t`, `timestamp`, `time_stamp`, `offset_time`: whole numbers are nanoseconds, others
  ///   seconds, or nanoseconds where they spread over more than 1000; 64-bit ones count from the
  ///   earliest point;
  /// - `return`, `return_index`, and `label`.
  ///
  /// All others are extra fields, and so are times that 32 bits of seconds do not hold. A field of
  /// several values becomes as many, named `NAME_0` and so on.
  ///
  /// - Throws: `.damaged` where points or fields reach beyond the data; `.unsupported` where there
  ///   are no coordinates.
  public func scan() throws(RecordingsError) -> Scan {
    let columns = try PointColumns(self)
    if columns.count == 0, columns.columns.isEmpty { return Scan(cloud: PointCloud()) }
    return try PointAssembly(columns).scan
  }
}

/// Makes a scan of columns: finds those that a point cloud names, and keeps the others.
private struct PointAssembly {
  private(set) var scan: Scan
  private let points: PointColumns

  private static let intensityNames = [
    "intensity", "i", "reflectivity", "reflectance", "remission",
  ]

  init(_ points: PointColumns) throws(RecordingsError) {
    var columns = points.columns
    func take(_ names: [String]) -> PointColumns.Column? {
      for name in names {
        if let index = columns.firstIndex(where: { $0.name.lowercased() == name }) {
          return columns.remove(at: index)
        }
      }
      return nil
    }
    var axes: [[Float]] = []
    for name in ["x", "y", "z"] {
      guard let column = take([name]) else {
        throw RecordingsError(
          .unsupported, "the points have no field \"\(name)\"",
          remedy: "Choose a topic whose points have x, y and z.")
      }
      axes.append(points.floats(column))
    }
    let intensity = take(Self.intensityNames).map { points.floats($0) }
    scan = Scan(
      cloud: PointCloud(
        x: axes[0], y: axes[1], z: axes[2],
        intensity: intensity ?? [Float](repeating: 0, count: points.count)))
    self.points = points
    for column in columns { keep(column) }
  }

  /// Gives a column its role in the cloud where it has one that its values allow, else keeps it.
  private mutating func keep(_ column: PointColumns.Column) {
    let values = points.doubles(column)
    switch column.name.lowercased() {
    case "ring", "channel", "laser_id":
      if scan.cloud.ring == nil, let rings = Self.integers(values, as: UInt16.self) {
        scan.cloud.ring = rings
        return
      }
    case "return", "return_index":
      if scan.cloud.returnIndex == nil, let indices = Self.integers(values, as: UInt8.self) {
        scan.cloud.returnIndex = indices
        return
      }
    case "label":
      if scan.labels == nil, let labels = Self.integers(values, as: UInt32.self) {
        scan.labels = labels.map { PointLabel(rawValue: $0) }
        return
      }
    case "time", "t", "timestamp", "time_stamp", "offset_time":
      if scan.cloud.time == nil {
        let times = PointTimes(values, column.storage)
        scan.cloud.time = times.seconds
        if times.isExact { return }
      }
    default: break
    }
    scan.cloud.extraFields.append(
      ExtraField(
        name: column.name, values: values, storage: column.isColour ? .uint32 : column.storage))
  }

  /// The values as integers, or nothing where one is none or does not fit.
  private static func integers<Whole: FixedWidthInteger>(
    _ values: [Double], as type: Whole.Type
  ) -> [Whole]? {
    var wholes: [Whole] = []
    wholes.reserveCapacity(values.count)
    for value in values {
      guard let whole = Whole(exactly: value) else { return nil }
      wholes.append(whole)
    }
    return wholes
  }
}
