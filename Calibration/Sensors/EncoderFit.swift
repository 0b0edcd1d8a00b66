/// The horizontal and azimuth offsets of a sensor's beams, told by its encoder.
///
/// Works for sensors that fire at counts of an encoder, now more and now fewer apart.
struct EncoderFit: Sendable {
  /// What is told of a beam.
  struct Beam: Sendable {
    var phase: EncoderPhase
    /// Degrees by which it points left, up to a turn that all have in common; nothing where it is
    /// not told.
    var azimuthOffset: Double?
  }

  /// Fewer scans do not tell a pattern.
  static let fewestScans = 10
  /// Azimuths that agree less lie on no encoder's counts.
  private static let leastCoherence = 0.8

  /// How many counts the encoder has to a turn.
  let countsPerTurn: Int
  /// The beams; nothing for one whose azimuths lie on no counts.
  private(set) var beams: [Beam?]

  /// Nothing where there are too few scans, or no encoder's counts among the azimuths.
  ///
  /// - Parameters:
  ///   - rings: the directions of each ring, in the same scans.
  ///   - step: roughly the degrees from one count to the next.
  init?(_ rings: [[RingDirections]], step: Double) {
    guard let scans = rings.first?.count, scans >= Self.fewestScans,
      let fullest = rings.max(by: { Self.points($0) < Self.points($1) })
    else { return nil }
    let counts = EncoderPhase.countsPerTurn(near: step, of: fullest)
    countsPerTurn = counts
    beams = rings.map { ring in
      let phase = EncoderPhase(of: ring, counts: counts)
      return phase.coherence >= Self.leastCoherence ? Beam(phase: phase) : nil
    }
    guard beams.contains(where: { $0 != nil }) else { return nil }
    align(rings)
  }

  private static func points(_ ring: [RingDirections]) -> Int {
    ring.reduce(0) { $0 + $1.azimuths.count }
  }

  /// Tells the azimuth offsets, centred: the largest is as far left as the smallest is right, but
  /// for a part of a count.
  private mutating func align(_ rings: [[RingDirections]]) {
    let patterns = zip(rings, beams).map { ring, beam in
      beam.map { beam in ring.map { StepPattern($0, beam.phase, counts: countsPerTurn) } }
    }
    let known = patterns.map { $0?.reduce(0) { $0 + $1.known } ?? 0 }
    guard let fullest = known.indices.max(by: { known[$0] < known[$1] }),
      let reference = patterns[fullest]
    else { return }
    let offsets = beams.indices.map { ring -> Double? in
      guard let phase = beams[ring]?.phase.phase, let pattern = patterns[ring],
        let turn = FiringAlignment.turn(of: pattern, from: reference)
      else { return nil }
      return Double(turn) + phase
    }
    let told = offsets.compactMap { $0 }
    let center = (((told.max() ?? 0) + (told.min() ?? 0)) / 2).rounded()
    for ring in beams.indices {
      beams[ring]?.azimuthOffset = offsets[ring].map {
        ($0 - center) * 360 / Double(countsPerTurn)
      }
    }
  }
}
