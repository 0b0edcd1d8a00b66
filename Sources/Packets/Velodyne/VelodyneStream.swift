/// The packets of one Velodyne sensor: they wait until its model is known, then become sweeps.
struct VelodyneStream: SensorStream {
  private struct Waiting: Sendable {
    var packet: VelodynePacket
    var captureTime: Int64?
  }

  private let configuration: SweepConfiguration
  private var recognition = VelodyneRecognition()
  private var waiting: [Waiting] = []
  private var assembler: VelodyneAssembler?
  private(set) var model: SensorModel?

  /// Packets that were given up because nothing tells their model.
  private var unknownCount = 0

  var waitingCount: Int { waiting.count + unknownCount }

  var totals: SweepTotals { assembler?.totals ?? SweepTotals() }

  init(_ configuration: SweepConfiguration) {
    self.configuration = configuration
  }

  mutating func receive(
    _ payload: [UInt8], captureTime: Int64?
  ) throws(PacketsError) -> SensorReception {
    guard payload.count == VelodynePacket.byteCount else { return .otherSize }
    guard let packet = try? VelodynePacket(payload) else { return .damaged }
    return .used(try take(packet, captureTime: captureTime))
  }

  private mutating func take(
    _ packet: VelodynePacket, captureTime: Int64?
  ) throws(PacketsError) -> [Sweep] {
    if assembler != nil {
      return assembler?.receive(packet, captureTime: captureTime) ?? []
    }
    waiting.append(Waiting(packet: packet, captureTime: captureTime))
    recognition.observe(packet)
    let isSure = recognition.count >= VelodyneRecognition.sufficientCount
    guard configuration.model != nil || isSure else { return [] }
    return try begin()
  }

  mutating func finish() throws(PacketsError) -> [Sweep] {
    let begun = try begin()
    return begun + (assembler?.finish() ?? [])
  }

  /// Settles on a model and lets what waits go; what nothing tells the model of is given up.
  private mutating func begin() throws(PacketsError) -> [Sweep] {
    guard assembler == nil, !waiting.isEmpty else { return [] }
    guard let known = configuration.model ?? recognition.model else {
      unknownCount += waiting.count
      waiting = []
      return []
    }
    model = .velodyne(known)
    var assembler = VelodyneAssembler(
      try configuration.decoder(known), configuration: configuration)
    var sweeps: [Sweep] = []
    for entry in waiting {
      sweeps += assembler.receive(entry.packet, captureTime: entry.captureTime)
    }
    waiting = []
    self.assembler = assembler
    return sweeps
  }
}
