extension StreetScene {
  /// The street of a key: the same key gives the same street.
  static func make(_ configuration: StreetConfiguration, key: RandomKey) -> Self {
    var mesh = Mesh()
    let road = mesh.add(Surface(.asphalt, 0.3, semantic: RawClass.road))
    mesh.addQuad(
      Vector(-150, -150, 0), Vector(150, -150, 0), Vector(150, 150, 0), Vector(-150, 150, 0), road)
    let street = Street()
    var random = key.key(.vehicles).stream
    let actors = (0..<10).map { index in
      Actor(
        model: .make(.hatchback, &random),
        trajectory: Trajectory(street: street, along: Float(index * 8) - 40, across: 3))
    }
    return Self(mesh: mesh, actors: actors, ego: Trajectory(street: street, along: 0, across: 0))
  }
}
