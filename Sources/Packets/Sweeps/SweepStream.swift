/// Who sends packets: one sensor.
public struct PacketSource: Hashable, Sendable {
  /// The sensor's address.
  public var address: NetworkAddress
  /// The port it sends from.
  public var sourcePort: UInt16
  /// The port it sends to.
  public var destinationPort: UInt16

  /// A source; see the properties.
  public init(address: NetworkAddress, sourcePort: UInt16, destinationPort: UInt16) {
    self.address = address
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
  }
}

/// A sweep, and which sensor measured it.
public struct SourcedSweep: Equatable, Sendable {
  /// The sensor.
  public var source: PacketSource
  /// Its model, given or found out.
  public var model: SensorModel
  /// What it measured.
  public var sweep: Sweep
}

/// What became of the datagrams of a stream.
public struct SweepStreamCounts: Equatable, Sendable {
  /// Data packets that went to a sensor's assembler, or wait for its model to be known.
  public internal(set) var dataPackets = 0
  /// Position packets: 512 bytes to port 8308.
  public internal(set) var positionPackets = 0
  /// Datagrams of the size of a data packet that are none.
  public internal(set) var damaged = 0
  /// Datagrams by their size, where it is that of no known packet.
  public internal(set) var otherSizes: [Int: Int] = [:]
  /// Data packets of more sensors than are told apart.
  public internal(set) var ofTooManySources = 0
  /// Data packets of sensors whose model was not found out.
  public internal(set) var ofUnknownModels = 0
}

/// Tells sensors apart and makes sweeps of each one's packets.
public struct SweepStream: Sendable {
  /// What became of the datagrams so far.
  public private(set) var counts = SweepStreamCounts()

  /// So many sensors are told apart.
  public static let mostSources = 64

  private let configuration: SweepConfiguration
  private var sensors: [PacketSource: any SensorStream] = [:]
  /// In the order in which they were first heard.
  private var order: [PacketSource] = []

  /// A stream of any number of sensors.
  public init(configuration: SweepConfiguration = .init()) {
    self.configuration = configuration
  }

  /// What became of each sensor's packets so far, in the order in which they were first heard.
  public var totals: [(source: PacketSource, totals: SweepTotals)] {
    order.compactMap { source in sensors[source].map { (source, $0.totals) } }
  }

  /// Takes the next datagram.
  ///
  /// - Returns: the sweeps that are over, mostly none.
  /// - Throws: `uncalibrated` where the sensor is an HDL-64E without a calibration, or an Ouster
  ///   without its metadata.
  public mutating func receive(_ datagram: Datagram) throws(PacketsError) -> [SourcedSweep] {
    let source = PacketSource(
      address: datagram.sourceAddress, sourcePort: datagram.sourcePort,
      destinationPort: datagram.destinationPort)
    if sensors[source] == nil {
      guard let sensor = try sensor(sending: datagram) else { return [] }
      guard sensors.count < Self.mostSources else {
        counts.ofTooManySources += 1
        return []
      }
      sensors[source] = sensor
      order.append(source)
    }
    switch try sensors[source]?.receive(datagram.payload, captureTime: datagram.time) {
    case .used(let sweeps):
      counts.dataPackets += 1
      return name(sweeps, of: source)
    case .damaged: counts.damaged += 1
    case .otherSize, nil: countOther(datagram)
    }
    return []
  }

  /// Says that no more datagrams come.
  ///
  /// - Returns: the sweeps that are over now, sensor by sensor.
  /// - Throws: as `receive`.
  public mutating func finish() throws(PacketsError) -> [SourcedSweep] {
    var sweeps: [SourcedSweep] = []
    for source in order {
      let ended = try sensors[source]?.finish() ?? []
      sweeps += name(ended, of: source)
      counts.ofUnknownModels += sensors[source]?.waitingCount ?? 0
    }
    return sweeps
  }

  private func name(_ sweeps: [Sweep], of source: PacketSource) -> [SourcedSweep] {
    guard !sweeps.isEmpty, let model = sensors[source]?.model else { return [] }
    return sweeps.map { SourcedSweep(source: source, model: model, sweep: $0) }
  }

  /// A stream for a sensor that is heard for the first time; nil where this is no data packet.
  private mutating func sensor(
    sending datagram: Datagram
  ) throws(PacketsError) -> (any SensorStream)? {
    guard datagram.payload.count == VelodynePacket.byteCount else {
      let metadata = try OusterRecognition.metadata(
        of: datagram.payload, among: configuration.ousterMetadata)
      if let metadata { return OusterAssembler(metadata, configuration: configuration) }
      countOther(datagram)
      return nil
    }
    if (try? VelodynePacket(datagram.payload)) != nil { return VelodyneStream(configuration) }
    counts.damaged += 1
    return nil
  }

  private mutating func countOther(_ datagram: Datagram) {
    let size = datagram.payload.count
    if size == 512, datagram.destinationPort == 8308 {
      counts.positionPackets += 1
    } else {
      counts.otherSizes[size, default: 0] += 1
    }
  }
}
