/// Fragments that wait for the rest of their datagrams.
///
/// At most `capacity` datagrams of 64 KiB wait, none of them longer than `patience`.
struct FragmentStore: Sendable {
  enum Outcome: Equatable {
    case whole([UInt8])
    case waiting
    case overlapping
    case damaged
  }

  private struct Key: Hashable {
    var source: NetworkAddress
    var destination: NetworkAddress
    var transport: UInt8
    var identification: UInt32
  }

  private struct Piece {
    var offset: Int
    var bytes: [UInt8]
    var end: Int { offset + bytes.count }
  }

  private struct Partial {
    var pieces: [Piece] = []
    /// The datagram's length, once its last fragment is there.
    var length: Int?
    var isRefused = false
    var arrival: Int
    var time: Int64?
  }

  private static let capacity = 64
  private static let longestDatagram = 65_535
  /// Nanoseconds until fragments are given up.
  private static let patience: Int64 = 30_000_000_000

  private var waiting: [Key: Partial] = [:]
  private var arrivals = 0
  /// Datagrams that were given up.
  private(set) var incomplete = 0

  /// Takes a fragment, captured at `time`; gives the datagram that it completes.
  mutating func receive(_ packet: InternetPacket, time: Int64?) -> Outcome {
    forget(before: time)
    let key = Key(
      source: packet.source, destination: packet.destination, transport: packet.transport,
      identification: packet.identification)
    let piece = Piece(offset: packet.fragmentOffset, bytes: packet.payload.array)
    guard piece.end <= Self.longestDatagram, !piece.bytes.isEmpty,
      !packet.isFollowed || piece.bytes.count % 8 == 0
    else { return .damaged }
    arrivals &+= 1
    var partial = waiting[key] ?? Partial(arrival: arrivals, time: time)
    guard !partial.isRefused else { return .waiting }
    let outcome = Self.add(piece, isLast: !packet.isFollowed, to: &partial)
    if case .whole = outcome {
      waiting[key] = nil
    } else {
      waiting[key] = partial
      makeRoom()
    }
    return outcome
  }

  /// Gives up everything that waits.
  mutating func finish() {
    for partial in waiting.values where !partial.isRefused { incomplete += 1 }
    waiting = [:]
  }

  private static func add(_ piece: Piece, isLast: Bool, to partial: inout Partial) -> Outcome {
    let place = partial.pieces.firstIndex { $0.offset >= piece.offset } ?? partial.pieces.count
    if place < partial.pieces.count, partial.pieces[place].offset == piece.offset,
      partial.pieces[place].bytes == piece.bytes
    {
      return .waiting
    }
    let isClear =
      (place == 0 || partial.pieces[place - 1].end <= piece.offset)
      && (place == partial.pieces.count || piece.end <= partial.pieces[place].offset)
      && (partial.length.map { piece.end <= $0 && !isLast } ?? true)
    guard isClear, !isLast || place == partial.pieces.count else {
      partial.isRefused = true
      partial.pieces = []
      return .overlapping
    }
    partial.pieces.insert(piece, at: place)
    if isLast { partial.length = piece.end }
    guard let length = partial.length else { return .waiting }
    let received = partial.pieces.reduce(0) { $0 + $1.bytes.count }
    return received == length ? .whole(partial.pieces.flatMap(\.bytes)) : .waiting
  }

  private mutating func forget(before time: Int64?) {
    guard let time, !waiting.isEmpty else { return }
    for (key, partial) in waiting {
      guard let since = partial.time, time &- since > Self.patience else { continue }
      waiting[key] = nil
      if !partial.isRefused { incomplete += 1 }
    }
  }

  private mutating func makeRoom() {
    guard waiting.count > Self.capacity,
      let oldest = waiting.min(by: { $0.value.arrival < $1.value.arrival })
    else { return }
    waiting[oldest.key] = nil
    if !oldest.value.isRefused { incomplete += 1 }
  }
}
