import PCLBridge
import PointClouds

/// Makes a scan of records: finds the fields that a point cloud names, and keeps the others.
struct ScanAssembly {
  private(set) var scan: Scan
  private(set) var notes: [String] = []

  /// A value of every record under its name.
  fileprivate struct Column {
    var name: String
    var element: PCLElement
    var offset: Int
  }

  init(
    _ records: PCLRecords, layout: RecordLayout, file: FileContent
  ) throws(PointCloudIOError) {
    var columns: [Column] = []
    for (field, place) in zip(layout.fields, records.fields) where field.name != "_" {
      for index in 0..<field.count {
        columns.append(
          Column(
            name: field.count == 1 ? field.name : "\(field.name)_\(index)",
            element: field.element, offset: place.offset + index * field.element.size))
      }
    }
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
      guard let column = take([name]) else {
        throw file.unsupported(
          "the points have no field \"\(name)\"", at: 0,
          remedy: "Name the coordinates x, y and z.")
      }
      if column.element != .float32 { notes.append("\(name) is rounded to 32 bits") }
      axes.append(Self.floats(records, column))
    }
    let intensity = take(Self.intensityNames)
    if intensity == nil { notes.append("the points have no intensity: it is taken as 0") }
    scan = Scan(
      cloud: PointCloud(
        x: axes[0], y: axes[1], z: axes[2],
        intensity: intensity.map { Self.floats(records, $0) }
          ?? [Float](repeating: 0, count: records.count)))
    for column in columns { keep(column, records) }
  }

  private static let intensityNames = [
    "intensity", "i", "reflectivity", "reflectance", "remission", "scalar_intensity",
  ]

  /// Gives a field its role in the cloud where it has one that its values allow, else keeps it.
  private mutating func keep(_ column: Column, _ records: PCLRecords) {
    let values = Self.doubles(records, column)
    switch column.name.lowercased() {
    case "ring", "channel":
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
    case "time", "t", "timestamp", "time_stamp":
      if scan.cloud.time == nil {
        scan.cloud.time = Self.seconds(values, column.element)
        // Seconds in 32 bits: nothing else to keep.
        if column.element == .float32 { return }
        notes.append("\(column.name) gives each point's time and is kept as it is, too")
      }
    default: break
    }
    if column.element == .int64 || column.element == .uint64 {
      notes.append("\(column.name) is kept as float64")
    }
    scan.cloud.extraFields.append(
      ExtraField(name: column.name, values: values, storage: column.storage))
  }

  /// Integers are nanoseconds, numbers of 64 bits seconds of a clock that started long before.
  private static func seconds(_ values: [Double], _ element: PCLElement) -> [Float] {
    switch element {
    case .float32: return values.map { Float($0) }
    case .uint32, .int32, .uint16, .int16, .uint8, .int8: return values.map { Float($0 * 1e-9) }
    case .float64, .int64, .uint64:
      let start = values.lazy.filter(\.isFinite).min() ?? 0
      let unit = element == .float64 ? 1 : 1e-9
      return values.map { Float(($0 - start) * unit) }
    }
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

  private static func floats(_ records: PCLRecords, _ column: Column) -> [Float] {
    guard column.element == .float32 else { return doubles(records, column).map { Float($0) } }
    return Columns.floats(
      records.bytes, offset: column.offset, step: records.step, count: records.count)
  }

  private static func doubles(_ records: PCLRecords, _ column: Column) -> [Double] {
    func values<Stored: FixedWidthInteger>(_ transform: (Stored) -> Double) -> [Double] {
      Columns.column(
        records.bytes, offset: column.offset, step: records.step, count: records.count, transform)
    }
    switch column.element {
    case .int8: return values { (value: Int8) in Double(value) }
    case .uint8: return values { (value: UInt8) in Double(value) }
    case .int16: return values { (value: Int16) in Double(value) }
    case .uint16: return values { (value: UInt16) in Double(value) }
    case .int32: return values { (value: Int32) in Double(value) }
    case .uint32: return values { (value: UInt32) in Double(value) }
    case .int64: return values { (value: Int64) in Double(value) }
    case .uint64: return values { (value: UInt64) in Double(value) }
    case .float32 where column.isColour: return values { (value: UInt32) in Double(value) }
    case .float32: return values { (value: UInt32) in Double(Float(bitPattern: value)) }
    case .float64: return values { (value: UInt64) in Double(bitPattern: value) }
    }
  }
}

extension ScanAssembly.Column {
  /// Whether the bits are a colour that PCD files call a float: as a number it might be changed.
  fileprivate var isColour: Bool {
    element == .float32 && (name.lowercased() == "rgb" || name.lowercased() == "rgba")
  }

  fileprivate var storage: ExtraField.Storage {
    switch element {
    case .int8: .int8
    case .uint8: .uint8
    case .int16: .int16
    case .uint16: .uint16
    case .int32: .int32
    case .uint32: .uint32
    case .float32: isColour ? .uint32 : .float32
    case .float64, .int64, .uint64: .float64
    }
  }
}
