import CPCL

/// Element types of a field, numbered as PCL numbers them.
package enum PCLElement: UInt8, Sendable {
  case int8 = 1
  case uint8
  case int16
  case uint16
  case int32
  case uint32
  case float32
  case float64
  case int64 = 9
  case uint64

  /// Bytes of one value.
  package var size: Int {
    switch self {
    case .int8, .uint8: 1
    case .int16, .uint16: 2
    case .int32, .uint32, .float32: 4
    case .float64, .int64, .uint64: 8
    }
  }
}

/// One field of a record: `count` values from byte `offset`.
package struct PCLField: Equatable, Sendable {
  package var element: PCLElement
  package var count: Int
  package var offset: Int

  package init(element: PCLElement, count: Int, offset: Int) {
    self.element = element
    self.count = count
    self.offset = offset
  }
}

/// Records of fields in this machine's byte order; the fields' names stay with the caller.
package struct PCLRecords: Equatable, Sendable {
  package var fields: [PCLField]
  package var count: Int
  /// Bytes from one record to the next.
  package var step: Int
  /// `count * step` bytes.
  package var bytes: [UInt8]

  /// Records of the given layout.
  ///
  /// - Precondition: `bytes` holds `count` records, and every field lies inside a record.
  package init(fields: [PCLField], count: Int, step: Int, bytes: [UInt8]) {
    precondition(bytes.count == count * step, "\(bytes.count) bytes for \(count) * \(step)")
    for field in fields {
      let end = field.offset + field.count * field.element.size
      precondition(field.offset >= 0 && end <= step, "a field ends at \(end) of \(step)")
    }
    self.fields = fields
    self.count = count
    self.step = step
    self.bytes = bytes
  }

  /// A copy of what PCL holds, or nothing where its layout is not one of whole records.
  init?(copying cloud: OpaquePointer) {
    let step = cpcl_cloud_step(cloud)
    let count = cpcl_cloud_count(cloud)
    var fields: [PCLField] = []
    for index in 0..<cpcl_cloud_field_count(cloud) {
      let field = cpcl_cloud_field(cloud, index)
      guard let element = PCLElement(rawValue: field.datatype),
        Int(field.offset) + Int(field.count) * element.size <= step
      else { return nil }
      fields.append(
        PCLField(element: element, count: Int(field.count), offset: Int(field.offset)))
    }
    guard let records = cpcl_cloud_records(cloud) else { return nil }
    let bytes = [UInt8](UnsafeBufferPointer(start: records, count: count * step))
    self.init(fields: fields, count: count, step: step, bytes: bytes)
  }
}
