/// A data packet with its time on the sensor's clock.
struct TimedPacket: Sendable {
  var packet: VelodynePacket
  /// Nanoseconds; hours that ended are counted on.
  var time: Int64
  var captureTime: Int64?
  var isReordered = false
}

/// Puts packets into the order of their times, and finds those that came twice or too late.
struct PacketQueue: Sendable {
  enum Arrival: Equatable {
    case accepted
    case duplicate
    case late
    /// The clock has jumped back: nothing that waits belongs to what comes now.
    case restarted
  }

  private static let memory = 64
  private static let hour = 3_600_000_000

  private let window: Int
  private let longestGap: Int64
  /// In ascending order of time.
  private var waiting: [TimedPacket] = []
  /// The last ones given out, the oldest first.
  private var recent: [TimedPacket] = []

  init(window: Int, longestGap: Int64) {
    self.window = max(window, 0)
    self.longestGap = longestGap
  }

  /// Takes a packet, unless it is said to be of no use or to come after a jump.
  mutating func receive(_ packet: VelodynePacket, captureTime: Int64?) -> Arrival {
    var timed = TimedPacket(
      packet: packet, time: time(of: packet), captureTime: captureTime)
    if waiting.contains(where: { $0.time == timed.time && $0.packet == packet })
      || recent.contains(where: { $0.time == timed.time && $0.packet == packet })
    {
      return .duplicate
    }
    if let last = recent.last, timed.time < last.time {
      return last.time &- timed.time > longestGap ? .restarted : .late
    }
    timed.isReordered = waiting.last.map { $0.time > timed.time } ?? false
    let place = waiting.lastIndex { $0.time <= timed.time }.map { $0 + 1 } ?? 0
    waiting.insert(timed, at: place)
    return .accepted
  }

  /// The next packet in order; nil while it may be overtaken by an earlier one.
  mutating func next(draining: Bool = false) -> TimedPacket? {
    guard !waiting.isEmpty, draining || waiting.count > window else { return nil }
    let first = waiting.removeFirst()
    if recent.count == Self.memory { recent.removeFirst() }
    recent.append(first)
    return first
  }

  /// Forgets what was given out, so that times may begin anew.
  mutating func restart() { recent = [] }

  /// A packet's time nearest to what came before it, half an hour at most.
  private func time(of packet: VelodynePacket) -> Int64 {
    guard let reference = recent.last?.time ?? waiting.last?.time else {
      return Int64(packet.timestamp) * 1000
    }
    let hour = Int64(Self.hour) * 1000
    let past = ((reference % hour) + hour) % hour
    var difference = (Int64(packet.timestamp) * 1000 - past + hour) % hour
    if difference >= hour / 2 { difference -= hour }
    return reference &+ difference
  }
}
