/// Sweeps out of the data packets of one Ouster sensor.
///
/// A sweep is one frame, as the sensor numbers them: it begins at column 0, which looks back over the
/// plug. Which packets are missing follows from the numbers of frames and columns alone.
public struct OusterAssembler: Sendable {
  /// What became of the packets so far; those of the sweep in the making are not in it.
  public var totals: SweepTotals { series.totals }

  private let decoder: OusterDecoder
  private let longestGap: Int64
  var queue: PacketQueue<OusterPacket>
  var series = SweepSeries()
  /// The last packet that was used.
  private var last: (frame: Int64, number: Int, time: Int64)?

  private var frame: OusterFrame { decoder.metadata.frame }

  /// An assembler of a sensor's packets.
  public init(_ metadata: OusterMetadata, configuration: SweepConfiguration = .init()) {
    decoder = OusterDecoder(metadata)
    longestGap = configuration.longestGap
    queue = PacketQueue(
      window: configuration.reorderWindow, longestGap: configuration.longestGap)
  }

  /// Takes the next packet, with the time of its capture in nanoseconds since 1970.
  ///
  /// - Returns: the sweeps that are over, mostly none.
  public mutating func receive(_ packet: OusterPacket, captureTime: Int64?) -> [Sweep] {
    take(packet, captureTime: captureTime)
  }

  /// Says that no more packets come.
  ///
  /// - Returns: the sweeps that are over now; the last one is seldom complete.
  public mutating func finish() -> [Sweep] { end() }
}

extension OusterAssembler: SweepAssembler {
  mutating func use(_ queued: QueuedPacket<OusterPacket>) {
    let packet = queued.packet
    let index = queued.position.place.floorDivided(by: Int64(frame.packetCount))
    if let last, isJump(from: last, to: index, packet) { restart() }
    move(to: index, queued)
    last = (index, packet.number, packet.time)
    series.sweep.counts.received += 1
    if queued.isReordered { series.sweep.counts.reordered += 1 }
    for column in 0..<packet.format.columnsPerPacket {
      if packet.isValid(column: column) {
        decoder.decode(column: column, of: packet, into: &series.sweep.points)
      } else if frame.isSent(column: packet.measurement(ofColumn: column)) {
        series.sweep.counts.invalidColumns += 1
      }
    }
  }

  /// Whether the sensor has paused, or its clock and its frames contradict one another.
  ///
  /// Frames alone tell where the clock stands still. Where it runs, it tells a number of a frame that
  /// is damaged: no sensor's speed varies by a quarter of a turn.
  private func isJump(
    from last: (frame: Int64, number: Int, time: Int64), to index: Int64, _ packet: OusterPacket
  ) -> Bool {
    let turn = 1e9 / decoder.metadata.frameRate
    let packets = Double(packet.number - last.number) / Double(frame.packetCount)
    let (expected, elapsed) = (
      (Double(index &- last.frame) + packets) * turn, Double(packet.time &- last.time)
    )
    if max(expected - turn, abs(elapsed)) > Double(longestGap) { return true }
    return elapsed != 0 && abs(elapsed - expected) > (turn + expected) / 4
  }

  /// Goes on to a packet, and counts what is missing before it.
  private mutating func move(to index: Int64, _ queued: QueuedPacket<OusterPacket>) {
    let missing = frame.sent(before: queued.packet.number)
    guard let last else {
      series.open(time: queued.time, captureTime: queued.captureTime)
      series.sweep.counts.absent = missing
      series.sweep.startsAtCut = missing == 0
      return
    }
    if index == last.frame {
      // A packet that is not to be sent has none before it that are.
      series.sweep.counts.lost += max(missing - frame.sent(through: last.number), 0)
      return
    }
    series.sweep.counts.lost += frame.sent(after: last.number)
    series.close(endsAtCut: true)
    let missed = Int(index - last.frame - 1)
    series.totals.missedSweeps += missed
    series.totals.packets.lost += missed * frame.sentCount
    series.open(time: queued.time, captureTime: queued.captureTime)
    series.sweep.counts.lost = missing
    series.sweep.startsAtCut = true
  }

  mutating func breakOff() {
    if let last {
      let absent = frame.sent(after: last.number)
      series.sweep.counts.absent += absent
      series.close(endsAtCut: absent == 0)
    }
    last = nil
  }
}

extension OusterAssembler: SensorStream {
  var model: SensorModel? { .ouster(decoder.metadata) }

  /// None waits: a sensor is known by its metadata from the beginning.
  var waitingCount: Int { 0 }

  mutating func receive(
    _ payload: [UInt8], captureTime: Int64?
  ) throws(PacketsError) -> SensorReception {
    guard payload.count == decoder.metadata.format.byteCount else { return .otherSize }
    guard let packet = try? OusterPacket(payload, of: decoder.metadata) else { return .damaged }
    return .used(receive(packet, captureTime: captureTime))
  }
}
