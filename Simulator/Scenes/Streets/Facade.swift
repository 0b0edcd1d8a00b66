/// One outer wall of a building, with openings in it.
///
/// In its own frame the wall runs along x from 0, and the building lies to the left, at y above 0.
struct Facade: Sendable {
  var length: Float
  /// The wall's lower and upper edge above the ground floor, in metres.
  var height: ClosedRange<Float>
  /// Rows from the lowest to the highest storey; in each, from one end of the wall to the other.
  var storeys: [[Opening]] = []

  /// A window, a door or a passage.
  struct Opening: Sendable {
    var x: ClosedRange<Float>
    var z: ClosedRange<Float>
    /// How far its pane lies behind the wall, in metres.
    var recess: Float
    var pane: SurfaceIndex
    /// Whether the wall's thickness shows around it.
    var hasReveal = true
  }
}

extension Mesh {
  /// Adds a wall with its openings, storey by storey.
  mutating func addFacade(_ facade: Facade, at place: Placement, wall: SurfaceIndex) {
    var floor = facade.height.lowerBound
    for openings in facade.storeys where !openings.isEmpty {
      let (low, high) = openings.reduce((Float.infinity, -Float.infinity)) {
        (min($0.0, $1.z.lowerBound), max($0.1, $1.z.upperBound))
      }
      if low > floor { addWall(0...facade.length, floor...low, at: place, wall) }
      addRow(openings, max(low, floor)...high, facade.length, at: place, wall)
      floor = high
    }
    if facade.height.upperBound > floor {
      addWall(0...facade.length, floor...facade.height.upperBound, at: place, wall)
    }
  }

  /// Adds the part of a wall that a row of openings lies in.
  private mutating func addRow(
    _ openings: [Facade.Opening], _ band: ClosedRange<Float>, _ length: Float, at place: Placement,
    _ wall: SurfaceIndex
  ) {
    var x: Float = 0
    for opening in openings where opening.x.lowerBound >= x {
      addWall(x...opening.x.lowerBound, band, at: place, wall)
      if opening.z.lowerBound > band.lowerBound {
        addWall(opening.x, band.lowerBound...opening.z.lowerBound, at: place, wall)
      }
      if opening.z.upperBound < band.upperBound {
        addWall(opening.x, opening.z.upperBound...band.upperBound, at: place, wall)
      }
      addOpening(opening, at: place, wall)
      x = opening.x.upperBound
    }
    if x < length { addWall(x...length, band, at: place, wall) }
  }

  private mutating func addOpening(
    _ opening: Facade.Opening, at place: Placement, _ wall: SurfaceIndex
  ) {
    let (x, z, depth) = (opening.x, opening.z, opening.recess)
    addWall(x, z, at: place.moved(0, depth), opening.pane)
    guard opening.hasReveal else { return }
    for side in [x.lowerBound, x.upperBound] {
      addQuad(
        place.point(side, 0, z.lowerBound), place.point(side, depth, z.lowerBound),
        place.point(side, depth, z.upperBound), place.point(side, 0, z.upperBound), wall)
    }
    for level in [z.lowerBound, z.upperBound] {
      addQuad(
        place.point(x.lowerBound, 0, level), place.point(x.upperBound, 0, level),
        place.point(x.upperBound, depth, level), place.point(x.lowerBound, depth, level), wall)
    }
  }

  /// Adds an upright rectangle in a placement's x and z.
  mutating func addWall(
    _ x: ClosedRange<Float>, _ z: ClosedRange<Float>, at place: Placement, _ surface: SurfaceIndex
  ) {
    addQuad(
      place.point(x.lowerBound, 0, z.lowerBound), place.point(x.upperBound, 0, z.lowerBound),
      place.point(x.upperBound, 0, z.upperBound), place.point(x.lowerBound, 0, z.upperBound),
      surface)
  }
}
