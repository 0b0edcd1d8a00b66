import Randomness

/// Surfaces that many parts of a street share: the ground's, and paint on it.
struct StreetPalette: Sendable {
  let asphalt: SurfaceIndex
  let marking: SurfaceIndex
  let parking: SurfaceIndex
  let kerb: SurfaceIndex
  let pavement: SurfaceIndex
  let driveway: SurfaceIndex
  let grass: SurfaceIndex
  let gravel: SurfaceIndex
  let paving: SurfaceIndex
  /// Glass of buildings.
  let window: SurfaceIndex
  /// Galvanised or painted metal of masts, and of fences of wire.
  let metal: SurfaceIndex
  let wire: SurfaceIndex
  let railing: SurfaceIndex
  /// Plates that send light back.
  let sign: SurfaceIndex
  let signBack: SurfaceIndex
  /// Bark of trees, bright and dark.
  let bark: [SurfaceIndex]
  /// Leaves of the plants of this street, from dark to bright.
  let leaves: [SurfaceIndex]

  /// The surfaces of one street, drawn anew for each; they go into a mesh.
  init(_ mesh: inout Mesh, _ random: inout RandomStream) {
    let road = random.normal(0.49, 0.025, within: 0.4...0.58)
    func add(
      _ material: Material, _ reflectivity: Float, _ semantic: UInt16, porosity: Float = 0.5
    ) -> SurfaceIndex {
      mesh.add(Surface(material, reflectivity, semantic: semantic, porosity: porosity))
    }
    asphalt = add(.asphalt, road, RawClass.road)
    marking = add(.asphalt, min(0.95, road * 1.5), RawClass.laneMarking)
    parking = add(
      .asphalt, random.chance(0.5) ? road * 0.95 : random.uniform(0.38...0.6), RawClass.parking)
    kerb = add(.matte, random.uniform(0.35...0.6), RawClass.sidewalk)
    pavement = add(.asphalt, random.uniform(0.4...0.65), RawClass.sidewalk)
    driveway = add(.asphalt, random.uniform(0.4...0.65), RawClass.sidewalk)
    grass = add(.grass, random.uniform(0.45...0.7), RawClass.terrain)
    gravel = add(.grass, random.uniform(0.2...0.45), RawClass.otherGround)
    paving = add(.asphalt, random.uniform(0.4...0.65), RawClass.sidewalk)
    window = add(.window, random.uniform(0.06...0.16), RawClass.building)
    metal = add(.matte, random.uniform(0.15...0.5), RawClass.pole)
    wire = add(
      .lattice, random.uniform(0.2...0.5), RawClass.fence, porosity: random.uniform(0.6...0.92))
    railing = add(
      .lattice, random.uniform(0.15...0.5), RawClass.fence, porosity: random.uniform(0.35...0.7))
    sign = add(.retroreflector, random.uniform(0.8...1), RawClass.trafficSign)
    signBack = add(.matte, random.uniform(0.2...0.5), RawClass.trafficSign)
    bark = (0..<3).map { _ in add(.matte, random.uniform(0.15...0.4), RawClass.trunk) }
    leaves = (0..<5).map { _ in add(.leaf, random.uniform(0.25...0.6), RawClass.vegetation) }
  }
}
