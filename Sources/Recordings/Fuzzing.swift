/// Has every parser of recordings and messages read any bytes; the outcome does not matter, a crash
/// does.
package func fuzzRecordings(_ bytes: [UInt8]) {
  fuzzMCAP(bytes)
  fuzzRosbag1(bytes)
  fuzzRosbag2(bytes)
  fuzzMessages(bytes)
  fuzzPackings(bytes)
}

/// Has the reader of MCAP files, and of the messages in them, read any bytes.
package func fuzzMCAP(_ bytes: [UInt8]) {
  drain { () throws(RecordingsError) in try MCAPFile(ByteSource(bytes, path: "bytes")) }
}

/// Has the reader of ROS 1's bags, and of the messages in them, read any bytes.
package func fuzzRosbag1(_ bytes: [UInt8]) {
  drain { () throws(RecordingsError) in try Rosbag1File(ByteSource(bytes, path: "bytes")) }
}

/// Has the readers of rosbag2's databases and metadata read any bytes.
package func fuzzRosbag2(_ bytes: [UInt8]) {
  drain { () throws(RecordingsError) in try Rosbag2Database(ByteSource(bytes, path: "bytes")) }
  _ = try? Rosbag2Metadata(String(decoding: bytes, as: UTF8.self), path: "bytes")
}

/// Has the readers of messages read any bytes in every encoding.
package func fuzzMessages(_ bytes: [UInt8]) {
  for encoding in [MessageEncoding.cdr, .ros1] { fuzzMessage(bytes, as: encoding) }
}

/// Has everything that unpacks take any bytes for packed ones.
package func fuzzPackings(_ bytes: [UInt8]) {
  for packing in Packing.allCases { _ = try? packing.unpack(bytes) }
}

private func drain(_ open: () throws(RecordingsError) -> any MessageSource) {
  do {
    let source = try open()
    while let message = try source.next() {
      fuzzMessage(message.bytes, as: message.encoding)
    }
    _ = source.topics
  } catch {
    // An error is as good an outcome as a message.
  }
}

private func fuzzMessage(_ bytes: [UInt8], as encoding: MessageEncoding) {
  _ = try? PointCloud2Message(decoding: bytes, as: encoding).scan()
  _ = try? VelodyneScanMessage(decoding: bytes, as: encoding)
}
