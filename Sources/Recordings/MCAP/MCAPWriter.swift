package import PointCloudIO

/// Writes an MCAP file: messages in chunks with an index, and a summary at the end.
///
/// Foxglove, `ros2 bag` and the `mcap` tools read it. The file appears when `finish()` has been
/// called, and not at all without.
public final class MCAPWriter {
  /// A topic that messages are written to.
  public struct TopicID: Hashable, Sendable {
    let channel: UInt16
  }

  private let file: AtomicFile
  private let packing: Packing
  private let chunkSize: Int
  /// Bytes written so far.
  private var position = 0
  private var checksum = Checksum()
  private var chunk = MCAPChunkBuilder()
  private var summary = MCAPSummaryBuilder()
  /// The descriptions that the next chunk starts with.
  private var newDescriptions: [UInt8] = []

  /// Makes a file.
  ///
  /// - Parameters:
  ///   - path: Where it will appear.
  ///   - isCompressed: Whether chunks are compressed with Zstandard.
  ///   - chunkSize: Bytes of messages after which a chunk is closed.
  /// - Throws: `.unwritable`; `.exhausted`.
  public convenience init(
    path: String, isCompressed: Bool = true, chunkSize: Int = 1 << 20
  ) throws(RecordingsError) {
    let file = try RecordingsError.writing { () throws(PointCloudIOError) in
      try AtomicFile(path: path)
    }
    try self.init(file, isCompressed: isCompressed, chunkSize: chunkSize)
  }

  /// Begins a file that was made, or standard output.
  ///
  /// - Throws: `.unwritable`; `.exhausted`.
  package init(
    _ file: AtomicFile, isCompressed: Bool = true, chunkSize: Int = 1 << 20
  ) throws(RecordingsError) {
    self.file = file
    packing = isCompressed ? .zstd : .none
    self.chunkSize = chunkSize
    var header = MCAPRecordBuilder(.header)
    header.write("ros2")
    header.write("lidarseg")
    try write(MCAPOpcode.magic + header.record)
  }

  /// Describes a topic.
  ///
  /// - Parameters:
  ///   - name: Its name, `/segmented` for example.
  ///   - type: The type of its messages, `sensor_msgs/msg/PointCloud2` for example.
  ///   - definition: The type's definition with those of all types in it, in the form `ros2msg`.
  /// - Returns: what messages are written to.
  /// - Precondition: there are fewer than 65,535 topics.
  public func addTopic(_ name: String, type: String, definition: String) -> TopicID {
    let schema = summary.schemaNumber(type: type, definition: definition)
    if let record = schema.newRecord { newDescriptions += record }
    let channel = summary.addChannel(name, schema: schema.number)
    newDescriptions += channel.record
    return TopicID(channel: channel.number)
  }

  /// Describes a topic of point clouds.
  ///
  /// - Returns: what messages are written to.
  /// - Precondition: there are fewer than 65,535 topics.
  public func addPointCloudTopic(_ name: String) -> TopicID {
    addTopic(
      name, type: PointCloud2Message.type, definition: PointCloud2Message.definition)
  }

  /// Adds a message in CDR that was recorded at `time`, in nanoseconds since 1970.
  ///
  /// - Throws: `.unwritable`; `.exhausted`.
  public func write(
    _ bytes: [UInt8], to topic: TopicID, at time: Int64
  ) throws(RecordingsError) {
    chunk.records += newDescriptions
    newDescriptions = []
    let sequence = summary.count(topic.channel, at: UInt64(clamping: time))
    chunk.add(bytes, channel: topic.channel, sequence: sequence, time: UInt64(clamping: time))
    if chunk.records.count >= chunkSize { try writeChunk() }
  }

  /// Adds a point cloud, recorded at the time of its stamp.
  ///
  /// - Throws: `.unwritable`; `.exhausted`.
  public func write(_ message: PointCloud2Message, to topic: TopicID) throws(RecordingsError) {
    try write(message.encoded(), to: topic, at: message.header.stamp)
  }

  /// Writes what is left and the summary, and puts the file in its place.
  ///
  /// - Throws: `.unwritable`; `.exhausted`.
  public func finish() throws(RecordingsError) {
    chunk.records += newDescriptions
    newDescriptions = []
    try writeChunk()
    var end = MCAPRecordBuilder(.dataEnd)
    end.write(checksum.value)
    try write(end.record)
    try write(summary.bytes(at: position) + MCAPOpcode.magic)
    try RecordingsError.writing { () throws(PointCloudIOError) in try file.finish() }
  }

  private func writeChunk() throws(RecordingsError) {
    guard !chunk.records.isEmpty else { return }
    let written = try chunk.written(packing, at: position)
    try write(written.bytes)
    summary.addChunk(index: written.index)
    chunk = MCAPChunkBuilder()
  }

  private func write(_ bytes: [UInt8]) throws(RecordingsError) {
    try RecordingsError.writing { () throws(PointCloudIOError) in try file.write(bytes) }
    checksum.update(with: bytes)
    position += bytes.count
  }
}
