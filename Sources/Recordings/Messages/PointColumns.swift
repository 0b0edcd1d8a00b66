import PointCloudIO
import PointClouds

/// The values of a message's points, field by field, held to the size of its data before anything
/// is read.
struct PointColumns {
  /// One value of every point under its name.
  struct Column: PointColumn {
    let name: String
    fileprivate let offset: Int
    fileprivate let type: ExtraField.Storage
    fileprivate let message: PointCloud2Message
  }

  /// No sensor's points are wider, and each byte may be a column: a message without points could
  /// claim any number of them.
  private static let largestStep = 1 << 16

  /// How many points there are.
  let count: Int
  /// The values that a point has; a field of several is as many columns.
  let columns: [Column]

  /// - Throws: `.damaged` where points or fields reach beyond the data or into each other.
  init(_ message: PointCloud2Message) throws(RecordingsError) {
    let (count, isTooLarge) = message.width.multipliedReportingOverflow(by: message.height)
    guard message.width >= 0, message.height >= 0, !isTooLarge else {
      throw .damaged("\(message.width) times \(message.height) points are claimed")
    }
    guard message.pointStep <= Self.largestStep else {
      throw .damaged("points of \(message.pointStep) bytes are claimed")
    }
    if count > 0 { try Self.checkExtent(of: message) }
    self.count = count
    columns = try Self.columns(of: message)
  }

  private static func checkExtent(of message: PointCloud2Message) throws(RecordingsError) {
    let (row, isRowTooLarge) = message.width.multipliedReportingOverflow(by: message.pointStep)
    guard message.pointStep > 0, !isRowTooLarge else {
      throw .damaged("a point of \(message.pointStep) bytes is claimed")
    }
    guard message.height == 1 || message.rowStep >= row else {
      throw .damaged("rows of \(row) bytes are claimed to be \(message.rowStep) bytes apart")
    }
    let (before, isTooLarge) = message.rowStep.multipliedReportingOverflow(by: message.height - 1)
    guard !isTooLarge, row <= message.data.count, before <= message.data.count - row else {
      throw .damaged(
        "\(message.width) times \(message.height) points of \(message.pointStep) bytes are claimed "
          + "in \(message.data.count) bytes")
    }
  }

  private static func columns(of message: PointCloud2Message) throws(RecordingsError) -> [Column] {
    var columns: [Column] = []
    var size = 0
    for field in message.fields {
      guard field.offset >= 0, field.count >= 0, field.count <= message.pointStep,
        field.offset <= message.pointStep - field.size
      else {
        throw .damaged(
          "the field '\(field.name)' with \(field.count) values at byte \(field.offset) reaches "
            + "beyond a point of \(message.pointStep) bytes")
      }
      size += field.size
      // Twice: colours are sometimes named as a whole and in parts.
      guard size <= 2 * message.pointStep else {
        throw .damaged("fields of \(size) bytes are claimed in \(message.pointStep) bytes")
      }
      for index in 0..<max(1, field.count) {
        columns.append(
          Column(
            name: field.count <= 1 ? field.name : "\(field.name)_\(index)",
            offset: field.offset + index * field.storage.size, type: field.storage,
            message: message))
      }
    }
    return columns
  }
}

extension PointColumns.Column {
  var isWide: Bool { false }
  var storage: ExtraField.Storage { isColour ? .uint32 : type }

  /// Whether the bits are a colour that messages call a float: as a number it might be changed.
  private var isColour: Bool {
    type == .float32 && ["rgb", "rgba"].contains(name.lowercased())
  }

  func doubles() -> [Double] {
    switch type {
    case .int8: values { (value: Int8) in Double(value) }
    case .uint8: values { (value: UInt8) in Double(value) }
    case .int16: values { (value: Int16) in Double(value) }
    case .uint16: values { (value: UInt16) in Double(value) }
    case .int32: values { (value: Int32) in Double(value) }
    case .uint32: values { (value: UInt32) in Double(value) }
    case .float32 where isColour: values { (value: UInt32) in Double(value) }
    case .float32: values { (value: UInt32) in Double(Float(bitPattern: value)) }
    case .float64: values { (value: UInt64) in Double(bitPattern: value) }
    }
  }

  func floats() -> [Float] {
    guard type == .float32 else { return doubles().map { Float($0) } }
    return values { Float(bitPattern: $0) }
  }

  @inline(__always)
  private func values<Stored: FixedWidthInteger, Value>(
    _ transform: (Stored) -> Value
  ) -> [Value] {
    let order = message.isBigEndian ? ByteOrder.big : .little
    let count = message.width * message.height
    var values: [Value] = []
    values.reserveCapacity(count)
    for row in 0..<(count == 0 ? 0 : message.height) {
      var place = row * message.rowStep + offset
      for _ in 0..<message.width {
        values.append(transform(message.data.integer(at: place, order)))
        place += message.pointStep
      }
    }
    return values
  }
}
