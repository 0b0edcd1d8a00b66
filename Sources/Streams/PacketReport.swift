public import Packets

/// What became of the packets of a capture or a port.
public struct PacketReport: Codable, Equatable, Sendable {
  /// The part of one sensor.
  public struct Sensor: Codable, Equatable, Sendable {
    /// Its address and port.
    public var source: String
    /// Sweeps that its packets made.
    public var sweeps: Int
    /// Revolutions of which no packet came.
    public var missedSweeps: Int
    /// Packets whose points are there.
    public var received: Int
    /// Packets that are missing between others.
    public var lost: Int
    /// Packets before the first or behind the last of a sweep that was not seen whole.
    public var absent: Int
    /// Packets that came too late to be used; they are among the lost.
    public var late: Int
    /// Packets that came twice.
    public var duplicate: Int
    /// Packets that were put into order.
    public var reordered: Int
    /// Columns of an Ouster's packets that hold no points because they are not valid.
    public var invalidColumns: Int

    init(_ source: PacketSource, _ totals: SweepTotals) {
      self.source = "\(source.address):\(source.sourcePort)"
      (sweeps, missedSweeps) = (totals.sweeps, totals.missedSweeps)
      (received, lost, absent) = (
        totals.packets.received, totals.packets.lost, totals.packets.absent
      )
      (late, duplicate, reordered) = (
        totals.packets.late, totals.packets.duplicate, totals.packets.reordered
      )
      invalidColumns = totals.packets.invalidColumns
    }
  }

  /// The sensors in the order in which they were first heard.
  public var sensors: [Sensor]
  /// Sweeps of which packets are missing, the first and the last of a capture mostly among them.
  public var incompleteSweeps: Int
  /// Packets that say where the sensor is, and hold no points.
  public var positionPackets: Int
  /// Packets of the right size that hold something else.
  public var damagedPackets: Int
  /// Datagrams by their size, where it is that of no known packet.
  public var otherSizes: [Int: Int]
  /// Packets of sensors that could not be told.
  public var unknownPackets: Int
  /// What became of a capture's packets before they were a sensor's; missing for ports and recordings.
  public var capture: DatagramCounts?
}
