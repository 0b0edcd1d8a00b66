import Randomness

/// An actor in the making: its triangles so far, and the numbers it is drawn from.
struct ActorDraft {
  var mesh = Mesh()
  var random: RandomStream
  /// The class of all surfaces that ask for no other.
  let semantic: UInt16

  init(_ kind: ActorKind, _ random: RandomStream) {
    self.random = random
    semantic = kind.semantic
  }

  /// A new surface with a reflectivity from a range.
  mutating func surface(
    _ material: Material, _ reflectivity: ClosedRange<Float>, semantic: UInt16? = nil
  ) -> SurfaceIndex {
    mesh.add(
      Surface(material, random.uniform(reflectivity), semantic: semantic ?? self.semantic))
  }

  /// A new rough surface with a reflectivity from a range.
  mutating func matte(_ reflectivity: ClosedRange<Float>, semantic: UInt16? = nil) -> SurfaceIndex {
    surface(.matte, reflectivity, semantic: semantic)
  }

  /// A new piece of clothing: two in five are dark for a laser of 905 nm, the others are not.
  mutating func cloth(semantic: UInt16? = nil) -> SurfaceIndex {
    matte(random.chance(0.4) ? 0.05...0.2 : 0.2...0.7, semantic: semantic)
  }

  /// The actor as drawn, moved so that its box is centred on the origin and stands on the ground.
  func model(_ kind: ActorKind) -> ActorModel {
    guard let (least, greatest) = mesh.bounds else {
      preconditionFailure("a \(kind.rawValue) without triangles")
    }
    let middle = (least + greatest) * 0.5
    var centred = Mesh()
    centred.append(mesh, at: Placement(origin: Vector(-middle.x, -middle.y, -least.z)))
    return ActorModel(kind: kind, mesh: centred, size: greatest - least)
  }
}
