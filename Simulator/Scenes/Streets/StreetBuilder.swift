import Randomness

/// A street while it is being built: its plan, what is there already, and what it is made of.
struct StreetBuilder {
  let configuration: StreetConfiguration
  let key: RandomKey
  let plan: StreetPlan
  let palette: StreetPalette
  let foliage: FoliageStock
  var mesh = Mesh()
  /// The ground below everything that stands on it.
  var occupancy = Occupancy()
  /// Side streets with their pavements, where nothing may be built.
  var corridors = Occupancy()
  var actors: [Actor] = []
  /// Where the ego vehicle is and how it moves.
  var ego: Trajectory
  /// Where it keeps others out.
  var egoPath: [Footprint] = []

  /// Places along the way that the ego vehicle may drive, seen from above.
  private let egoWay: [SIMD2<Float>]

  init(_ configuration: StreetConfiguration, key: RandomKey, duration: Double = 0) {
    self.configuration = configuration
    self.key = key
    plan = StreetPlan(configuration, key: key, duration: duration)
    var random = key.key(.ground).stream
    palette = StreetPalette(&mesh, &random)
    foliage = FoliageStock(&random)
    let ego = Trajectory(street: plan.main, along: 0, across: -plan.main.axis.origin.y)
    self.ego = ego
    egoWay = stride(from: Float(0), through: plan.travel, by: 12).map { along in
      let place = ego.street.axis.point(along: along, across: ego.across)
      return SIMD2(place.x, place.y)
    }
  }

  /// Distance of a place from where the ego vehicle may be, in metres.
  func egoDistance(_ point: Vector) -> Float {
    let place = SIMD2(point.x, point.y)
    let square = egoWay.reduce(Float.infinity) { nearest, way in
      let offset = place - way
      return min(nearest, (offset * offset).sum())
    }
    return square.squareRoot()
  }

  /// A random brightness for one object, in a range.
  mutating func surface(
    _ material: Material, _ range: ClosedRange<Float>, _ semantic: UInt16,
    _ random: inout RandomStream
  ) -> SurfaceIndex {
    mesh.add(Surface(material, random.uniform(range), semantic: semantic))
  }

  /// Takes the ground of something that is built or planted, where it and no side street is there.
  mutating func takeOffStreets(_ footprint: Footprint) -> Bool {
    corridors.isFree(footprint) && occupancy.takeIfFree(footprint)
  }

  /// How much detail a thing at a place deserves: 1 near the ego vehicle, down to 0.2 far away.
  func detail(at point: Vector) -> Float {
    min(1, max(0.2, 18 / max(egoDistance(point), 1)))
  }
}
