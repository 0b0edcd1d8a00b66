/// Makes sweeps out of the data packets of one sensor: puts them into order, and uses one after the
/// other.
protocol SweepAssembler: Sendable {
  associatedtype Packet: SequencedPacket
  var queue: PacketQueue<Packet> { get set }
  var series: SweepSeries { get set }
  /// Adds the next packet in order.
  mutating func use(_ queued: QueuedPacket<Packet>)
  /// Ends the sweep in the making where the sensor is, and forgets where that was.
  mutating func breakOff()
}

extension SweepAssembler {
  /// Takes a packet; gives the sweeps that are over.
  mutating func take(_ packet: Packet, captureTime: Int64?) -> [Sweep] {
    switch queue.receive(packet, captureTime: captureTime) {
    case .accepted: break
    case .duplicate: series.note(\.duplicate)
    case .late: series.note(\.late)
    case .restarted:
      while let queued = queue.next(draining: true) { use(queued) }
      queue.restart()
      restart()
      _ = queue.receive(packet, captureTime: captureTime)
    }
    while let queued = queue.next() { use(queued) }
    return series.takeFinished()
  }

  /// Uses all that waits; gives the sweeps that are over then.
  mutating func end() -> [Sweep] {
    while let queued = queue.next(draining: true) { use(queued) }
    breakOff()
    return series.takeFinished()
  }

  /// Begins anew after a jump.
  mutating func restart() {
    breakOff()
    series.totals.restarts += 1
  }
}
