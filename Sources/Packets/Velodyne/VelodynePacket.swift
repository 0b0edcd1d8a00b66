/// The 1206 bytes of a Velodyne sensor's data packet.
///
/// Twelve blocks of 32 values, a time, and two factory bytes; all numbers are little-endian.
public struct VelodynePacket: Equatable, Sendable {
  /// Which echo of a pulse the sensor reports.
  public enum ReturnMode: UInt8, Sendable {
    case strongest = 0x37
    case last = 0x38
    /// The last and the strongest, in two blocks that follow one another.
    case dual = 0x39
  }

  /// How long a data packet is.
  public static let byteCount = 1206
  /// How many blocks it has.
  public static let blockCount = 12
  /// How many values a block has.
  public static let channelCount = 32
  /// Bytes of a block, and of its flag and azimuth.
  static let (blockLength, blockHeaderLength) = (100, 4)

  /// All of it.
  public let bytes: [UInt8]

  /// Takes a datagram's payload.
  ///
  /// - Throws: `unsupported` where it is of another size, `damaged` where the first block's flag is
  ///   none that a sensor sends.
  public init(_ payload: [UInt8]) throws(PacketsError) {
    guard payload.count == Self.byteCount else {
      throw PacketsError(
        .unsupported, "a payload of \(payload.count) bytes; data packets have \(Self.byteCount)",
        remedy: "Count it and go on.")
    }
    bytes = payload
    guard bank(ofBlock: 0) != nil else {
      throw PacketsError(
        .damaged, "\(payload[0]), \(payload[1]) are the flag of no block",
        remedy: "Count it and go on.", offset: 0)
    }
  }

  /// Which 32 lasers block `index` holds, counted from 0; nil where its flag is none of the known.
  ///
  /// - Precondition: `index` is below `blockCount`.
  public func bank(ofBlock index: Int) -> Int? {
    switch number(at: index * Self.blockLength) {
    case 0xeeff: 0
    case 0xddff: 1
    case 0xccff: 2
    case 0xbbff: 3
    default: nil
    }
  }

  /// The azimuth of block `index` in hundredths of a degree, clockwise; nil where it is more than a
  /// turn.
  ///
  /// Sensors write a full turn as 0 or, now and then, as 36000.
  ///
  /// - Precondition: `index` is below `blockCount`.
  public func azimuth(ofBlock index: Int) -> Int? {
    let azimuth = number(at: index * Self.blockLength + 2)
    return azimuth <= 36_000 ? azimuth % 36_000 : nil
  }

  /// Microseconds past the hour; what exceeds an hour is taken as past the next one.
  public var timestamp: Int {
    (number(at: 1200) + number(at: 1202) << 16) % 3_600_000_000
  }

  /// The first factory byte as a return mode; nil where it is none.
  ///
  /// An HDL-64E has its status there.
  public var returnMode: ReturnMode? { ReturnMode(rawValue: bytes[1204]) }

  /// The second factory byte, which is not always the sensor's own.
  public var product: UInt8 { bytes[1205] }

  private func number(at place: Int) -> Int { Int(bytes[place]) | Int(bytes[place + 1]) << 8 }
}
