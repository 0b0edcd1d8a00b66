/// Finds out which model sends packets.
///
/// Their flags and how fast they come tell, and the factory byte where it fits to those. The byte alone
/// is not to be trusted: there are VLP-16s that call themselves HDL-32E.
public struct VelodyneRecognition: Sendable {
  /// From so many packets on the answer does not change for the better.
  public static let sufficientCount = 16

  /// How many packets it has seen.
  public private(set) var count = 0
  private var product: UInt8 = 0
  private var banks: Set<Int> = []
  private var previousTimestamp: Int?
  /// Microseconds for one block of 32 values, or for two where there are two returns.
  private var shortestPace = Double.infinity
  /// Neighbouring values of one laser, if it were a VLP-16: how many agree, and how many there are.
  private var (agreeing, compared) = (0, 0)

  /// Nothing is known yet.
  public init() {}

  /// Takes the next packet.
  public mutating func observe(_ packet: VelodynePacket) {
    count += 1
    product = packet.product
    banks.formUnion((0..<VelodynePacket.blockCount).compactMap { packet.bank(ofBlock: $0) })
    if let previousTimestamp, packet.timestamp != previousTimestamp {
      let isDual =
        packet.returnMode == .dual
        || packet.azimuth(ofBlock: 0) == packet.azimuth(ofBlock: 2)
          && packet.azimuth(ofBlock: 0) != packet.azimuth(ofBlock: 4)
      let passed = Double(abs(packet.timestamp - previousTimestamp))
      shortestPace = min(shortestPace, passed / (isDual ? 6 : 12))
    }
    previousTimestamp = packet.timestamp
    compareHalves(of: packet)
  }

  /// The model that fits what was seen; nil where nothing tells.
  public var model: VelodyneModel? {
    if banks.contains(2) || banks.contains(3) { return .vls128 }
    if banks.contains(1) { return fitting([.hdl64ES2, .hdl64ES3]) ?? .hdl64ES2 }
    let claimed = VelodyneModel(product: product)
    if let claimed, fitting([claimed]) != nil { return claimed }
    if let model = fitting([.vlp16, .hdl32E, .vlp32C]) { return model }
    return compared > 0 && agreeing * 10 > compared * 7 ? claimed ?? .vlp16 : claimed
  }

  /// The one of some models whose packets come as fast as these, within seven percent.
  private func fitting(_ models: [VelodyneModel]) -> VelodyneModel? {
    models.first { model in
      let pace = Double(model.firingInterval) / 1000 / Double(model.bankCount)
      return abs(shortestPace / pace - 1) < 0.07
    }
  }

  /// A VLP-16's blocks hold each laser twice, 55 microseconds apart: mostly the same surface.
  private mutating func compareHalves(of packet: VelodynePacket) {
    for channel in 0..<16 {
      let place = 4 + 3 * channel
      let first = Int(packet.bytes[place]) | Int(packet.bytes[place + 1]) << 8
      let second = Int(packet.bytes[place + 48]) | Int(packet.bytes[place + 49]) << 8
      guard first > 0, second > 0 else { continue }
      compared += 1
      if abs(first - second) * 20 < first { agreeing += 1 }
    }
  }
}
