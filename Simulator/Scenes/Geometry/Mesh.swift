/// Triangles with what each is made of.
struct Mesh: Sendable {
  /// Corners, in metres.
  private(set) var vertices: [Vector] = []
  /// Three numbers of corners per triangle.
  private(set) var corners: [UInt32] = []
  /// The surface of each triangle.
  private(set) var surfaceOfTriangle: [SurfaceIndex] = []
  /// The surfaces there are.
  private(set) var surfaces: [Surface] = []

  var triangleCount: Int { surfaceOfTriangle.count }

  /// Adds a surface for triangles to come.
  mutating func add(_ surface: Surface) -> SurfaceIndex {
    precondition(surfaces.count < Int(SurfaceIndex.max), "a mesh has too many surfaces")
    surfaces.append(surface)
    return SurfaceIndex(surfaces.count - 1)
  }

  /// Adds a triangle, which is seen from both sides.
  mutating func addTriangle(_ a: Vector, _ b: Vector, _ c: Vector, _ surface: SurfaceIndex) {
    let first = UInt32(vertices.count)
    vertices.append(a)
    vertices.append(b)
    vertices.append(c)
    addTriangle(first, first + 1, first + 2, surface)
  }

  /// Adds a four-cornered face; its corners in order around it.
  mutating func addQuad(
    _ a: Vector, _ b: Vector, _ c: Vector, _ d: Vector, _ surface: SurfaceIndex
  ) {
    let first = UInt32(vertices.count)
    vertices.append(a)
    vertices.append(b)
    vertices.append(c)
    vertices.append(d)
    addTriangle(first, first + 1, first + 2, surface)
    addTriangle(first, first + 2, first + 3, surface)
  }

  /// Adds a corner that several triangles share.
  mutating func addVertex(_ position: Vector) -> UInt32 {
    vertices.append(position)
    return UInt32(vertices.count - 1)
  }

  /// Adds a triangle between corners that were added before.
  mutating func addTriangle(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ surface: SurfaceIndex) {
    corners.append(a)
    corners.append(b)
    corners.append(c)
    surfaceOfTriangle.append(surface)
  }

  /// Adds another mesh's triangles where a placement puts them.
  ///
  /// `actor` is one more than the index of the actor they belong to, or 0.
  mutating func append(_ other: Mesh, at placement: Placement = .world, actor: UInt16 = 0) {
    let (firstVertex, firstSurface) = (UInt32(vertices.count), SurfaceIndex(surfaces.count))
    precondition(
      surfaces.count + other.surfaces.count <= Int(SurfaceIndex.max),
      "a mesh has too many surfaces")
    vertices.reserveCapacity(vertices.count + other.vertices.count)
    for vertex in other.vertices { vertices.append(placement.point(vertex)) }
    corners.reserveCapacity(corners.count + other.corners.count)
    for corner in other.corners { corners.append(corner + firstVertex) }
    for surface in other.surfaceOfTriangle { surfaceOfTriangle.append(surface + firstSurface) }
    for var surface in other.surfaces {
      surface.actor = actor
      surfaces.append(surface)
    }
  }

  /// Removes all triangles and keeps the memory.
  mutating func removeAll() {
    vertices.removeAll(keepingCapacity: true)
    corners.removeAll(keepingCapacity: true)
    surfaceOfTriangle.removeAll(keepingCapacity: true)
    surfaces.removeAll(keepingCapacity: true)
  }

  /// The least and greatest coordinates; nothing where there are no corners.
  var bounds: (least: Vector, greatest: Vector)? {
    guard var least = vertices.first else { return nil }
    var greatest = least
    for vertex in vertices {
      least = pointwiseMin(least, vertex)
      greatest = pointwiseMax(greatest, vertex)
    }
    return (least, greatest)
  }
}
