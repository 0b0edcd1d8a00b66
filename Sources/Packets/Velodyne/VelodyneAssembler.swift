/// Sweeps out of the data packets of one Velodyne sensor.
///
/// A sweep holds whole firings, and a firing belongs to the revolution in which its block's azimuth
/// lies: no sweep mixes two revolutions. A block that jitters back over the cut stays where it is.
public struct VelodyneAssembler: Sendable {
  /// What became of the packets so far; those of the sweep in the making are not in it.
  public var totals: SweepTotals { series.totals }

  private let decoder: VelodyneDecoder
  private let longestGap: Int64
  var queue: PacketQueue<VelodynePacket>
  var series = SweepSeries()
  private var rotation: Rotation
  private var pace = PacketPace(nominal: 1, firings: 0)
  private var firings = VelodyneFirings()
  private var previousTime: Int64?

  /// An assembler of a sensor's packets.
  public init(_ decoder: VelodyneDecoder, configuration: SweepConfiguration = .init()) {
    self.decoder = decoder
    longestGap = configuration.longestGap
    queue = PacketQueue(
      window: configuration.reorderWindow, longestGap: configuration.longestGap)
    rotation = Rotation(cutAzimuth: configuration.cutAzimuth)
  }

  /// Takes the next packet, with the time of its capture in nanoseconds since 1970.
  ///
  /// - Returns: the sweeps that are over, mostly none.
  public mutating func receive(_ packet: VelodynePacket, captureTime: Int64?) -> [Sweep] {
    take(packet, captureTime: captureTime)
  }

  /// Says that no more packets come.
  ///
  /// - Returns: the sweeps that are over now; the last one is seldom complete.
  public mutating func finish() -> [Sweep] {
    end()
  }
}

extension VelodyneAssembler: SweepAssembler {
  mutating func use(_ timed: QueuedPacket<VelodynePacket>) {
    let isDual = decoder.isDual(timed.packet)
    firings.read(timed.packet, bankCount: decoder.model.bankCount, isDual: isDual)
    guard let first = firings.firings.first else {
      series.totals.damaged += 1
      return
    }
    observeSpeed(to: first)
    if let previousTime, timed.time &- previousTime > longestGap { restart() }
    move(to: first, timed)
    series.sweep.counts.received += 1
    if timed.isReordered { series.sweep.counts.reordered += 1 }
    for var firing in firings.firings {
      if firing.index != first.index { turn(to: firing, timed) }
      if firings.capacity == 1 { firing.step = rotation.sense * Int(pace.step) }
      decoder.decode(
        firing, of: timed.packet, time: timed.time, isDual: isDual, into: &series.sweep.points)
    }
    previousTime = timed.time
  }

  /// Learns which way and how fast the sensor turns.
  private mutating func observeSpeed(to first: VelodyneFiring) {
    if pace.firings != firings.capacity {
      let nominal = Double(firings.capacity) * Double(decoder.model.firingInterval)
      pace = PacketPace(nominal: nominal, firings: firings.capacity)
    }
    pace.observe(step: firings.meanStep)
    let step = firings.capacity > 1 ? firings.meanStep : rotation.step(to: first.azimuth)
    if rotation.observe(step: step) { breakOff() }
  }

  /// Goes on to a packet's first firing, and counts what is missing before it.
  private mutating func move(to first: VelodyneFiring, _ timed: QueuedPacket<VelodynePacket>) {
    if series.isOpen, timed.time &- series.sweep.startTime > longestGap { breakOff() }
    let advance = rotation.advance(to: first.azimuth)
    if let previousTime, rotation.position != nil {
      if let gap = pace.gap(elapsed: timed.time &- previousTime, advance: advance) {
        pass(gap, advance, timed)
        return
      }
      restart()
    }
    rotation.start(at: first.azimuth)
    open(timed, before: rotation.position ?? 0)
  }

  /// Turns over a gap, and shares out what is lost in it among the sweeps.
  private mutating func pass(
    _ gap: PacketPace.Gap, _ advance: Int, _ timed: QueuedPacket<VelodynePacket>
  ) {
    let start = rotation.position ?? 0
    let way = advance + gap.turns * Rotation.turn
    let begun = rotation.turn(by: way)
    var lostOfNext = 0
    for number in 0..<gap.lost {
      let revolution = (start + way * (number + 1) / (gap.lost + 1)) / Rotation.turn
      if revolution == 0 {
        series.sweep.counts.lost += 1
      } else if revolution == begun {
        lostOfNext += 1
      } else {
        series.totals.packets.lost += 1
      }
    }
    guard begun > 0 else { return }
    series.close(endsAtCut: true)
    series.totals.missedSweeps += begun - 1
    open(timed, before: nil)
    series.sweep.counts.lost = lostOfNext
  }

  private mutating func turn(to firing: VelodyneFiring, _ timed: QueuedPacket<VelodynePacket>) {
    guard rotation.turn(by: rotation.advance(to: firing.azimuth)) > 0 else { return }
    series.close(endsAtCut: true)
    open(timed, before: nil)
  }

  /// Begins a sweep: at the cut, or so many hundredths of a degree behind it.
  private mutating func open(_ timed: QueuedPacket<VelodynePacket>, before arc: Int?) {
    series.open(time: timed.time, captureTime: timed.captureTime)
    series.sweep.counts.absent = arc.map { pace.packets(in: $0) } ?? 0
    series.sweep.startsAtCut = arc == nil || (pace.step > 0 && series.sweep.counts.absent == 0)
  }

  /// Ends the sweep in the making where the sensor is.
  mutating func breakOff() {
    if series.isOpen {
      let rest = Double(Rotation.turn - (rotation.position ?? 0)) - pace.step
      let absent = pace.packets(in: Int(rest))
      series.sweep.counts.absent += absent
      series.close(endsAtCut: pace.step > 0 && absent == 0)
    }
    rotation.forget()
    previousTime = nil
  }
}
