import Packets

/// The sweeps in a capture file: pcap or pcapng.
public struct CaptureSweeps {
  private var file: CaptureFile
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
      file = try CaptureFile(path: path)
    } catch {
      throw StreamsError(error)
    }
  }

  /// The next sweep, in the order in which they ended.
  ///
  /// - Returns: nothing at the end, or where the file is damaged: see `damage`.
  /// - Throws: `.unknownSensor` for a sensor without known angles.
  public mutating func next() throws(StreamsError) -> StreamSweep? {
    while true {
      if let sweep = sweeps.next() { return sweep }
      if isOver { return nil }
      guard let packet = nextPacket() else {
        isOver = true
        assembler.finish()
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

  private mutating func nextPacket() -> CapturePacket? {
    do throws(PacketsError) {
      if let packet = try file.next() { return packet }
      try file.finish()
    } catch {
      damage = StreamsError(error)
    }
    return nil
  }

  /// What became of the packets so far.
  public var report: PacketReport { sweeps.report }
}
