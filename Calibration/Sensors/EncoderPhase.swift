import Foundation

/// How the azimuths of a beam lie among the counts of the encoder that tells the sensor's turn.
///
/// The encoder has a whole number of counts to a turn, and a beam fires at whole counts. Its
/// azimuths are multiples of a count, then, plus what is the beam's own, once what its distance
/// from the axis adds is taken away: asin(offset / rho) at rho metres. The offset is the one that
/// makes this hold best.
struct EncoderPhase: Sendable {
  /// Distance of the beam's line from the axis, positive to its left, in metres.
  var horizontalOffset = 0.0
  /// What the azimuths have beyond whole counts: counts from -0.5 to 0.5.
  var phase = 0.0
  /// How well they agree: 0 for not at all, 1 for exactly.
  var coherence = 0.0

  /// Offsets up to this many millimetres are tried.
  private static let farthestOffset = 60
  /// More points of a ring say no more.
  private static let points = 4096
  /// How far the steps found may be off the encoder's, as a fraction.
  private static let stepTolerance = 0.02

  /// The phase that agrees best with a ring of several scans.
  init(of ring: [RingDirections], counts: Int) {
    let points = RingDirections.thinned(ring, to: Self.points)
    let millimetre = 0.001
    for offset in -Self.farthestOffset...Self.farthestOffset {
      let tried = Self(points, offset: Double(offset) * millimetre, counts: counts)
      if tried.coherence > coherence { self = tried }
    }
    let coarse = horizontalOffset
    for tenth in -9...9 {
      let offset = coarse + Double(tenth) * millimetre / 10
      let tried = Self(points, offset: offset, counts: counts)
      if tried.coherence > coherence { self = tried }
    }
  }

  private init(_ points: RingDirections, offset: Double, counts: Int) {
    var (x, y) = (0.0, 0.0)
    for point in points.azimuths.indices {
      let angle = Double(counts) * points.azimuth(of: point, without: offset)
      x += cos(angle)
      y += sin(angle)
    }
    horizontalOffset = offset
    phase = atan2(y, x) / (2 * .pi)
    coherence = hypot(x, y) / Double(max(points.azimuths.count, 1))
  }

  /// How many counts the encoder has to a turn.
  ///
  /// - Parameters:
  ///   - step: roughly the degrees from one count to the next.
  ///   - ring: several scans of a ring.
  /// - Returns: the whole number near 360 / `step` with which azimuths agree best.
  static func countsPerTurn(near step: Double, of ring: [RingDirections]) -> Int {
    let points = RingDirections.thinned(ring, to: Self.points / 2)
    let likely = 360 / step
    var best = (counts: Int(likely.rounded()), coherence: 0.0)
    let low = Int(likely * (1 - stepTolerance))
    for counts in low...max(low, Int(likely * (1 + stepTolerance))) {
      for offset in stride(from: -farthestOffset, through: farthestOffset, by: 2) {
        let tried = Self(points, offset: Double(offset) / 1000, counts: counts)
        if tried.coherence > best.coherence { best = (counts, tried.coherence) }
      }
    }
    return best.counts
  }
}
