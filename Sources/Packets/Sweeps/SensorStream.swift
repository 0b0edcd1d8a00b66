/// Makes sweeps of what one sensor sends.
protocol SensorStream: Sendable {
  /// What sensor it is, once that is known.
  var model: SensorModel? { get }
  /// What became of its packets so far.
  var totals: SweepTotals { get }
  /// How many packets became no sweep because the sensor is not known.
  var waitingCount: Int { get }
  /// Takes the next datagram's payload.
  mutating func receive(
    _ payload: [UInt8], captureTime: Int64?
  ) throws(PacketsError) -> SensorReception
  /// Says that no more come; gives the sweeps that are over now.
  mutating func finish() throws(PacketsError) -> [Sweep]
}

/// What a payload was to a sensor's stream.
enum SensorReception {
  /// A data packet, after which these sweeps are over.
  case used([Sweep])
  /// As long as a data packet, and none.
  case damaged
  /// Of another length than the sensor's data packets.
  case otherSize
}

/// What a sensor is.
public enum SensorModel: Equatable, Sendable {
  /// A sensor of Velodyne, given or found out.
  case velodyne(VelodyneModel)
  /// A sensor of Ouster, as its metadata says.
  case ouster(OusterMetadata)
}

extension SensorModel: CustomStringConvertible {
  /// What people call it.
  public var description: String {
    switch self {
    case .velodyne(let model): model.rawValue
    case .ouster(let metadata): metadata.name
    }
  }
}
