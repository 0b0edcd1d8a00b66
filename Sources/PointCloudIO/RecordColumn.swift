import PCLBridge
import PointClouds

/// One value of every record that PCL read.
struct RecordColumn: PointColumn {
  let name: String
  private let records: PCLRecords
  private let element: PCLElement
  private let offset: Int

  /// The values of all fields; a field of several values becomes as many, named `NAME_0` and so on.
  static func columns(of records: PCLRecords, _ layout: RecordLayout) -> [Self] {
    var columns: [Self] = []
    for (field, place) in zip(layout.fields, records.fields) where field.name != "_" {
      for index in 0..<field.count {
        columns.append(
          Self(
            name: field.count == 1 ? field.name : "\(field.name)_\(index)", records: records,
            element: field.element, offset: place.offset + index * field.element.size))
      }
    }
    return columns
  }

  var isWide: Bool { element == .int64 || element == .uint64 }

  var storage: ExtraField.Storage {
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

  func floats() -> [Float] {
    guard element == .float32 else { return doubles().map { Float($0) } }
    return Columns.floats(records.bytes, offset: offset, step: records.step, count: records.count)
  }

  func doubles() -> [Double] {
    switch element {
    case .int8: return values { (value: Int8) in Double(value) }
    case .uint8: return values { (value: UInt8) in Double(value) }
    case .int16: return values { (value: Int16) in Double(value) }
    case .uint16: return values { (value: UInt16) in Double(value) }
    case .int32: return values { (value: Int32) in Double(value) }
    case .uint32: return values { (value: UInt32) in Double(value) }
    case .int64: return values { (value: Int64) in Double(value) }
    case .uint64: return values { (value: UInt64) in Double(value) }
    case .float32 where isColour: return values { (value: UInt32) in Double(value) }
    case .float32: return values { (value: UInt32) in Double(Float(bitPattern: value)) }
    case .float64: return values { (value: UInt64) in Double(bitPattern: value) }
    }
  }

  /// Whether the bits are a colour that PCD files call a float: as a number it might be changed.
  private var isColour: Bool {
    element == .float32 && (name.lowercased() == "rgb" || name.lowercased() == "rgba")
  }

  private func values<Stored: FixedWidthInteger>(
    _ transform: (Stored) -> Double
  ) -> [Double] {
    Columns.column(
      records.bytes, offset: offset, step: records.step, count: records.count, transform)
  }
}
