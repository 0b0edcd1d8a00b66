/// The shape of a building's top.
enum Roof: Sendable {
  /// Two slopes; the ridge along the front or across it.
  case gable(isAlongFront: Bool)
  /// Four slopes.
  case hip
  /// Level, with a low wall around it.
  case flat
}

extension Mesh {
  /// Adds a roof on a block of a length and depth; x along its front, y into it.
  ///
  /// `eaves` is the height of its walls, `rise` that of the ridge or the parapet above them.
  mutating func addRoof(
    _ roof: Roof, size: SIMD2<Float>, eaves: Float, rise: Float, at place: Placement,
    tiles: SurfaceIndex, wall: SurfaceIndex
  ) {
    switch roof {
    case .flat: addFlatRoof(size, eaves, parapet: min(rise, 0.9), at: place, tiles, wall)
    case .gable(let isAlongFront):
      if isAlongFront {
        addGableRoof(size, eaves, rise, at: place, tiles, wall)
      } else {
        let turned = place.moved(size.x, 0).turned(.pi / 2)
        addGableRoof(SIMD2(size.y, size.x), eaves, rise, at: turned, tiles, wall)
      }
    case .hip: addHipRoof(size, eaves, rise, at: place, tiles)
    }
  }

  private mutating func addFlatRoof(
    _ size: SIMD2<Float>, _ eaves: Float, parapet: Float, at place: Placement,
    _ tiles: SurfaceIndex, _ wall: SurfaceIndex
  ) {
    addQuad(
      place.point(0, 0, eaves), place.point(size.x, 0, eaves), place.point(size.x, size.y, eaves),
      place.point(0, size.y, eaves), tiles)
    addWall(0...size.x, eaves...eaves + parapet, at: place, wall)
    addWall(0...size.x, eaves...eaves + parapet, at: place.moved(0, size.y), wall)
    for x in [0, size.x] {
      addWall(0...size.y, eaves...eaves + parapet, at: place.moved(x, 0).turned(.pi / 2), wall)
    }
  }

  /// A roof with its ridge along x; its edges stand out beyond the walls.
  private mutating func addGableRoof(
    _ size: SIMD2<Float>, _ eaves: Float, _ rise: Float, at place: Placement,
    _ tiles: SurfaceIndex, _ wall: SurfaceIndex
  ) {
    let overhang: Float = 0.35
    let drop = overhang * rise / (size.y / 2)
    let (start, end) = (-overhang * 0.5, size.x + overhang * 0.5)
    let ridge = (
      place.point(start, size.y / 2, eaves + rise), place.point(end, size.y / 2, eaves + rise)
    )
    for edge in [-overhang, size.y + overhang] {
      addQuad(
        place.point(start, edge, eaves - drop), place.point(end, edge, eaves - drop), ridge.1,
        ridge.0, tiles)
    }
    for x in [0, size.x] {
      addTriangle(
        place.point(x, 0, eaves), place.point(x, size.y, eaves),
        place.point(x, size.y / 2, eaves + rise), wall)
    }
  }

  private mutating func addHipRoof(
    _ size: SIMD2<Float>, _ eaves: Float, _ rise: Float, at place: Placement,
    _ tiles: SurfaceIndex
  ) {
    let overhang: Float = 0.35
    let inset = min(size.x, size.y) / 2
    let corners = [
      place.point(-overhang, -overhang, eaves), place.point(size.x + overhang, -overhang, eaves),
      place.point(size.x + overhang, size.y + overhang, eaves),
      place.point(-overhang, size.y + overhang, eaves),
    ]
    if size.x >= size.y {
      let start = place.point(inset, size.y / 2, eaves + rise)
      let end = place.point(size.x - inset, size.y / 2, eaves + rise)
      addQuad(corners[0], corners[1], end, start, tiles)
      addQuad(corners[2], corners[3], start, end, tiles)
      addTriangle(corners[1], corners[2], end, tiles)
      addTriangle(corners[3], corners[0], start, tiles)
    } else {
      let start = place.point(size.x / 2, inset, eaves + rise)
      let end = place.point(size.x / 2, size.y - inset, eaves + rise)
      addQuad(corners[1], corners[2], end, start, tiles)
      addQuad(corners[3], corners[0], start, end, tiles)
      addTriangle(corners[0], corners[1], start, tiles)
      addTriangle(corners[2], corners[3], end, tiles)
    }
  }
}
