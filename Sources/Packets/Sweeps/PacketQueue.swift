/// Where a packet belongs among all that its sensor sends.
struct PacketPosition: Equatable, Sendable {
  /// Its place in their order: what is measured later has a greater one.
  var place: Int64
  /// When it was measured, in nanoseconds of the sensor's clock.
  var time: Int64
}

/// A packet that says where it belongs.
protocol SequencedPacket: Sendable {
  /// Its position, by that of a packet not far from it where its own numbers begin anew now and then.
  func position(near reference: PacketPosition?) -> PacketPosition
  /// Whether it is the same packet as another one of its place.
  func repeats(_ other: Self) -> Bool
}

/// A packet with its position.
struct QueuedPacket<Packet: SequencedPacket>: Sendable {
  var packet: Packet
  var position: PacketPosition
  var captureTime: Int64?
  var isReordered = false

  var time: Int64 { position.time }
}

/// Puts packets into order, and finds those that came twice or too late.
struct PacketQueue<Packet: SequencedPacket>: Sendable {
  enum Arrival: Equatable {
    case accepted
    case duplicate
    case late
    /// The sensor has begun anew: nothing that waits belongs to what comes now.
    case restarted
  }

  /// How many of those that were given out are remembered.
  private let memory = 64
  private let window: Int
  private let longestGap: Int64
  /// In ascending order of place.
  private var waiting: [QueuedPacket<Packet>] = []
  /// The last ones given out, the oldest first.
  private var recent: [QueuedPacket<Packet>] = []

  /// A queue in which so many packets wait, and to whose sensor no pause is longer than so many
  /// nanoseconds.
  init(window: Int, longestGap: Int64) {
    self.window = max(window, 0)
    self.longestGap = longestGap
  }

  /// Takes a packet, unless it is said to be of no use or to come after a jump.
  mutating func receive(_ packet: Packet, captureTime: Int64?) -> Arrival {
    let reference = recent.last?.position ?? waiting.last?.position
    var queued = QueuedPacket(
      packet: packet, position: packet.position(near: reference), captureTime: captureTime)
    let position = queued.position
    if let last = recent.last?.position {
      // What is measured later and has an earlier place belongs to another order.
      let elapsed = position.time &- last.time
      let isEarlier = position.place < last.place
      if isEarlier, elapsed > 0 || elapsed < -longestGap { return .restarted }
      if isKnown(queued) { return .duplicate }
      if isEarlier { return .late }
    } else if isKnown(queued) {
      return .duplicate
    }
    queued.isReordered = waiting.last.map { $0.position.place > position.place } ?? false
    let next = waiting.lastIndex { $0.position.place <= position.place }.map { $0 + 1 } ?? 0
    waiting.insert(queued, at: next)
    return .accepted
  }

  private func isKnown(_ queued: QueuedPacket<Packet>) -> Bool {
    let isSame = { (other: QueuedPacket<Packet>) in
      other.position.place == queued.position.place && queued.packet.repeats(other.packet)
    }
    return waiting.contains(where: isSame) || recent.contains(where: isSame)
  }

  /// The next packet in order; nil while it may be overtaken by an earlier one.
  mutating func next(draining: Bool = false) -> QueuedPacket<Packet>? {
    guard !waiting.isEmpty, draining || waiting.count > window else { return nil }
    let first = waiting.removeFirst()
    if recent.count == memory { recent.removeFirst() }
    recent.append(first)
    return first
  }

  /// Forgets what was given out, so that places may begin anew.
  mutating func restart() { recent = [] }
}
