/// The shape of an actor: it stands on z = 0 at the origin and faces along x.
struct ActorModel: Sendable {
  let kind: ActorKind
  let mesh: Mesh
  /// Length, width and height of its box, in metres; the box is centred on the origin and starts
  /// at the ground.
  let size: Vector

  /// An actor of a kind, different for every state of the random stream.
  static func make(_ kind: ActorKind, _ random: inout RandomStream) -> Self {
    var mesh = Mesh()
    let paint = mesh.add(Surface(.paint, 0.3, semantic: kind.semantic))
    mesh.addBox(x: -2...2, y: -0.8...0.8, z: 0.2...1.5, paint)
    return Self(kind: kind, mesh: mesh, size: Vector(4, 1.6, 1.5))
  }
}
