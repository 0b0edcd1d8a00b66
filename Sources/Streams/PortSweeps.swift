import Packets

/// The sweeps that come in at a port, as long as one likes.
public final class PortSweeps: SweepSource {
  private let socket: UDPSocket
  private var sweeps: PacketSweeps

  /// Listens.
  ///
  /// - Throws: `.unreachable` where the address cannot be listened to, `.unknownSensor`.
  public init(_ endpoint: NetworkEndpoint, options: PacketOptions) throws(StreamsError) {
    sweeps = try PacketSweeps(options)
    socket = try UDPSocket(endpoint)
  }

  /// The next sweep, after waiting for its packets.
  ///
  /// - Parameter isStopped: asked ten times a second; once it says so, what came is given out, and then
  ///   nothing.
  /// - Returns: a sweep, or nothing once it is stopped.
  /// - Throws: `.unknownSensor` for a sensor without known angles.
  public func next(until isStopped: () -> Bool) throws(StreamsError) -> StreamSweep? {
    while true {
      if let sweep = sweeps.next() { return sweep }
      if isStopped() {
        try sweeps.finish()
        return sweeps.next()
      }
      if let datagram = socket.receive(timeout: 100) { try sweeps.receive(datagram) }
    }
  }

  /// What became of the packets so far.
  public var packets: PacketReport? { sweeps.report }

  /// A port is never damaged.
  public var damage: StreamsError? { nil }
}
