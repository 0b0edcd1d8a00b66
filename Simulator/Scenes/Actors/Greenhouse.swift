/// The part of a car above its shoulders: windows, the pillars between them, and the roof.
struct Greenhouse {
  private let shape: CarShape
  private let curves: CarCurves

  init(_ shape: CarShape, _ curves: CarCurves) {
    self.shape = shape
    self.curves = curves
  }

  /// A height at which the windows' frame goes around the cabin.
  private enum Level: CaseIterable {
    /// The windows' feet, their tops, and the edge where the roof becomes flat.
    case belt, windowTop, roofEdge
  }

  /// How far the roof's edge is below its middle.
  private let crown: Float = 0.075

  /// Adds it to a draft.
  func add(to draft: inout ActorDraft, _ surfaces: CarSurfaces) {
    let halves = Level.allCases.map(halfOutline)
    let columns = columnSurfaces(surfaces)
    let rings = halves.map { half in
      half + half[1..<half.count - 1].reversed().map { Vector($0.x, -$0.y, $0.z) }
    }
    let last = 2 * columns.count - 1
    draft.mesh.addLoft(through: rings, isClosed: true) { row, column in
      row == 0 ? columns[min(column, last - column)] : surfaces.paint
    }
    addRoof(halves[halves.count - 1], to: &draft, surfaces)
  }

  /// Half the frame at a level: from the middle of the windscreen along the left to the middle of
  /// the rear window.
  private func halfOutline(_ level: Level) -> [Vector] {
    var points = [windscreen(level, 0), windscreen(level, 0.55)]
    for (index, pillar) in shape.pillars.enumerated() {
      for isRearEdge in [false, true] {
        let base = isRearEdge ? pillar.base.lowerBound : pillar.base.upperBound
        let top = isRearEdge ? pillar.top.lowerBound : pillar.top.upperBound
        // The outermost edges bound the windscreen and the rear window: they stand further in.
        let isFirst = index == 0 && !isRearEdge
        let isLast = index == shape.pillars.count - 1 && isRearEdge
        points.append(side(level, base: base, top: top, inset: isFirst || isLast ? 0.93 : 1))
      }
    }
    return points + [rearWindow(level, 0.55), rearWindow(level, 0)]
  }

  private func side(_ level: Level, base: Float, top: Float, inset: Float) -> Vector {
    let roofHalf = 0.5 * shape.width * shape.tumblehome * inset
    switch level {
    case .belt: return Vector(base, 0.925 * curves.halfWidth(base) * inset, curves.shoulder(base))
    case .windowTop: return Vector(top, roofHalf, curves.roof(top) - crown - 0.03)
    case .roofEdge:
      return Vector(top - 0.03 * top.signum, roofHalf - 0.055, curves.roof(top) - 0.6 * crown)
    }
  }

  /// A point of the windscreen's edge; `across` from 0 in the middle to 1 at the pillar.
  private func windscreen(_ level: Level, _ across: Float) -> Vector {
    let corner = side(level, base: shape.cowl, top: shape.roofFront, inset: 0.93)
    let bulge = 1 - across * across
    switch level {
    case .belt:
      let x = corner.x + 0.11 * bulge
      let middle = curves.deckMiddle(x) - 0.005
      return Vector(x, corner.y * across, corner.z + (middle - corner.z) * bulge)
    case .windowTop, .roofEdge:
      let rise = level == .windowTop ? crown * 0.8 : crown * 0.55
      return Vector(corner.x + 0.06 * bulge, corner.y * across, corner.z + rise * bulge)
    }
  }

  /// A point of the rear window's edge; `across` from 0 in the middle to 1 at the pillar.
  private func rearWindow(_ level: Level, _ across: Float) -> Vector {
    let corner = side(level, base: shape.rearBase, top: shape.roofRear, inset: 0.93)
    let bulge = 1 - across * across
    switch level {
    case .belt:
      let x = corner.x - min(0.06, 0.3 * (shape.rearBase - shape.rear)) * bulge
      let middle = max(curves.deckMiddle(x) - 0.005, corner.z)
      return Vector(x, corner.y * across, corner.z + (middle - corner.z) * bulge)
    case .windowTop, .roofEdge:
      let rise = level == .windowTop ? crown * 0.8 : crown * 0.55
      return Vector(corner.x - 0.04 * bulge, corner.y * across, corner.z + rise * bulge)
    }
  }

  /// What lies between neighbouring points of half an outline.
  private func columnSurfaces(_ surfaces: CarSurfaces) -> [SurfaceIndex] {
    var columns = [surfaces.glass, surfaces.glass]
    for pillar in shape.pillars {
      columns += [surfaces.paint, pillar.isGlazedBehind ? surfaces.glass : surfaces.paint]
    }
    columns[columns.count - 1] = surfaces.rearGlass
    return columns + [surfaces.rearGlass]
  }

  /// Closes the top: a skin across from one edge to the other.
  private func addRoof(_ half: [Vector], to draft: inout ActorDraft, _ surfaces: CarSurfaces) {
    func mirrored(_ point: Vector) -> Vector { Vector(point.x, -point.y, point.z) }
    func across(_ points: ArraySlice<Vector>) -> [Vector] {
      let ordered = Array(points)
      return ordered + ordered.dropLast().reversed().map(mirrored)
    }
    var outlines = [across([half[2], half[1], half[0]])]
    for edge in half[3..<half.count - 3] {
      let top = curves.roof(edge.x)
      let between = Vector(edge.x, edge.y * 0.55, edge.z + 0.7 * (top - edge.z))
      outlines.append(across([edge, between, Vector(edge.x, 0, top)]))
    }
    outlines.append(across(half[(half.count - 3)...]))
    draft.mesh.addLoft(through: outlines) { _, _ in surfaces.paint }
  }
}

extension Float {
  /// 1 or -1.
  fileprivate var signum: Float { self < 0 ? -1 : 1 }
}
