import CPCL

/// How a PCD or PLY file stores its points.
package enum PCLEncoding: Sendable {
  case ascii
  case binary
  case binaryCompressed

  fileprivate var native: cpcl_encoding {
    switch self {
    case .ascii: CPCL_ASCII
    case .binary: CPCL_BINARY
    case .binaryCompressed: CPCL_BINARY_COMPRESSED
    }
  }
}

/// PCL's readers and writers of PCD and PLY, over bytes in memory.
///
/// PCL 1.13 believes every header: the readers take a header that the caller wrote, around a body
/// that the caller has checked to be what that header says.
package enum PCLFiles {
  /// The records of a PCD file of at least one point, or nothing where PCL refuses it.
  package static func readPCD(header: String, body: UnsafeRawBufferPointer) -> PCLRecords? {
    read(header, body, with: cpcl_read_pcd)
  }

  /// The records of a PLY file of at least one point, or nothing where PCL refuses it.
  package static func readPLY(header: String, body: UnsafeRawBufferPointer) -> PCLRecords? {
    read(header, body, with: cpcl_read_ply)
  }

  /// A PCD file with fields f0, f1, ..., text with `precision` significant digits.
  package static func pcd(
    _ records: PCLRecords, encoding: PCLEncoding, precision: Int
  ) -> [UInt8]? {
    write(records, encoding, precision, with: cpcl_write_pcd)
  }

  /// A PLY file with properties f0, f1, ..., text with `precision` significant digits.
  package static func ply(
    _ records: PCLRecords, encoding: PCLEncoding, precision: Int
  ) -> [UInt8]? {
    write(records, encoding, precision, with: cpcl_write_ply)
  }

  private typealias Reader = (
    UnsafePointer<CChar>, Int, UnsafePointer<UInt8>, Int
  ) -> OpaquePointer?

  private static func read(
    _ header: String, _ body: UnsafeRawBufferPointer, with reader: Reader
  ) -> PCLRecords? {
    guard let start = body.bindMemory(to: UInt8.self).baseAddress else { return nil }
    var header = header
    let read = header.withUTF8 { text in
      text.withMemoryRebound(to: CChar.self) { text in
        text.baseAddress.flatMap { reader($0, text.count, start, body.count) }
      }
    }
    guard let cloud = read else { return nil }
    defer { cpcl_cloud_free(cloud) }
    return PCLRecords(copying: cloud)
  }

  private typealias Writer = (OpaquePointer, cpcl_encoding, Int32) -> OpaquePointer?

  private static func write(
    _ records: PCLRecords, _ encoding: PCLEncoding, _ precision: Int, with writer: Writer
  ) -> [UInt8]? {
    let fields = records.fields.map {
      cpcl_field(
        offset: UInt32($0.offset), count: UInt32($0.count), datatype: $0.element.rawValue)
    }
    let made = cpcl_cloud_make(fields, fields.count, records.bytes, records.count, records.step)
    guard let cloud = made else { return nil }
    defer { cpcl_cloud_free(cloud) }
    guard let bytes = writer(cloud, encoding.native, Int32(precision)) else { return nil }
    defer { cpcl_bytes_free(bytes) }
    let start = cpcl_bytes_start(bytes)
    return [UInt8](UnsafeBufferPointer(start: start, count: cpcl_bytes_count(bytes)))
  }
}
