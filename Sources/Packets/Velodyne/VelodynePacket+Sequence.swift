extension VelodynePacket: SequencedPacket {
  /// Its time is its place: the one nearest to the reference's, half an hour at most.
  func position(near reference: PacketPosition?) -> PacketPosition {
    let start = Int64(timestamp) * 1000
    guard let reference else { return PacketPosition(place: start, time: start) }
    let hour: Int64 = 3_600_000_000_000
    let past = ((reference.time % hour) + hour) % hour
    var difference = (start - past + hour) % hour
    if difference >= hour / 2 { difference -= hour }
    let time = reference.time &+ difference
    return PacketPosition(place: time, time: time)
  }

  /// Packets of one time may hold different firings.
  func repeats(_ other: Self) -> Bool { self == other }
}
