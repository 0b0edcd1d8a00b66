/// Has every parser of recordings and messages read any bytes; the outcome does not matter, a crash
/// does.
package func fuzzRecordings(_ bytes: [UInt8]) {
  let source = ByteSource(bytes, path: "bytes")
  drain { () throws(RecordingsError) in try MCAPFile(source) }
  drain { () throws(RecordingsError) in try Rosbag1File(source) }
  drain { () throws(RecordingsError) in try Rosbag2Database(source) }
  _ = try? Rosbag2Metadata(String(decoding: bytes, as: UTF8.self), path: "bytes")
  for encoding in [MessageEncoding.cdr, .ros1] {
    fuzzMessage(bytes, as: encoding)
  }
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
