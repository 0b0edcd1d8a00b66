extension ActorDraft {
  /// Adds a car's skin below the windows, with its underside, the inner faces of its doors, and its
  /// lamps: a loft through cross-sections from the nose to the tail.
  mutating func addCarBody(_ shape: CarShape, _ curves: CarCurves, _ surfaces: CarSurfaces) {
    let stations = CarSection.stations(of: shape)
    let outlines = stations.map { CarSection(at: $0, curves).outline }
    mesh.addLoft(through: outlines, isClosed: true) { row, column in
      let band = column < 6 ? column + 1 : 12 - column
      let middle = (stations[row] + stations[row + 1]) / 2
      return CarSection.surface(
        ofBand: band, isOpen: curves.isOpen(middle),
        fromNose: shape.front - middle, fromTail: middle - shape.rear, shape, surfaces)
    }
    addCap(outlines[0], surfaces, grille: 1...2)
    addCap(outlines[outlines.count - 1], surfaces, grille: 1...1)
  }

  /// Closes the body at its nose or tail.
  private mutating func addCap(
    _ outline: [Vector], _ surfaces: CarSurfaces, grille: ClosedRange<Int>
  ) {
    for index in 0..<5 {
      mesh.addQuad(
        outline[index], outline[12 - index], outline[11 - index], outline[index + 1],
        grille.contains(index + 1) ? surfaces.trim : surfaces.paint)
    }
    mesh.addTriangle(outline[5], outline[6], outline[7], surfaces.paint)
  }
}

/// A cross-section of a car's body below its windows.
private struct CarSection {
  /// From the left sill up the flank to the middle of the top, and down to the right sill: 13 points.
  let outline: [Vector]

  init(at x: Float, _ curves: CarCurves) {
    let (half, bottom, shoulder) = (curves.halfWidth(x), curves.bottom(x), curves.shoulder(x))
    let flank = shoulder - bottom
    var points = [
      Vector(x, 0.9 * half, bottom),
      Vector(x, 0.985 * half, bottom + 0.22 * flank), Vector(x, half, bottom + 0.55 * flank),
      Vector(x, 0.978 * half, bottom + 0.86 * flank), Vector(x, 0.925 * half, shoulder),
    ]
    if curves.isOpen(x) {
      let floor = min(max(0.38, bottom + 0.04), shoulder - 0.02)
      points += [Vector(x, 0.85 * half, floor), Vector(x, 0, floor)]
    } else {
      let top = curves.deckMiddle(x)
      points += [Vector(x, 0.6 * half, shoulder + 0.75 * (top - shoulder)), Vector(x, 0, top)]
    }
    outline = points + points[..<6].reversed().map { Vector($0.x, -$0.y, $0.z) }
  }

  /// Where the sections are, from the nose to the tail: dense where the skin is curved, and double
  /// where it has a step.
  static func stations(of shape: CarShape) -> [Float] {
    var places = [
      shape.front, shape.front - 0.06, shape.front - 0.2, shape.cowl + 0.01, shape.cowl - 0.01,
      shape.rearBase + 0.01, shape.rearBase - 0.01, shape.rear + 0.03, shape.rear,
    ]
    for axle in [shape.frontAxle, shape.rearAxle] {
      let radius = shape.archRadius
      places += [
        -radius - 0.012, -radius, -0.72 * radius, 0, 0.72 * radius, radius, radius + 0.012,
      ]
      .map { axle + $0 }
    }
    if let bed = shape.bed {
      for end in [bed.lowerBound, bed.upperBound] { places += [end - 0.01, end + 0.01] }
    } else {
      places.append(shape.rear + 0.1)
    }
    places.sort(by: >)
    return places.indices.filter { $0 == 0 || places[$0 - 1] - places[$0] > 0.004 }
      .map { places[$0] }
  }

  /// What a stretch of the skin is made of; bands count from the underside to the top.
  static func surface(
    ofBand band: Int, isOpen: Bool, fromNose: Float, fromTail: Float, _ shape: CarShape,
    _ surfaces: CarSurfaces
  ) -> SurfaceIndex {
    switch band {
    case 0: surfaces.underbody
    case 1: shape.hasPlasticSkirt || fromNose < 0.06 ? surfaces.trim : surfaces.paint
    case 3 where fromNose > 0.04 && fromNose < 0.22: surfaces.lamp
    case 3 where fromTail < 0.1: surfaces.lamp
    case 5, 6: isOpen ? surfaces.trim : surfaces.paint
    default: surfaces.paint
    }
  }
}
