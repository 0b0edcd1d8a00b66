import Randomness

/// A building before it is built: its block, its walls, its roof.
struct Building: Sendable {
  /// Length of the front, and depth, in metres.
  var size: SIMD2<Float>
  var storeys: Int
  var storeyHeight: Float
  /// Height of the ground floor above the ground at the door.
  var plinth: Float
  var roof: Roof
  var roofRise: Float
  /// Whether the ground floor is a row of shop windows.
  var hasShop = false
  /// Width of a window and distance from one to the next, in metres.
  var windowWidth: Float
  var baySpacing: Float
  /// How far panes lie behind the wall.
  var recess: Float
  /// Whether things stand out from the wall: steps, balconies, bays, pipes.
  var hasProjections = true

  var eaves: Float { plinth + Float(storeys) * storeyHeight }

  /// A building of a style, with a front of a length.
  init(_ style: StreetStyle, length: Float, _ random: inout RandomStream) {
    size = SIMD2(length, random.uniform(8...12))
    storeyHeight = random.uniform(2.6...3.3)
    plinth = random.uniform(0...0.7)
    recess = random.uniform(0.08...0.3)
    windowWidth = random.uniform(0.9...1.7)
    baySpacing = windowWidth + random.uniform(0.8...2)
    roof = random.pick([
      (.gable(isAlongFront: true), 0.45), (.gable(isAlongFront: false), 0.2), (.hip, 0.2),
      (.flat, 0.15),
    ])
    roofRise = random.uniform(1.5...4)
    storeys = random.pick([(1, 0.4), (2, 0.5), (3, 0.1)])
    switch style {
    case .residential: break
    case .city:
      size.y = random.uniform(10...14)
      storeys = random.integer(2...6)
      plinth = random.uniform(0...0.4)
      hasShop = random.chance(0.4)
      if random.chance(0.4) { roof = .flat }
    case .arterial, .campus:
      size.y = random.uniform(9...18)
      storeys = random.integer(1...5)
      if random.chance(0.6) { roof = .flat }
      hasShop = random.chance(0.15)
    }
  }

  /// A shed, a garage or an outhouse.
  static func outbuilding(length: Float, depth: Float, _ random: inout RandomStream) -> Self {
    var result = Self(.residential, length: length, &random)
    result.size.y = depth
    result.storeys = 1
    result.storeyHeight = random.uniform(2.2...2.7)
    result.plinth = 0
    result.roof = random.chance(0.7) ? .flat : .gable(isAlongFront: random.chance(0.5))
    result.roofRise = min(result.roofRise, 1)
    result.hasProjections = false
    return result
  }
}
