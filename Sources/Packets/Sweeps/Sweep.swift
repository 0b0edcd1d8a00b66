public import PointClouds

/// What one revolution of a sensor measured.
public struct Sweep: Equatable, Sendable {
  /// The points in the order of their packets.
  public internal(set) var points: [SweepPoint] = []
  /// When its first packet was measured, in nanoseconds of the sensor's clock; an hour that ended is
  /// counted on.
  public internal(set) var startTime: Int64
  /// When its first packet was captured, in nanoseconds since 1970, where that is known.
  public internal(set) var captureTime: Int64?
  /// Whether it begins at the cut, and not in the middle of a revolution.
  public internal(set) var startsAtCut = false
  /// Whether it goes on to the cut.
  public internal(set) var endsAtCut = false
  /// What became of its packets, each of which belongs to the sweep in which it begins.
  public internal(set) var counts = PacketCounts()

  /// An empty sweep with room for `capacity` points, and a few more.
  init(startTime: Int64 = 0, captureTime: Int64? = nil, capacity: Int = 0) {
    self.startTime = startTime
    self.captureTime = captureTime
    if capacity > 0 { points.reserveCapacity(capacity + capacity / 16) }
  }

  /// Received packets out of those that a whole revolution has, from 0 to 1.
  public var completeness: Double {
    counts.expected > 0 ? Double(counts.received) / Double(counts.expected) : 0
  }

  /// Whether nothing of its revolution is missing.
  public var isComplete: Bool {
    startsAtCut && endsAtCut && counts.received == counts.expected && counts.received > 0
      && counts.invalidColumns == 0
  }

  /// The points as a cloud; times are seconds since `startTime`.
  public func cloud() -> PointCloud {
    PointCloud(
      x: points.map(\.x), y: points.map(\.y), z: points.map(\.z),
      intensity: points.map { Float($0.intensity) }, ring: points.map { UInt16($0.ring) },
      time: points.map { Float($0.time &- startTime) * 1e-9 },
      returnIndex: points.map(\.returnIndex))
  }
}

/// What became of packets.
public struct PacketCounts: Equatable, Sendable {
  /// Packets whose points are there.
  public internal(set) var received = 0
  /// Packets between received ones that are missing, by the gaps in time and azimuth.
  public internal(set) var lost = 0
  /// Packets before the first or after the last one of a sweep, up to the cut.
  public internal(set) var absent = 0
  /// Packets that came after later ones had been used; they are among the lost.
  public internal(set) var late = 0
  /// Packets that came twice.
  public internal(set) var duplicate = 0
  /// Packets that came after later ones and were put into order.
  public internal(set) var reordered = 0
  /// Columns of an Ouster's received packets that hold no points.
  ///
  /// The sensor says that they are invalid, or their numbers are not those of their packet.
  public internal(set) var invalidColumns = 0

  /// All that should be there.
  public var expected: Int { received + lost + absent }

  static func += (counts: inout Self, more: Self) {
    counts.received += more.received
    counts.lost += more.lost
    counts.absent += more.absent
    counts.late += more.late
    counts.duplicate += more.duplicate
    counts.reordered += more.reordered
    counts.invalidColumns += more.invalidColumns
  }
}

/// What became of all packets of one sensor.
public struct SweepTotals: Equatable, Sendable {
  /// Sums over sweeps, and what belongs to none.
  public internal(set) var packets = PacketCounts()
  /// Sweeps given out.
  public internal(set) var sweeps = 0
  /// Revolutions of which no packet came.
  public internal(set) var missedSweeps = 0
  /// Times at which the sensor's clock or its azimuth jumped, or nothing came for longer than a gap
  /// may be.
  public internal(set) var restarts = 0
  /// Packets without one whole block.
  public internal(set) var damaged = 0
}
