/// The sensors whose packets are read.
public enum VelodyneModel: String, CaseIterable, Sendable {
  case vlp16 = "VLP-16"
  case puckHiRes = "Puck Hi-Res"
  case hdl32E = "HDL-32E"
  case hdl64ES2 = "HDL-64E S2"
  case hdl64ES3 = "HDL-64E S3"
  case vlp32C = "VLP-32C"
  case vls128 = "VLS-128"

  /// How many lasers it has.
  public var laserCount: Int {
    switch self {
    case .vlp16, .puckHiRes: 16
    case .hdl32E, .vlp32C: 32
    case .hdl64ES2, .hdl64ES3: 64
    case .vls128: 128
    }
  }

  /// What one unit of a distance is, in metres.
  public var distanceUnit: Float {
    switch self {
    case .vlp32C, .vls128: 0.004
    case .vlp16, .puckHiRes, .hdl32E, .hdl64ES2, .hdl64ES3: 0.002
    }
  }

  /// How many blocks of 32 values all its lasers fill.
  var bankCount: Int { max(laserCount / 32, 1) }

  /// Nanoseconds from one block, or group of blocks with all lasers, to the next.
  ///
  /// From the sensors' manuals; the HDL-64E's are 12 times 32 values at the rate of its packets.
  var firingInterval: Int64 {
    switch self {
    case .vlp16, .puckHiRes: 110_592
    case .hdl32E: 46_080
    case .hdl64ES2: 48_000
    case .hdl64ES3: 57_600
    case .vlp32C: 55_296
    case .vls128: 53_300
    }
  }

  /// Which laser value `channel` of a block of bank `bank` is, and how many nanoseconds after the
  /// packet's time it fires (in the first firing).
  func firing(bank: Int, channel: Int) -> (laser: Int, delay: Int64) {
    let laser = bank * 32 + channel
    switch self {
    case .vlp16, .puckHiRes:
      return (channel % 16, Int64(channel / 16) * 55_296 + Int64(channel % 16) * 2304)
    case .hdl32E: return (laser, Int64(channel) * 1152)
    case .hdl64ES2: return (laser, Int64(channel / 4) * 6000 + Self.staggered[channel % 4])
    case .hdl64ES3: return (laser, Int64(channel / 4) * 7200 + Self.staggered[channel % 4])
    case .vlp32C: return (laser, Int64(channel / 2) * 2304)
    case .vls128:
      // Eight at a time, a pause after half of them; the packet's time is the fourth group's.
      return (laser, Int64(laser / 8 + laser / 64) * 2665 - 8700)
    }
  }

  /// When each of four lasers of an HDL-64E's block fires after the first of them.
  private static let staggered: [Int64] = [0, 1260, 2460, 3660]

  /// The model that a factory byte stands for (VLP-16 User Manual, table 9-2).
  init?(product: UInt8) {
    switch product {
    case 0x21: self = .hdl32E
    case 0x22: self = .vlp16
    case 0x24: self = .puckHiRes
    case 0x28: self = .vlp32C
    case 0x63, 0xa1: self = .vls128
    default: return nil
    }
  }
}
