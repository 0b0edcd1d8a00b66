import Packets
import Recordings

/// The sweeps in a capture: a pcap or pcapng file, or a stream of one.
public struct CaptureSweeps: SweepSource {
  private enum Packets {
    case file(CaptureFile)
    case stream(ByteStream, CaptureReader)
  }

  private var source: Packets
  private var assembler = DatagramAssembler()
  private var sweeps: PacketSweeps
  private var isOver = false
  private let path: String
  /// Where the file is damaged, once all before was given out.
  public private(set) var damage: StreamsError?

  /// Opens a capture.
  ///
  /// - Throws: `.unreadable` where it cannot be read, `.damaged` where it is no capture,
  ///   `.unknownSensor`.
  public init(path: String, options: PacketOptions) throws(StreamsError) {
    self.path = path
    sweeps = try PacketSweeps(options)
    do throws(PacketsError) {
      source = .file(try CaptureFile(path: path))
    } catch {
      throw StreamsError(error)
    }
  }

  /// Reads a capture that comes as a stream.
  ///
  /// - Throws: `.unknownSensor`.
  init(_ stream: ByteStream, options: PacketOptions) throws(StreamsError) {
    path = stream.path
    sweeps = try PacketSweeps(options)
    source = .stream(stream, CaptureReader(path: stream.path))
  }

  /// The next sweep, in the order in which they ended; see `SweepSource`.
  public mutating func next(until isStopped: () -> Bool) throws(StreamsError) -> StreamSweep? {
    while true {
      if let sweep = sweeps.next() { return sweep }
      if isOver { return nil }
      guard let packet = isStopped() ? nil : nextPacket(until: isStopped) else {
        isOver = true
        assembler.finish()
        damage = damage ?? cutPackets()
        try sweeps.finish()
        continue
      }
      guard let datagram = assembler.receive(packet) else { continue }
      do throws(StreamsError) {
        try sweeps.receive(datagram)
      } catch {
        var located = error
        located.path = located.path ?? path
        throw located
      }
    }
  }

  /// A capture whose packets were not kept whole is as good as damaged.
  private func cutPackets() -> StreamsError? {
    let counts = assembler.counts
    guard counts.cut > 0 else { return nil }
    return StreamsError(
      .damaged, "\(counts.cut) of \(counts.packets) packets were cut when they were captured",
      remedy: "Capture whole packets: tcpdump -s 0, or dumpcap without -s.", path: path)
  }

  private mutating func nextPacket(until isStopped: () -> Bool) -> CapturePacket? {
    do throws(StreamsError) {
      return try readPacket(until: isStopped)
    } catch {
      damage = error
      return nil
    }
  }

  private mutating func readPacket(
    until isStopped: () -> Bool
  ) throws(StreamsError) -> CapturePacket? {
    switch source {
    case .file(var file):
      defer { source = .file(file) }
      return try StreamsError.ofPackets { () throws(PacketsError) in
        if let packet = try file.next() { return packet }
        try file.finish()
        return nil
      }
    case .stream(let stream, var reader):
      defer { source = .stream(stream, reader) }
      while true {
        let packet = try StreamsError.ofPackets { () throws(PacketsError) in try reader.next() }
        if let packet { return packet }
        let piece = try stream.read(until: isStopped) { () throws(StreamsError) in
          try StreamsError.reading { () throws(RecordingsError) in try stream.next() }
        }
        guard piece.isEmpty else {
          reader.append(piece)
          continue
        }
        // Whoever stops it does not wait for the record to be whole.
        if isStopped() { return nil }
        try StreamsError.ofPackets { () throws(PacketsError) in try reader.finish() }
        return nil
      }
    }
  }

  /// What became of the packets so far.
  public var packets: PacketReport? {
    var report = sweeps.report
    report.capture = assembler.counts
    return report
  }
}
