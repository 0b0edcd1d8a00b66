/// The packets of one sensor: they wait until its model is known, then become sweeps.
struct SensorStream: Sendable {
  private struct Waiting: Sendable {
    var packet: VelodynePacket
    var captureTime: Int64?
  }

  private let configuration: SweepConfiguration
  private var recognition = VelodyneRecognition()
  private var waiting: [Waiting] = []
  private var assembler: SweepAssembler?
  /// The sensor's model, once it is known.
  private(set) var model: VelodyneModel?

  /// Packets that were given up because nothing tells their model.
  private var unknownCount = 0

  /// How many packets became no sweep for want of a model.
  var waitingCount: Int { waiting.count + unknownCount }

  var totals: SweepTotals { assembler?.totals ?? SweepTotals() }

  init(_ configuration: SweepConfiguration) {
    self.configuration = configuration
  }

  mutating func receive(
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
    model = known
    var assembler = SweepAssembler(
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
