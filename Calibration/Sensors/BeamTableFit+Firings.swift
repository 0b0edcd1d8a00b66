import Foundation

/// How far a sensor turns between two firings of a beam.
struct FiringSteps: Sendable {
  /// The width of a bin, in degrees.
  private static let width = 0.002
  /// Longer steps, in degrees, are gaps.
  private static let longest = 2.0
  /// Nearer points, in metres, are rounded too coarsely.
  private static let nearest: Float = 8
  /// Points at different ranges are seen at different azimuths by a beam that starts beside the axis.
  private static let rangeChange: Float = 0.02

  private(set) var counts = [Int](repeating: 0, count: Int(longest / width))
  private var previous: [(x: Float, y: Float, rho: Float)]

  init(ringCount: Int) {
    previous = [(x: Float, y: Float, rho: Float)](repeating: (0, 0, 0), count: ringCount)
  }

  /// Adds the next point of a ring.
  mutating func add(x: Float, y: Float, rho: Float, ring: Int) {
    defer { previous[ring] = (x, y, rho) }
    let last = previous[ring]
    guard rho >= Self.nearest, abs(rho - last.rho) <= Self.rangeChange * rho
    else { return }
    let cross = Double(last.x) * Double(y) - Double(last.y) * Double(x)
    let dot = Double(last.x) * Double(x) + Double(last.y) * Double(y)
    let bin = Int(abs(atan2(cross, dot)) * 180 / .pi / Self.width)
    if bin < counts.count { counts[bin] += 1 }
  }

  static func += (steps: inout Self, other: Self) {
    for bin in steps.counts.indices { steps.counts[bin] += other.counts[bin] }
  }

  /// The steps and their shares, the shortest first; empty where there are too few points.
  ///
  /// Steps are multiples of the shortest that occurs in more than a hundredth of all cases and of which
  /// the most frequent one is a multiple; up to four of it, for what is longer is a gap.
  var steps: [SensorTable.AzimuthStep] {
    guard counts.reduce(0, +) >= 1000 else { return [] }
    let most = center(around: counts.indices.max { smoothed($0) < smoothed($1) } ?? 0)
    let total = Double(counts.reduce(0, +))
    let divisor = [3, 2].first { share in
      Double(count(around: most / Double(share), within: 0.2 * most / Double(share)))
        > 0.01 * total
    }
    let quantum = most / Double(divisor ?? 1)
    let found = (1...4).map { multiple in
      (
        step: quantum * Double(multiple),
        count: count(around: quantum * Double(multiple), within: 0.25 * quantum)
      )
    }
    let kept = found.filter { Double($0.count) > 0.001 * total }
    return Self.shares(kept)
  }

  /// Shares rounded so that they add up to 1.
  private static func shares(_ kept: [(step: Double, count: Int)]) -> [SensorTable.AzimuthStep] {
    let total = Double(kept.reduce(0) { $0 + $1.count })
    var thousandths = kept.map { Int((Double($0.count) / total * 1000).rounded()) }
    let largest = kept.indices.max { kept[$0].count < kept[$1].count } ?? 0
    guard !kept.isEmpty else { return [] }
    thousandths[largest] += 1000 - thousandths.reduce(0, +)
    return zip(kept, thousandths).filter { $1 > 0 }.map { item, share in
      SensorTable.AzimuthStep(
        step: (item.step * 1e4).rounded() / 1e4, share: Double(share) / 1000)
    }
  }

  private func smoothed(_ bin: Int) -> Int {
    counts[max(0, bin - 3)...min(counts.count - 1, bin + 3)].reduce(0, +)
  }

  private func bins(around step: Double, within: Double) -> ClosedRange<Int> {
    let last = counts.count - 1
    let low = min(max(Int((step - within) / Self.width), 0), last)
    return low...max(low, min(Int((step + within) / Self.width), last))
  }

  private func count(around step: Double, within: Double) -> Int {
    counts[bins(around: step, within: within)].reduce(0, +)
  }

  /// The mean of the steps near a bin.
  private func center(around bin: Int) -> Double {
    let step = (Double(bin) + 0.5) * Self.width
    var (sum, total) = (0.0, 0)
    for bin in bins(around: step, within: 0.15 * step) {
      sum += (Double(bin) + 0.5) * Self.width * Double(counts[bin])
      total += counts[bin]
    }
    return total > 0 ? sum / Double(total) : step
  }
}

/// Finds the step of reported distances.
enum RangeQuantum {
  /// Steps that sensors are known to have, in metres, the coarsest first.
  private static let candidates = [0.05, 0.025, 0.02, 0.01, 0.008, 0.005, 0.004, 0.003, 0.002]
  /// How well distances have to agree with a step: 0 for none, 1 for all.
  private static let coherence = 0.35

  /// The coarsest step that distances are whole multiples of, up to a constant for each ring; 0 where there
  /// is none.
  ///
  /// - Parameter distances: those from where the beam starts, in metres: a list for each ring.
  /// - Returns: the step in metres.
  static func find(_ distances: [[Double]]) -> Double {
    let lists = distances.filter { $0.count >= 100 }
    guard !lists.isEmpty else { return 0 }
    return candidates.first { quantum in
      let mean = lists.reduce(0) { $0 + agreement($1, quantum) } / Double(lists.count)
      return mean > coherence
    } ?? 0
  }

  /// The length of the mean of unit vectors that turn once in a quantum.
  private static func agreement(_ distances: [Double], _ quantum: Double) -> Double {
    var (x, y) = (0.0, 0.0)
    for distance in distances {
      let angle = 2 * .pi * (distance / quantum).truncatingRemainder(dividingBy: 1)
      x += cos(angle)
      y += sin(angle)
    }
    return hypot(x, y) / Double(distances.count)
  }
}
