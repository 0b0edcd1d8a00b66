/// The messages of an unpacked chunk of a ROS 1 bag, in the order of their times.
struct Rosbag1Chunk {
  private struct Place {
    var time: Int64
    var topic: RecordedTopic
    var data: Range<Int>
  }

  private let records: [UInt8]
  private var places: [Place] = []
  private var next = 0
  /// What is wrong behind the messages that could be found.
  private(set) var damage: RecordingsError?

  /// Unpacks a chunk, and adds the connections that it describes.
  ///
  /// - Throws: `.damaged` where it does not unpack to what it claims; `.unsupported` for a compression
  ///   that is not known. Nothing of such a chunk is given.
  init(
    _ record: Rosbag1Record, data: [UInt8], at offset: Int, of path: String,
    connections: inout Rosbag1Connections
  ) throws(RecordingsError) {
    let compression = record.text("compression")
    guard let packing = Packing(rosbagName: compression) else {
      throw RecordingsError(
        .unsupported, "a chunk is compressed as '\(compression)'",
        remedy: "Convert the bag: rosbag decompress.", path: path, offset: offset)
    }
    do {
      records = try packing.unpack(data, to: UInt64(record.integer("size", as: UInt32.self)))
    } catch {
      throw error.located(in: path, at: offset)
    }
    do {
      try find(&connections, path)
    } catch {
      damage = error.located(in: path, at: offset)
    }
    // Equal times stay in the order in which they were written: the sort is stable.
    places.sort { $0.time < $1.time }
  }

  private mutating func find(
    _ connections: inout Rosbag1Connections, _ path: String
  ) throws(RecordingsError) {
    var cursor = ByteCursor(records, path: path, base: nil)
    while cursor.remaining > 0 {
      var header = try cursor.part(UInt64(cursor.integer(as: UInt32.self)), "fields of a record")
      let record = try Rosbag1Record(&header)
      let length = UInt64(try cursor.integer(as: UInt32.self))
      let start = cursor.position
      var data = try cursor.part(length, "data of a record")
      switch record.kind {
      case .connection: try connections.add(record, data: &data)
      case .message:
        places.append(
          Place(
            time: try record.time(), topic: try connections.topic(of: record),
            data: start..<cursor.position))
      default: break
      }
    }
  }

  /// The next message; nothing behind the last.
  mutating func message() -> RecordedMessage? {
    guard next < places.count else { return nil }
    let place = places[next]
    next += 1
    return RecordedMessage(time: place.time, topic: place.topic, bytes: Array(records[place.data]))
  }
}

extension Packing {
  /// A compression by its name in a bag.
  init?(rosbagName: String) {
    switch rosbagName {
    case "none": self = .none
    case "lz4": self = .lz4
    case "bz2": self = .bzip2
    default: return nil
    }
  }
}
