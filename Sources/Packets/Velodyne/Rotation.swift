/// How a sensor turns: which way, how far it is past the cut, and when it comes round.
struct Rotation: Sendable {
  static let turn = 36_000
  /// So far back, in hundredths of a degree, is jitter; farther is nearly a turn forward.
  private static let jitter = 50
  private static let mostVotes = 4

  private let cut: Int
  private var votes = 0
  /// 1 where azimuths grow, -1 where they shrink.
  private(set) var sense = 1
  /// Hundredths of a degree from the cut, in the sense of the rotation; nil before the first firing.
  private(set) var position: Int?

  /// A rotation that begins at so many degrees, taken modulo 360; at 0 where they are not finite.
  init(cutAzimuth: Double) {
    let hundredths = (cutAzimuth.truncatingRemainder(dividingBy: 360) * 100).rounded()
    cut = hundredths.isFinite ? (Int(hundredths) + Self.turn) % Self.turn : 0
  }

  /// Takes a step that the sensor made; says whether it is now known to turn the other way.
  mutating func observe(step: Double) -> Bool {
    guard step != 0 else { return false }
    let isFirst = votes == 0 && position == nil
    votes = min(max(votes + (step > 0 ? 1 : -1), -Self.mostVotes), Self.mostVotes)
    let before = sense
    if isFirst || abs(votes) == Self.mostVotes { sense = votes > 0 ? 1 : -1 }
    return sense != before && !isFirst
  }

  /// The step from the last firing to an azimuth, negative to the left; 0 where it is no single step.
  func step(to azimuth: Int) -> Double {
    guard let position else { return 0 }
    let step = VelodyneFirings.turn(from: position, to: self.position(of: azimuth))
    return abs(step) <= VelodyneFirings.greatestStep ? Double(sense * step) : 0
  }

  /// How far an azimuth is from the cut, in 0..<36000.
  func position(of azimuth: Int) -> Int {
    (sense * (azimuth - cut) + 2 * Self.turn) % Self.turn
  }

  /// How far the sensor turned since the last firing; 0 where that is a little backwards.
  func advance(to azimuth: Int) -> Int {
    guard let position else { return 0 }
    let way = (self.position(of: azimuth) - position + Self.turn) % Self.turn
    return way > Self.turn - Self.jitter ? 0 : way
  }

  /// Begins at an azimuth.
  mutating func start(at azimuth: Int) { position = position(of: azimuth) }

  /// Turns so far on; gives how many revolutions begin on the way.
  mutating func turn(by advance: Int) -> Int {
    let end = (position ?? 0) + advance
    position = end % Self.turn
    return end / Self.turn
  }

  /// Forgets where the sensor was.
  mutating func forget() { position = nil }
}
