import Foundation
import Randomness

/// What a beam that is wider than a line makes of the edges that it meets.
///
/// A pulse whose light falls on two surfaces returns from both. Where they are nearer to one another
/// than the pulse is long, the sensor reports a range in between; else it reports the stronger one.
struct EdgeBlend {
  /// Full width of a beam over the step between pulses.
  let width: Float
  let receiver: Receiver

  /// Ranges that differ less than this, in metres, are one surface.
  private static let surfaceStep: Float = 0.15
  /// Returns that are nearer to one another than this, in metres, are measured as one.
  private static let pulseLength: Float = 0.75

  /// Changes the echoes of one beam at edges.
  func blend(_ echoes: inout [Echo], in pulses: Range<Int>, noise: (Int) -> PulseNoise) {
    // The one before as it was, since it may have been changed.
    var before = Echo()
    for index in pulses {
      let own = echoes[index]
      defer { before = own }
      guard own.triangle != .max else { continue }
      let after = index + 1 < pulses.upperBound ? echoes[index + 1] : Echo()
      guard isEdge(own, before) || isEdge(own, after) else { continue }
      let noise = noise(index - pulses.lowerBound)
      let draw = noise.uniform(.edge)
      // The edge is as likely on either side, anywhere between two pulses.
      let other = draw < 0.5 ? before : after
      let place = draw < 0.5 ? draw * 2 : draw * 2 - 1
      guard place < width, isEdge(own, other) else { continue }
      let share = 0.5 + 0.5 * place / width
      echoes[index] = blended(own, other, share: share, noise: noise)
    }
  }

  private func isEdge(_ own: Echo, _ other: Echo) -> Bool {
    other.triangle != .max && abs(other.range - own.range) > Self.surfaceStep
  }

  private func blended(_ own: Echo, _ other: Echo, share: Float, noise: PulseNoise) -> Echo {
    if abs(other.range - own.range) < Self.pulseLength {
      let (a, b) = (share * exp(own.logEnergy), (1 - share) * exp(other.logEnergy))
      var mixed = own
      mixed.range = (a * own.range + b * other.range) / (a + b)
      return mixed
    }
    var mine = own
    mine.logEnergy += log(share)
    var others = other
    others.logEnergy += log(max(1 - share, 1e-3))
    let returns = [mine, others].filter {
      receiver.isNoticed(logEnergy: $0.logEnergy, noise: noise)
    }
    let reported =
      receiver.physics.returnMode == .first
      ? returns.min { $0.range < $1.range } : returns.max { $0.logEnergy < $1.logEnergy }
    return reported ?? Echo()
  }
}
