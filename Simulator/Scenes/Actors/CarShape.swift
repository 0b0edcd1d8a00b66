/// The measures of a car's body, in metres: x forward from its middle, z above the road.
struct CarShape: Sendable {
  /// Without mirrors and number plates.
  var length: Float
  var width: Float
  var height: Float
  var wheelRadius: Float
  /// Where the axles are.
  var frontAxle: Float
  var rearAxle: Float
  /// Height of the sills above the road.
  var clearance: Float

  /// Feet and tops of windscreen and rear window.
  var cowl: Float
  var roofFront: Float
  var roofRear: Float
  var rearBase: Float

  /// Heights of the bonnet's front edge and of the windscreen's foot.
  var noseHeight: Float
  var cowlHeight: Float
  /// Heights of the side windows' lower edge at the windscreen and at the rear window.
  var beltFront: Float
  var beltRear: Float
  /// Heights of the rear window's foot and of the tail's upper edge.
  var deckHeight: Float
  var tailHeight: Float

  /// Width of the roof as a fraction of the body's.
  var tumblehome: Float
  /// How far the roof falls to the windscreen and to the rear window.
  var roofDrop: (front: Float, rear: Float)
  /// From the windscreen's to the rear window's.
  var pillars: [Pillar]
  /// Where a pick-up's bed is.
  var bed: ClosedRange<Float>?
  /// Whether sills and wheel arches are of unpainted plastic.
  var hasPlasticSkirt: Bool

  /// A post between windows; it leans as its foot and its top say.
  struct Pillar: Sendable {
    var base: ClosedRange<Float>
    var top: ClosedRange<Float>
    /// Whether there is a window behind it, or sheet metal.
    var isGlazedBehind = true
  }

  var front: Float { length / 2 }
  var rear: Float { -length / 2 }
  /// Radius of the opening around a wheel.
  var archRadius: Float { wheelRadius + 0.055 }
}

/// The curves that a car's skin is lofted along.
struct CarCurves: Sendable {
  private let shape: CarShape
  private let plan: Profile
  private let underside: Profile
  private let deck: Profile
  private let belt: Profile

  init(_ shape: CarShape) {
    self.shape = shape
    let (front, rear) = (shape.front, shape.rear)
    plan = Profile([
      (front, 0.78), (front - 0.06, 0.89), (front - 0.2, 0.96), (front - 0.6, 1),
      (rear + 0.7, 1), (rear + 0.25, 0.975), (rear + 0.06, 0.93), (rear, 0.85),
    ])
    let low = shape.clearance
    underside = Profile([
      (front, low + 0.13), (front - 0.06, low + 0.04), (front - 0.2, low), (rear + 0.4, low),
      (rear + 0.06, low + 0.09), (rear, low + 0.17),
    ])
    // The bonnet is bent: steeper ahead of its middle than behind it.
    let bonnet = (
      place: 0.55 * shape.cowl + 0.45 * front,
      height: 0.3 * (shape.noseHeight + 0.05) + 0.7 * shape.cowlHeight
    )
    deck = Profile([
      (front, shape.noseHeight - 0.11), (front - 0.06, shape.noseHeight - 0.01),
      (front - 0.2, shape.noseHeight + 0.05), (bonnet.place, bonnet.height),
      (shape.cowl, shape.cowlHeight),
      (shape.rearBase, shape.deckHeight),
      (min(rear + 0.1, shape.rearBase - 0.01), shape.tailHeight),
      (rear + 0.03, shape.tailHeight - 0.1), (rear, shape.tailHeight - 0.3),
    ])
    belt = Profile([(shape.cowl, shape.beltFront), (shape.rearBase, shape.beltRear)])
  }

  /// Half the body's width where it is widest.
  func halfWidth(_ x: Float) -> Float {
    0.5 * shape.width * plan(x)
  }

  /// Height of the lower edge, with the openings for the wheels.
  func bottom(_ x: Float) -> Float {
    var height = underside(x)
    for axle in [shape.frontAxle, shape.rearAxle] {
      let square = shape.archRadius * shape.archRadius - (x - axle) * (x - axle)
      if square >= -1e-4 {
        height = max(height, shape.wheelRadius + max(square, 0).squareRoot())
      }
    }
    return height
  }

  /// Height of the bonnet's and the boot's middle.
  func deckMiddle(_ x: Float) -> Float {
    deck(x)
  }

  /// Height of the edge between flank and bonnet, window or boot.
  func shoulder(_ x: Float) -> Float {
    isCabin(x) ? belt(x) : min(belt(x), deck(x) - 0.045)
  }

  /// Whether the body is open at the top here: the cabin, or a pick-up's bed.
  func isOpen(_ x: Float) -> Bool {
    isCabin(x) || shape.bed?.contains(x) == true
  }

  private func isCabin(_ x: Float) -> Bool {
    x < shape.cowl && x > shape.rearBase
  }

  /// Height of the roof's middle line.
  func roof(_ x: Float) -> Float {
    let top = shape.roofRear + 0.58 * (shape.roofFront - shape.roofRear)
    let drop = x > top ? shape.roofDrop.front : shape.roofDrop.rear
    let share = (x - top) / ((x > top ? shape.roofFront : shape.roofRear) - top)
    return shape.height - drop * share * share
  }
}
