package import PointClouds

/// One value of every point under its name, as a reader found it in its file or message.
package protocol PointColumn {
  /// The field's name.
  var name: String { get }
  /// How one value is kept where the point cloud has no place of its own for it.
  var storage: ExtraField.Storage { get }
  /// Whether the values are whole numbers of 64 bits, which `storage` has no case for.
  var isWide: Bool { get }
  /// The numbers; a colour that is called a float keeps its bits.
  func doubles() -> [Double]
  /// The numbers, rounded where a `Float` does not hold them.
  func floats() -> [Float]
}

/// Makes a scan of columns: finds those that a point cloud names, and keeps the others.
///
/// Fields are found by their names, in any order and of any type:
///
/// - `x`, `y`, `z`: metres;
/// - `intensity`, `i`, `reflectivity`, `reflectance`, `remission`, `scalar_intensity`: the first of
///   them, else 0;
/// - `ring`, `channel`, `laser_id`: the beam;
/// - `time`, `t`, `timestamp`, `time_stamp`, `offset_time`: see `PointTimes`;
/// - `return`, `return_index`, and `label`.
///
/// All others are extra fields, and so are times that 32 bits of seconds do not hold.
package struct ScanAssembly {
  /// The points, with their labels where there is a field of that name.
  package private(set) var scan: Scan
  /// What a user may want to know of what was done.
  package private(set) var notes: [String] = []

  /// There is no field with this coordinate.
  package struct MissingCoordinate: Error {
    /// `x`, `y` or `z`.
    package var name: String
  }

  private static let intensityNames = [
    "intensity", "i", "reflectivity", "reflectance", "remission", "scalar_intensity",
  ]

  /// A scan of `count` points.
  ///
  /// - Throws: the coordinate that no column has.
  package init<Column: PointColumn>(
    _ all: [Column], count: Int
  ) throws(MissingCoordinate) {
    var columns = all
    func take(_ names: [String]) -> Column? {
      for name in names {
        if let index = columns.firstIndex(where: { $0.name.lowercased() == name }) {
          return columns.remove(at: index)
        }
      }
      return nil
    }
    var axes: [[Float]] = []
    for name in ["x", "y", "z"] {
      guard let column = take([name]) else { throw MissingCoordinate(name: name) }
      if column.isWide || column.storage != .float32 {
        notes.append("\(name) is rounded to 32 bits")
      }
      axes.append(column.floats())
    }
    let intensity = take(Self.intensityNames)
    if intensity == nil { notes.append("the points have no intensity: it is taken as 0") }
    scan = Scan(
      cloud: PointCloud(
        x: axes[0], y: axes[1], z: axes[2],
        intensity: intensity?.floats() ?? [Float](repeating: 0, count: count)))
    for column in columns { keep(column) }
  }

  /// Gives a column its role in the cloud where it has one that its values allow, else keeps it.
  private mutating func keep(_ column: some PointColumn) {
    let values = column.doubles()
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
        let times = PointTimes(values, column.storage, isWide: column.isWide)
        scan.cloud.time = times.seconds
        if times.isExact { return }
        notes.append("\(column.name) gives each point's time and is kept as it is, too")
      }
    default: break
    }
    if column.isWide { notes.append("\(column.name) is kept as float64") }
    scan.cloud.extraFields.append(
      ExtraField(name: column.name, values: values, storage: column.storage))
  }

  /// The values as integers, or nothing where one is none or does not fit.
  static func integers<Value: BinaryFloatingPoint, Whole: FixedWidthInteger>(
    _ values: [Value], as type: Whole.Type
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
