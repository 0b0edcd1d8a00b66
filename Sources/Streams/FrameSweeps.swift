public import PointClouds
import Recordings
import Sensors

/// Sweeps in lidarseg's own stream: each with a header of 32 bytes before its points.
///
/// Little-endian: the eight characters `LIDARSEG`; the version, 1, in 32 bits; what follows in 32
/// bits: 0 for points alone, 1 for points and labels; the number of points in 64 bits; nanoseconds
/// since 1970 in 64 bits, 0 where they are not known. Then x, y, z and intensity of every point as
/// 32-bit floats, as in KITTI's `.bin`, and after all of them the labels of 32 bits, as in
/// SemanticKITTI's `.label`.
public struct FrameSweeps: SweepSource {
  /// How a header starts.
  public static let mark = Array("LIDARSEG".utf8)
  static let headerLength = 32
  /// More points than any sensor has in one turn.
  static let largestCount: UInt64 = 1 << 26

  private let stream: ByteStream
  private let sensor: SensorTable?
  private var bytes: [UInt8] = []
  /// Where `bytes` starts in the stream.
  private var offset = 0
  private var number = 0
  /// Where the stream breaks off or contradicts its format.
  public private(set) var damage: StreamsError?

  init(_ stream: ByteStream, sensor: SensorTable?) {
    (self.stream, self.sensor) = (stream, sensor)
  }

  /// Sweeps have no packets here.
  public var packets: PacketReport? { nil }

  /// The next sweep; see `SweepSource`.
  public mutating func next(until isStopped: () -> Bool) throws(StreamsError) -> StreamSweep? {
    guard damage == nil else { return nil }
    do throws(StreamsError) {
      return try stream.read(until: isStopped) { () throws(StreamsError) in try read() }
    } catch {
      // Whoever stops it does not wait for the sweep to be whole.
      if !isStopped() { damage = error }
      return nil
    }
  }

  private mutating func read() throws(StreamsError) -> StreamSweep? {
    guard try fill(to: Self.headerLength) else {
      if bytes.isEmpty { return nil }
      throw damaged("the stream ends \(bytes.count) bytes into a header")
    }
    let header = try header()
    let length = header.count * (header.hasLabels ? 20 : 16)
    guard try fill(to: Self.headerLength + length) else {
      throw damaged(
        "\(header.count) points are claimed where \(bytes.count - Self.headerLength) bytes are left"
      )
    }
    let start = ContinuousClock.now
    let cloud = PointCloud(
      interleaved: bytes, from: Self.headerLength, count: header.count)
    let labels = header.hasLabels ? labels(from: Self.headerLength + 16 * header.count) : nil
    bytes.removeFirst(Self.headerLength + length)
    offset += Self.headerLength + length
    defer { number += 1 }
    return StreamSweep(
      cloud: cloud, sensor: sensor ?? SensorRecognition.recognise(cloud)?.sensor,
      source: stream.path, number: number, time: header.time == 0 ? nil : header.time,
      labels: labels, arrival: start, decoding: (ContinuousClock.now - start) / .milliseconds(1))
  }

  /// The labels that fill the rest of a frame.
  private func labels(from start: Int) -> [PointLabel] {
    bytes.withUnsafeBytes { bytes in
      stride(from: start, to: start + (start - Self.headerLength) / 4, by: 4).map { place in
        PointLabel(
          rawValue: UInt32(
            littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
      }
    }
  }

  private func header() throws(StreamsError) -> (count: Int, hasLabels: Bool, time: Int64) {
    func number(at place: Int, _ size: Int) -> UInt64 {
      bytes[place..<place + size].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    guard bytes.starts(with: Self.mark) else {
      throw damaged("there is no header where one is due")
    }
    guard number(at: 8, 4) == 1, number(at: 12, 4) <= 1 else {
      throw damaged(
        "a header says version \(number(at: 8, 4)) and content \(number(at: 12, 4)), not 1 and 0 or 1"
      )
    }
    let count = number(at: 16, 8)
    guard count <= Self.largestCount else { throw damaged("\(count) points are claimed") }
    return (Int(count), number(at: 12, 4) == 1, Int64(bitPattern: number(at: 24, 8)))
  }

  /// Waits for so many bytes; false where the stream ends before.
  private mutating func fill(to count: Int) throws(StreamsError) -> Bool {
    while bytes.count < count {
      let more = try StreamsError.reading { () throws(RecordingsError) in try stream.next() }
      if more.isEmpty { return false }
      bytes += more
    }
    return true
  }

  private func damaged(_ message: String) -> StreamsError {
    StreamsError(
      .damaged, message, remedy: "Write a header of 32 bytes before the points of each sweep.",
      path: stream.path, offset: offset)
  }
}

extension FrameSweeps {
  /// The header and the points of a sweep, and their labels if there are any.
  ///
  /// - Precondition: labels, if any, are as many as points.
  public static func bytes(
    of cloud: PointCloud, labels: [PointLabel]? = nil, time: Int64 = 0
  ) -> [UInt8] {
    precondition(labels == nil || labels?.count == cloud.count, "labels are not as many as points")
    var bytes = mark
    bytes.reserveCapacity(headerLength + 20 * cloud.count)
    func add<Value: FixedWidthInteger>(_ value: Value) {
      withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }
    add(UInt32(1))
    add(UInt32(labels == nil ? 0 : 1))
    add(UInt64(cloud.count))
    add(time)
    for index in 0..<cloud.count {
      for value in [cloud.x[index], cloud.y[index], cloud.z[index], cloud.intensity[index]] {
        add(value.bitPattern)
      }
    }
    for label in labels ?? [] { add(label.rawValue) }
    return bytes
  }
}

extension PointCloud {
  /// Points whose x, y, z and intensity lie one after the other as little-endian floats.
  fileprivate init(interleaved bytes: [UInt8], from start: Int, count: Int) {
    func column(_ index: Int) -> [Float] {
      bytes.withUnsafeBytes { bytes in
        (0..<count).map {
          Float(
            bitPattern: UInt32(
              littleEndian: bytes.loadUnaligned(
                fromByteOffset: start + 16 * $0 + 4 * index, as: UInt32.self)))
        }
      }
    }
    self.init(x: column(0), y: column(1), z: column(2), intensity: column(3))
  }
}
