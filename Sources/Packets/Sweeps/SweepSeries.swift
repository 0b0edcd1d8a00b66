/// The sweeps of one sensor: one in the making, those that are over, and what became of all packets.
struct SweepSeries: Sendable {
  /// Those of the sweep in the making are not in it.
  var totals = SweepTotals()
  /// The sweep in the making, if `isOpen`.
  var sweep = Sweep()
  private(set) var isOpen = false
  private var finished: [Sweep] = []

  /// Begins a sweep with room for as many points as the one before had.
  mutating func open(time: Int64, captureTime: Int64?) {
    sweep = Sweep(startTime: time, captureTime: captureTime, capacity: sweep.points.count)
    isOpen = true
  }

  /// Ends the sweep in the making.
  mutating func close(endsAtCut: Bool) {
    sweep.endsAtCut = endsAtCut
    totals.packets += sweep.counts
    totals.sweeps += 1
    finished.append(sweep)
    isOpen = false
  }

  /// Counts a packet to the sweep in the making, if there is one.
  mutating func note(_ count: WritableKeyPath<PacketCounts, Int>) {
    if isOpen {
      sweep.counts[keyPath: count] += 1
    } else {
      totals.packets[keyPath: count] += 1
    }
  }

  /// The sweeps that are over and were not given out.
  mutating func takeFinished() -> [Sweep] {
    guard !finished.isEmpty else { return [] }
    let sweeps = finished
    finished = []
    return sweeps
  }
}
