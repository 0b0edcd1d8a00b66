import PointClouds

/// The points of a LAS file, property by property.
struct LASPoints {
  private let file: FileContent
  private let header: LASHeader
  private let count: Int

  /// - Precondition: that many points lie in the file.
  init(_ file: FileContent, _ header: LASHeader, count: Int) {
    self.file = file
    self.header = header
    self.count = count
  }

  private var layout: LASPointLayout { header.layout }

  /// What lies `offset` bytes behind the start of every point.
  func values<Stored: FixedWidthInteger, Value>(
    at offset: Int, _ transform: (Stored) -> Value
  ) -> [Value] {
    Columns.column(
      file.bytes, offset: header.pointStart + offset, step: header.step, count: count
    ) { transform(Stored(littleEndian: $0)) }
  }

  /// Which return of its pulse each point is; the first is 1.
  func returns() -> [UInt8] {
    let mask: UInt8 = layout.isExtended ? 0x0F : 0x07
    return values(at: 14) { (bits: UInt8) in bits & mask }
  }

  /// The class of each point.
  func labels() -> [PointLabel] {
    let mask: UInt8 = layout.isExtended ? 0xFF : 0x1F
    return values(at: layout.classification) { (bits: UInt8) in
      PointLabel(semantic: UInt16(bits & mask))
    }
  }

  /// Seconds of GPS time, where the format has them.
  func times() -> [Double]? {
    layout.time.map { values(at: $0) { (bits: UInt64) in Double(bitPattern: bits) } }
  }

  /// What a cloud has no place for, without fields that are 0 everywhere.
  func otherFields() -> [ExtraField] {
    var fields = flags()
    func add<Stored: FixedWidthInteger>(
      _ name: String, at offset: Int, _ storage: ExtraField.Storage, as type: Stored.Type,
      unit: Double = 1
    ) {
      let values = values(at: offset) { (value: Stored) in Double(value) * unit }
      fields.append(ExtraField(name: name, values: values, storage: storage))
    }
    if layout.isExtended {
      // In steps of 0.006 degrees.
      add("scan_angle", at: layout.angle, .float64, as: Int16.self, unit: 0.006)
    } else {
      add("scan_angle", at: layout.angle, .float64, as: Int8.self)
    }
    add("user_data", at: layout.userData, .uint8, as: UInt8.self)
    add("point_source_id", at: layout.source, .uint16, as: UInt16.self)
    if let colour = layout.colour {
      for (index, name) in ["red", "green", "blue"].enumerated() {
        add(name, at: colour + 2 * index, .uint16, as: UInt16.self)
      }
    }
    if let infrared = layout.infrared { add("nir", at: infrared, .uint16, as: UInt16.self) }
    return fields.filter { field in field.values.contains { $0 != 0 } }
  }

  /// Values of a few bits each.
  private func flags() -> [ExtraField] {
    func bits(_ name: String, at offset: Int, shift: UInt8, mask: UInt8) -> ExtraField {
      let values = values(at: offset) { (bits: UInt8) in Double(bits >> shift & mask) }
      return ExtraField(name: name, values: values, storage: .uint8)
    }
    guard layout.isExtended else {
      return [
        bits("number_of_returns", at: 14, shift: 3, mask: 0x07),
        bits("scan_direction", at: 14, shift: 6, mask: 1),
        bits("edge_of_line", at: 14, shift: 7, mask: 1),
        bits("class_flags", at: layout.classification, shift: 5, mask: 0x07),
      ]
    }
    return [
      bits("number_of_returns", at: 14, shift: 4, mask: 0x0F),
      bits("class_flags", at: 15, shift: 0, mask: 0x0F),
      bits("scanner_channel", at: 15, shift: 4, mask: 0x03),
      bits("scan_direction", at: 15, shift: 6, mask: 1),
      bits("edge_of_line", at: 15, shift: 7, mask: 1),
    ]
  }
}
