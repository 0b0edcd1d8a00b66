import Foundation

extension Mesh {
  /// Adds a box: intervals in the frame of a placement.
  mutating func addBox(
    x: ClosedRange<Float>, y: ClosedRange<Float>, z: ClosedRange<Float>,
    at place: Placement = .world, _ surface: SurfaceIndex
  ) {
    let first = UInt32(vertices.count)
    for corner in 0..<8 {
      _ = addVertex(
        place.point(
          corner & 1 == 0 ? x.lowerBound : x.upperBound,
          corner & 2 == 0 ? y.lowerBound : y.upperBound,
          corner & 4 == 0 ? z.lowerBound : z.upperBound))
    }
    let faces: [(UInt32, UInt32, UInt32, UInt32)] = [
      (0, 1, 3, 2), (4, 5, 7, 6), (0, 1, 5, 4), (2, 3, 7, 6), (0, 2, 6, 4), (1, 3, 7, 5),
    ]
    for (a, b, c, d) in faces {
      addTriangle(first + a, first + b, first + c, surface)
      addTriangle(first + a, first + c, first + d, surface)
    }
  }

  /// Adds a rounded bar: a cone's trunk between two points, closed at its ends.
  mutating func addBar(
    from start: Vector, to end: Vector, radius: Float, endRadius: Float? = nil, sides: Int = 6,
    at place: Placement = .world, _ surface: SurfaceIndex
  ) {
    let axis = (end - start).normalized
    let side = axis.cross(abs(axis.z) < 0.9 ? .up : Vector(1, 0, 0)).normalized
    let other = axis.cross(side)
    let first = UInt32(vertices.count)
    for corner in 0..<sides {
      let angle = 2 * Float.pi * Float(corner) / Float(sides)
      let ray = side * cos(angle) + other * sin(angle)
      _ = addVertex(place.point(start + ray * radius))
      _ = addVertex(place.point(end + ray * (endRadius ?? radius)))
    }
    let (bottom, top) = (addVertex(place.point(start)), addVertex(place.point(end)))
    for corner in 0..<sides {
      let here = first + 2 * UInt32(corner)
      let next = first + 2 * UInt32((corner + 1) % sides)
      addTriangle(here, next, next + 1, surface)
      addTriangle(here, next + 1, here + 1, surface)
      addTriangle(bottom, here, next, surface)
      addTriangle(top, here + 1, next + 1, surface)
    }
  }

  /// Adds an ellipsoid with half axes along a placement's directions.
  mutating func addEllipsoid(
    centre: Vector, halfAxes: Vector, sides: Int = 7, rings: Int = 4,
    at place: Placement = .world, _ surface: SurfaceIndex
  ) {
    func corner(_ side: Int, _ ring: Int) -> Vector {
      let around = 2 * Float.pi * Float(side) / Float(sides)
      let height = -Float.pi / 2 + Float.pi * Float(ring) / Float(rings)
      let direction = Vector(cos(around) * cos(height), sin(around) * cos(height), sin(height))
      return place.point(centre + direction * halfAxes)
    }
    let bottom = addVertex(corner(0, 0))
    let first = UInt32(vertices.count)
    for ring in 1..<rings {
      for side in 0..<sides { _ = addVertex(corner(side, ring)) }
    }
    let top = addVertex(corner(0, rings))
    for side in 0..<UInt32(sides) {
      let next = (side + 1) % UInt32(sides)
      addTriangle(bottom, first + side, first + next, surface)
      for ring in 0..<UInt32(rings - 2) {
        let lower = first + ring * UInt32(sides)
        let upper = lower + UInt32(sides)
        addTriangle(lower + side, lower + next, upper + next, surface)
        addTriangle(lower + side, upper + next, upper + side, surface)
      }
      let last = first + UInt32(sides * (rings - 2))
      addTriangle(top, last + side, last + next, surface)
    }
  }

  /// Adds a skin through outlines of equally many points, one outline after the other.
  ///
  /// `surface` gives the surface between outline `i` and `i + 1`, points `j` and `j + 1`.
  mutating func addLoft(
    through outlines: [[Vector]], isClosed: Bool = false, at place: Placement = .world,
    surface: (Int, Int) -> SurfaceIndex
  ) {
    guard let width = outlines.first?.count else { return }
    let first = UInt32(vertices.count)
    for outline in outlines {
      precondition(outline.count == width, "outlines of \(width) and \(outline.count) points")
      for point in outline { _ = addVertex(place.point(point)) }
    }
    for row in 0..<outlines.count - 1 {
      for column in 0..<(isClosed ? width : width - 1) {
        let next = (column + 1) % width
        let a = first + UInt32(row * width + column)
        let b = first + UInt32(row * width + next)
        let (c, d) = (b + UInt32(width), a + UInt32(width))
        let surface = surface(row, column)
        addTriangle(a, b, c, surface)
        addTriangle(a, c, d, surface)
      }
    }
  }

  /// Adds a tube along a line of points, open at its ends; a radius per point.
  ///
  /// `surface` gives the surface between points `i` and `i + 1`.
  mutating func addTube(
    through points: [Vector], radii: [Float], sides: Int = 6, at place: Placement = .world,
    surface: (Int) -> SurfaceIndex
  ) {
    precondition(points.count == radii.count, "\(points.count) points, \(radii.count) radii")
    guard let first = points.first, let last = points.last else { return }
    // A direction that no part of a gently bent tube runs along.
    let aside = abs((last - first).normalized.y) < 0.8 ? Vector(0, 1, 0) : Vector(1, 0, 0)
    let outlines = points.indices.map { index in
      let axis = points[min(index + 1, points.count - 1)] - points[max(index - 1, 0)]
      let side = axis.cross(aside).normalized
      let other = axis.cross(side).normalized
      return (0..<sides).map { corner in
        let angle = 2 * Float.pi * Float(corner) / Float(sides)
        return points[index] + (side * cos(angle) + other * sin(angle)) * radii[index]
      }
    }
    addLoft(through: outlines, isClosed: true, at: place) { row, _ in surface(row) }
  }

  /// Adds a ring such as a tyre around a placement's left axis.
  ///
  /// `radius` ends at the middle of the cross-section; `thickness` is half the cross-section's size
  /// away from the axis and along it.
  mutating func addRing(
    radius: Float, thickness: (radial: Float, axial: Float), segments: Int = 14, sides: Int = 4,
    at place: Placement = .world, _ surface: SurfaceIndex
  ) {
    let outlines = (0...segments).map { segment in
      // A corner stands on the ground.
      let around = 2 * Float.pi * (Float(segment) / Float(segments) - 0.25)
      let outward = Vector(cos(around), 0, sin(around))
      return (0..<sides).map { corner in
        let angle = 2 * Float.pi * Float(corner) / Float(sides)
        let along = Vector(0, thickness.axial * sin(angle), 0)
        return outward * (radius + thickness.radial * cos(angle)) + along
      }
    }
    addLoft(through: outlines, isClosed: true, at: place) { _, _ in surface }
  }
}
