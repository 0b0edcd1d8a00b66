/// How fast a sensor's packets follow one another, and so how many are missing between two.
struct PacketPace: Sendable {
  struct Gap: Equatable {
    var lost: Int
    /// Whole turns beyond the part of one that azimuths tell.
    var turns: Int
  }

  /// How many firings a packet holds.
  let firings: Int
  private let nominal: Double
  /// Nanoseconds from packet to packet.
  private var interval: Double
  private var isLearnt = false
  /// Hundredths of a degree from firing to firing, never negative.
  private(set) var step = 0.0

  /// The pace of a sensor whose packets come `nominal` nanoseconds apart by its design.
  init(nominal: Double, firings: Int) {
    self.firings = firings
    self.nominal = nominal
    interval = nominal
  }

  /// Takes what a packet with several firings says of the sensor's speed.
  mutating func observe(step: Double) {
    if step != 0 { self.step = abs(step) }
  }

  /// What is missing before a packet that comes `elapsed` nanoseconds and `advance` hundredths of a
  /// degree after the last firing of the one before; nil where the one contradicts the other.
  ///
  /// Azimuths alone tell where the clock stands still, and where they go on without a gap.
  mutating func gap(elapsed: Int64, advance: Int) -> Gap? {
    let byTime = max(Int((Double(elapsed) / interval).rounded()) - 1, 0)
    learn(elapsed: elapsed, advance: advance)
    guard step > 0 else { return Gap(lost: byTime, turns: 0) }
    let expected = Double(byTime * firings + 1) * step
    let turns = max(((expected - Double(advance)) / Double(Rotation.turn)).rounded(), 0)
    let deviation = abs(expected - Double(advance) - turns * Double(Rotation.turn))
    if elapsed > 0, deviation <= min(1000 + expected * 0.02, Double(Rotation.turn) / 4) {
      return Gap(lost: byTime, turns: Int(turns))
    }
    let byAzimuth = max(Int(((Double(advance) / step - 1) / Double(firings)).rounded()), 0)
    return elapsed == 0 || byAzimuth == 0 ? Gap(lost: byAzimuth, turns: 0) : nil
  }

  /// How many packets fill `arc` hundredths of a degree.
  func packets(in arc: Int) -> Int {
    step > 0 ? max(Int((Double(arc) / (step * Double(firings))).rounded()), 0) : 0
  }

  /// Two packets whose azimuths follow without a gap show the interval.
  private mutating func learn(elapsed: Int64, advance: Int) {
    let elapsed = Double(elapsed)
    guard elapsed > nominal / 2, elapsed < nominal * 2, advance > 0 else { return }
    if firings == 1, elapsed < interval * 1.5, advance < 1000 { step = Double(advance) }
    guard step > 0, abs(Double(advance) - step) <= step / 2 else { return }
    interval = isLearnt ? interval + (elapsed - interval) / 16 : elapsed
    isLearnt = true
  }
}
