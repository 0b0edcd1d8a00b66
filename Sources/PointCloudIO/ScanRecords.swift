import PCLBridge
import PointClouds

/// A scan as records with every field it has.
struct ScanRecords {
  private(set) var layout: RecordLayout
  private(set) var records: PCLRecords

  init(_ scan: Scan) {
    let cloud = scan.cloud
    var fields = ["x", "y", "z", "intensity"].map {
      RecordLayout.Field(name: $0, element: .float32)
    }
    if cloud.ring != nil { fields.append(.init(name: "ring", element: .uint16)) }
    if cloud.time != nil { fields.append(.init(name: "time", element: .float32)) }
    if cloud.returnIndex != nil { fields.append(.init(name: "return", element: .uint8)) }
    if scan.labels != nil { fields.append(.init(name: "label", element: .uint32)) }
    for field in cloud.extraFields {
      fields.append(.init(name: Self.word(field.name), element: field.storage.element))
    }
    layout = RecordLayout(fields: fields)
    let places = layout.pclFields
    records = PCLRecords(
      fields: places, count: cloud.count, step: layout.step,
      bytes: [UInt8](repeating: 0, count: cloud.count * layout.step))
    var next = 0
    func place() -> Int {
      defer { next += 1 }
      return places[next].offset
    }
    for axis in [cloud.x, cloud.y, cloud.z, cloud.intensity] {
      store(axis, at: place()) { $0.bitPattern }
    }
    if let ring = cloud.ring { store(ring, at: place()) { $0 } }
    if let time = cloud.time { store(time, at: place()) { $0.bitPattern } }
    if let index = cloud.returnIndex { store(index, at: place()) { $0 } }
    if let labels = scan.labels { store(labels, at: place()) { $0.rawValue } }
    for field in cloud.extraFields { store(field, at: place()) }
  }

  private mutating func store<Value, Stored: FixedWidthInteger>(
    _ values: [Value], at offset: Int, _ transform: (Value) -> Stored
  ) {
    Columns.store(
      values, into: &records.bytes, offset: offset, step: layout.step, transform)
  }

  private mutating func store(_ field: ExtraField, at offset: Int) {
    let values = field.values
    switch field.storage {
    case .int8: store(values, at: offset) { Self.whole($0, as: Int8.self) }
    case .uint8: store(values, at: offset) { Self.whole($0, as: UInt8.self) }
    case .int16: store(values, at: offset) { Self.whole($0, as: Int16.self) }
    case .uint16: store(values, at: offset) { Self.whole($0, as: UInt16.self) }
    case .int32: store(values, at: offset) { Self.whole($0, as: Int32.self) }
    case .uint32: store(values, at: offset) { Self.whole($0, as: UInt32.self) }
    case .float32: store(values, at: offset) { Float($0).bitPattern }
    case .float64: store(values, at: offset) { $0.bitPattern }
    }
  }

  /// The nearest integer that fits; 0 for what is no number.
  static func whole<Whole: FixedWidthInteger>(_ value: Double, as: Whole.Type) -> Whole {
    guard !value.isNaN else { return 0 }
    return Whole(exactly: value.rounded()) ?? (value < 0 ? .min : .max)
  }

  /// A name as one word, which headers of text need.
  private static func word(_ name: String) -> String {
    let kept = name.unicodeScalars.map { $0.isASCII && $0.value > 32 && $0.value < 127 ? $0 : "_" }
    let word = String(String.UnicodeScalarView(kept))
    // "_" alone is padding to PCL.
    return word.isEmpty || word == "_" ? "unnamed" : word
  }
}

extension ExtraField.Storage {
  fileprivate var element: PCLElement {
    switch self {
    case .int8: .int8
    case .uint8: .uint8
    case .int16: .int16
    case .uint16: .uint16
    case .int32: .int32
    case .uint32: .uint32
    case .float32: .float32
    case .float64: .float64
    }
  }
}

extension RecordLayout {
  /// Digits in text from which the same numbers are read back.
  var precision: Int { fields.contains { $0.element == .float64 } ? 17 : 9 }
}
