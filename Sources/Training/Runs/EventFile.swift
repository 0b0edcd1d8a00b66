import Foundation

/// A file of TensorBoard's: records of protocol buffers, each with checksums around it.
///
/// A record is its length (8 bytes, little endian), the length's masked CRC-32C, the bytes, and their
/// masked CRC-32C (TensorFlow's guide to TFRecord). The messages are `Event`, `SessionLog` and
/// `Summary` of TensorFlow's `event.proto` and `summary.proto`.
struct EventFile {
  private let file: AppendedFile

  /// Begins a file, named so that it comes after those that are in the folder.
  ///
  /// Its first events make TensorBoard forget what earlier files tell of steps after `step`.
  init(in folder: String, after step: Int, startTime: Double) throws {
    let seconds = String(format: "%010d", Int(startTime))
    let path =
      (0...).lazy.map { "\(folder)/events.out.tfevents.\(seconds).\(String(format: "%04d", $0))" }
      .first { !FileManager.default.fileExists(atPath: $0) }
    guard let path else { preconditionFailure("numbers never end") }
    file = try AppendedFile(path)
    try file.append(
      Self.record(Self.version(time: startTime))
        + Self.record(Self.start(step: step + 1, time: startTime)))
  }

  /// Adds the values of a record; dots in their names become the slashes that TensorBoard groups by.
  func append(_ record: MetricsRecord, time: Double) throws(TrainingError) {
    try file.append(Self.record(Self.summary(record, time: time)))
  }

  func synchronize() throws(TrainingError) { try file.synchronize() }

  private static func version(time: Double) -> ProtocolBuffer {
    var event = ProtocolBuffer()
    event.append(time, field: 1)
    event.append("brain.Event:2", field: 3)
    return event
  }

  private static func start(step: Int, time: Double) -> ProtocolBuffer {
    var session = ProtocolBuffer()
    session.append(1, field: 1)
    var event = ProtocolBuffer()
    event.append(time, field: 1)
    event.append(step, field: 2)
    event.append(session, field: 7)
    return event
  }

  private static func summary(_ record: MetricsRecord, time: Double) -> ProtocolBuffer {
    var summary = ProtocolBuffer()
    for (name, number) in record.values.sorted(by: { $0.key < $1.key }) {
      var value = ProtocolBuffer()
      value.append(name.replacing(".", with: "/"), field: 1)
      value.append(Float(number), field: 2)
      summary.append(value, field: 1)
    }
    var event = ProtocolBuffer()
    event.append(time, field: 1)
    event.append(record.step, field: 2)
    event.append(summary, field: 5)
    return event
  }

  private static func record(_ message: ProtocolBuffer) -> [UInt8] {
    let length = bytes(UInt64(message.bytes.count))
    return length + bytes(CRC32C.masked(length)) + message.bytes
      + bytes(CRC32C.masked(message.bytes))
  }
}

/// A message in the wire format of protocol buffers, field after field.
private struct ProtocolBuffer {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ value: Int, field: Int) {
    append(key: field, type: 0)
    append(varint: UInt64(bitPattern: Int64(value)))
  }

  mutating func append(_ value: Double, field: Int) {
    append(key: field, type: 1)
    bytes += Training.bytes(value.bitPattern)
  }

  mutating func append(_ value: Float, field: Int) {
    append(key: field, type: 5)
    bytes += Training.bytes(value.bitPattern)
  }

  mutating func append(_ value: String, field: Int) { append(Array(value.utf8), field: field) }

  mutating func append(_ value: ProtocolBuffer, field: Int) { append(value.bytes, field: field) }

  private mutating func append(_ value: [UInt8], field: Int) {
    append(key: field, type: 2)
    append(varint: UInt64(value.count))
    bytes += value
  }

  private mutating func append(key field: Int, type: Int) {
    append(varint: UInt64(field << 3 | type))
  }

  private mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// The bytes of a number, lowest first.
private func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: number.littleEndian, Array.init)
}
