import Foundation

/// At which counts of the encoder a ring returned in one turn, and which counts it skipped.
///
/// Steps are now of one count and now of two, at no fixed places, but at the same ones for all
/// beams, which fire together. So the pattern of a turn tells by how many counts one beam points
/// left of another.
struct StepPattern {
  /// For each count, from one whole turn: 1 for a return, -1 between two returns that are two
  /// counts apart, 0 where it is not known.
  let marks: [Int32]

  init(_ directions: RingDirections, _ beam: EncoderPhase, counts: Int) {
    var marks = [Int32](repeating: 0, count: counts)
    for point in directions.azimuths.indices {
      let azimuth = directions.azimuth(of: point, without: beam.horizontalOffset)
      let count = Int((azimuth / (2 * .pi) * Double(counts) - beam.phase).rounded()) % counts
      marks[count < 0 ? count + counts : count] = 1
    }
    for count in marks.indices
    where marks[count] == 0 && marks[(count + 1) % counts] == 1
      && marks[(count + counts - 1) % counts] == 1
    {
      marks[count] = -1
    }
    self.marks = marks
  }

  /// How many counts are known.
  var known: Int { marks.count { $0 != 0 } }

  /// How many counts are known in this pattern and in another that is turned left by some counts.
  func known(with other: StepPattern, turned turn: Int) -> Int {
    let count = marks.count
    return marks.indices.count { marks[$0] != 0 && other.marks[($0 - turn + count) % count] != 0 }
  }

  /// Adds how well the pattern agrees with another that is turned left by each of some numbers of
  /// counts: from `-reach` to `reach`.
  func addAgreement(with other: StepPattern, to sums: inout [Int32], reach: Int) {
    // The other's marks from `-reach` to one whole turn and `reach`.
    let others = other.marks.suffix(reach) + other.marks + other.marks.prefix(reach)
    let wide = Array(others)
    for index in sums.indices {
      // Turned left by `turn` counts, what the other has at 0 is at `turn`.
      let turn = index - reach
      var sum: Int32 = 0
      for (mark, mate) in zip(marks, wide[(reach - turn)...]) { sum &+= mark &* mate }
      sums[index] &+= sum
    }
  }
}

/// Finds by how many counts one ring points left of another.
enum FiringAlignment {
  /// How far beams point apart, in degrees, at most.
  private static let farthest = 30.0
  /// Where the second best agrees nearly as well as the best, neither is the one.
  private static let secondBest = 0.98
  /// How much has to agree, of what is known of both, and how many counts at least: patterns
  /// without a common cause agree in hardly more than differ.
  private static let leastAgreement = 0.5
  private static let fewestCounts = 1000

  /// By how many counts `ring` points left of `reference`.
  ///
  /// - Parameters:
  ///   - ring: the ring's pattern in each scan.
  ///   - reference: the other's, in the same scans.
  /// - Returns: counts; nothing where it is not clear.
  static func turn(of ring: [StepPattern], from reference: [StepPattern]) -> Int? {
    let counts = reference.first?.marks.count ?? 0
    let reach = min(Int(farthest / 360 * Double(counts)), counts / 2)
    var sums = [Int32](repeating: 0, count: 2 * reach + 1)
    for (pattern, other) in zip(ring, reference) {
      pattern.addAgreement(with: other, to: &sums, reach: reach)
    }
    guard let best = sums.indices.max(by: { sums[$0] < sums[$1] }) else { return nil }
    let second = sums.indices.filter { $0 != best }.map { sums[$0] }.max() ?? 0
    let known = zip(ring, reference).reduce(0) { $0 + $1.0.known(with: $1.1, turned: best - reach) }
    let isClear =
      Double(second) <= secondBest * Double(sums[best]) && known >= fewestCounts
      && Double(sums[best]) >= leastAgreement * Double(known)
    return isClear ? best - reach : nil
  }
}
