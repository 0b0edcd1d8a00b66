public import PointClouds

/// How a class is written into a message of points.
public enum LabelWidth: String, CaseIterable, Sendable {
  /// The class alone, in 16 bits.
  case uint16
  /// The class in the low and the instance in the high 16 bits.
  case uint32
}

extension PointCloud2Message {
  /// A message of a scan's points with every field they have.
  ///
  /// Fields are `x`, `y`, `z`, `intensity`, and where the scan has them `ring`, `time`, `return`,
  /// `label`, `confidence`, `rgb`, and the extra fields, except those whose name is taken. Each lies
  /// at a multiple of its size. `rgb` is a float whose bits are 0x00RRGGBB, as Foxglove, RViz and
  /// PCL expect it.
  ///
  /// - Parameters:
  ///   - scan: The points, with their labels if there are any.
  ///   - header: When and in which frame they were measured.
  ///   - confidences: For each point how sure its label is, 0 to 1.
  ///   - colors: For each point what it is drawn in.
  ///   - labelWidth: Whether instances are written, too.
  /// - Precondition: confidences and colours, if any, are as many as points.
  public init(
    _ scan: Scan, header: MessageHeader = MessageHeader(), confidences: [Float]? = nil,
    colors: [LabelColor]? = nil, labelWidth: LabelWidth = .uint32
  ) {
    let cloud = scan.cloud
    for (what, count) in [("confidences", confidences?.count), ("colours", colors?.count)] {
      precondition(
        count == nil || count == cloud.count, "\(count ?? 0) \(what) for \(cloud.count) points")
    }
    var records = PointRecords(count: cloud.count)
    for (name, axis) in [("x", cloud.x), ("y", cloud.y), ("z", cloud.z)] { records.add(axis, name) }
    records.add(cloud.intensity, "intensity")
    if let ring = cloud.ring { records.add(ring.map { Double($0) }, "ring", .uint16) }
    if let time = cloud.time { records.add(time, "time") }
    if let index = cloud.returnIndex { records.add(index.map { Double($0) }, "return", .uint8) }
    if let labels = scan.labels {
      switch labelWidth {
      case .uint16: records.add(labels.map { Double($0.semantic) }, "label", .uint16)
      case .uint32: records.add(labels.map { Double($0.rawValue) }, "label", .uint32)
      }
    }
    if let confidences { records.add(confidences, "confidence") }
    if let colors { records.add(colors.map { Float(bitPattern: $0.packed) }, "rgb") }
    for field in cloud.extraFields { records.add(field.values, field.name, field.storage) }
    let (fields, step, data) = records.laidOut()
    self.init(
      header: header, height: 1, width: cloud.count, fields: fields, pointStep: step,
      rowStep: step * cloud.count, data: data,
      isDense: (0..<cloud.count).allSatisfy {
        cloud.x[$0].isFinite && cloud.y[$0].isFinite && cloud.z[$0].isFinite
      })
  }
}

extension LabelColor {
  /// The bits 0x00RRGGBB.
  fileprivate var packed: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }
}

/// Columns on their way into records of bytes.
private struct PointRecords {
  private enum Values {
    case floats([Float])
    case numbers([Double])
  }

  private let count: Int
  private var columns: [(name: String, storage: ExtraField.Storage, values: Values)] = []

  init(count: Int) {
    self.count = count
  }

  mutating func add(_ values: [Float], _ name: String) {
    columns.append((name, .float32, .floats(values)))
  }

  /// Adds numbers under a name that is not taken yet.
  mutating func add(_ values: [Double], _ name: String, _ storage: ExtraField.Storage) {
    guard !columns.contains(where: { $0.name == name }) else { return }
    columns.append((name, storage, .numbers(values)))
  }

  /// Where the fields lie, how far points are apart, and the points.
  func laidOut() -> (fields: [PointField], step: Int, data: [UInt8]) {
    var fields: [PointField] = []
    var end = 0
    for column in columns {
      let size = column.storage.size
      let offset = (end + size - 1) / size * size
      fields.append(PointField(name: column.name, offset: offset, storage: column.storage))
      end = offset + size
    }
    let alignment = columns.map(\.storage.size).max() ?? 1
    let step = (end + alignment - 1) / alignment * alignment
    var data = [UInt8](repeating: 0, count: step * count)
    for (field, column) in zip(fields, columns) {
      switch column.values {
      case .floats(let values):
        for index in 0..<count {
          data.store(values[index].bitPattern, at: index * step + field.offset)
        }
      case .numbers(let values):
        for index in 0..<count {
          Self.store(values[index], as: field.storage, in: &data, at: index * step + field.offset)
        }
      }
    }
    return (fields, step, data)
  }

  private static func store(
    _ value: Double, as storage: ExtraField.Storage, in data: inout [UInt8], at offset: Int
  ) {
    switch storage {
    case .int8: data.store(whole(value, as: Int8.self), at: offset)
    case .uint8: data.store(whole(value, as: UInt8.self), at: offset)
    case .int16: data.store(whole(value, as: Int16.self), at: offset)
    case .uint16: data.store(whole(value, as: UInt16.self), at: offset)
    case .int32: data.store(whole(value, as: Int32.self), at: offset)
    case .uint32: data.store(whole(value, as: UInt32.self), at: offset)
    case .float32: data.store(Float(value).bitPattern, at: offset)
    case .float64: data.store(value.bitPattern, at: offset)
    }
  }

  /// The nearest integer that fits; 0 for what is no number.
  private static func whole<Whole: FixedWidthInteger>(_ value: Double, as: Whole.Type) -> Whole {
    guard !value.isNaN else { return 0 }
    return Whole(exactly: value.rounded()) ?? (value < 0 ? .min : .max)
  }
}
