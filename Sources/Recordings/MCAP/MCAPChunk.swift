/// The messages of an unpacked chunk, in the order of their times.
struct MCAPChunk {
  private struct Place {
    var time: UInt64
    var range: Range<Int>
  }

  private let records: [UInt8]
  private let path: String
  /// Where the chunk starts in the file.
  private let offset: Int
  private var places: [Place] = []
  private var next = 0
  /// What is wrong behind the messages that could be found.
  private(set) var damage: RecordingsError?

  /// Unpacks a chunk, and adds the channels that it describes.
  ///
  /// - Throws: `.damaged` where it does not unpack to what it claims or does not match its checksum,
  ///   `.unsupported` for a compression that is not known. Nothing of such a chunk is given.
  init(
    _ record: inout ByteCursor, at offset: Int, of path: String, channels: inout MCAPChannels
  ) throws(RecordingsError) {
    self.path = path
    self.offset = offset
    try record.skip(16, "the times of a chunk")
    let size: UInt64 = try record.integer()
    let checksum: UInt32 = try record.integer()
    let compression = try record.text()
    let packed = try record.take(record.integer(), "the content of a chunk")
    guard let packing = Packing(mcapName: compression) else {
      throw RecordingsError(
        .unsupported, "a chunk is compressed as '\(compression)'",
        remedy: "Convert the file: mcap recover --compression zstd.", path: path, offset: offset)
    }
    do {
      records = try packing.unpack(packed, to: size)
    } catch {
      throw error.located(in: path, at: offset)
    }
    guard checksum == 0 || Checksum(of: records).value == checksum else {
      throw .damaged("a chunk does not match its checksum", path: path, at: offset)
    }
    do {
      try find(&channels)
    } catch {
      damage = error.located(in: path, at: offset)
    }
    // Equal times stay in the order in which they were written: the sort is stable.
    places.sort { $0.time < $1.time }
  }

  private mutating func find(_ channels: inout MCAPChannels) throws(RecordingsError) {
    var cursor = ByteCursor(records, path: path, base: nil)
    while cursor.remaining > 0 {
      let opcode: UInt8 = try cursor.integer()
      let length: UInt64 = try cursor.integer()
      let start = cursor.position
      var record = try cursor.part(length, "a record of a chunk")
      switch MCAPOpcode(rawValue: opcode) {
      case .schema: try channels.addSchema(&record)
      case .channel: try channels.addChannel(&record)
      case .message:
        try record.skip(6, "a message")
        places.append(Place(time: try record.integer(), range: start..<cursor.position))
      default: break
      }
    }
  }

  /// The next message; nothing behind the last.
  mutating func message(of channels: MCAPChannels) throws(RecordingsError) -> RecordedMessage? {
    guard next < places.count else { return nil }
    var record = ByteCursor(records, range: places[next].range, path: path, base: nil)
    next += 1
    do {
      return try channels.message(&record)
    } catch {
      throw error.located(in: path, at: offset)
    }
  }
}

extension Packing {
  /// A compression by its name in a chunk.
  init?(mcapName: String) {
    switch mcapName {
    case "": self = .none
    case "lz4": self = .lz4
    case "zstd": self = .zstd
    default: return nil
    }
  }
}
