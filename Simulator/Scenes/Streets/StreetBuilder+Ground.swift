import Foundation

extension StreetBuilder {
  /// Adds the ground: a grid that follows the street's edges, finer near the ego vehicle.
  mutating func addGround() {
    let rows = groundRows()
    let columns = groundColumns()
    let first = UInt32(mesh.vertices.count)
    for row in rows {
      for column in columns {
        _ = mesh.addVertex(groundPoint(foot: row, across: column))
      }
    }
    let width = UInt32(columns.count)
    for row in 0..<rows.count - 1 {
      let foot = (rows[row] + rows[row + 1]) / 2
      for column in 0..<columns.count - 1 {
        let across = (columns[column] + columns[column + 1]) / 2
        let surface = groundSurface(foot: foot, across: across)
        let corner = first + UInt32(row) * width + UInt32(column)
        mesh.addTriangle(corner, corner + width, corner + width + 1, surface)
        mesh.addTriangle(corner, corner + width + 1, corner + 1, surface)
      }
    }
  }

  /// The ground's point on the line that leaves the kerb at `foot`.
  private func groundPoint(foot: Float, across: Float) -> Vector {
    let side = plan.main.ground.side(across)
    let along = foot + side.shear * max(abs(across) - side.kerb, 0)
    return plan.main.point(along: along, across: across)
  }

  /// The grid's lines across the street: at regular distances, and where kerbs begin and end.
  private func groundRows() -> [Float] {
    let extent = plan.extent
    var rows: [Float] = []
    var along = extent.lowerBound
    while along < extent.upperBound {
      rows.append(along)
      let distance = plan.distanceAlong(along)
      along += distance < 18 ? 1.5 : distance < 48 ? 3 : distance < 84 ? 6 : 10
    }
    rows.append(extent.upperBound)
    var edges: [Float] = []
    let depth = RoadSide.kerbDepth
    for junction in plan.main.ground.junctions {
      for sign: Float in [-1, 1] {
        let reaches = [
          0, junction.halfWidth, junction.halfWidth + depth, junction.halfWidth + junction.pavement,
        ]
        edges += reaches.map { junction.along + sign * $0 }
      }
    }
    for driveway in plan.main.ground.left.driveways + plan.main.ground.right.driveways {
      for reach in [RoadSide.drivewayHalfWidth, RoadSide.drivewayHalfWidth + RoadSide.drivewayRamp]
      {
        edges += [driveway - reach, driveway + reach]
      }
    }
    edges += plan.ends
    for courtyard in plan.main.ground.courtyards {
      edges += [courtyard.along.lowerBound, courtyard.along.upperBound]
    }
    return Self.merged(rows, edges.filter(extent.contains))
  }

  /// The grid's lines along the street: where the cross-section bends, and at growing distances.
  private func groundColumns() -> [Float] {
    let ground = plan.main.ground
    var edges: [Float] = [0]
    var rows: [Float] = []
    for (sign, side) in [(Float(1), ground.left), (-1, ground.right)] {
      edges += [
        side.kerb - 0.35, side.kerb, side.kerb + RoadSide.kerbDepth, side.pavementStart,
        side.frontageStart, side.buildingLine,
      ].map { sign * $0 }
      if side.parkingWidth > 0 { edges.append(sign * side.lanesEnd) }
      var distance: Float = 1.5
      while distance < StreetPlan.breadth {
        rows.append(sign * distance)
        distance += distance < 13 ? 1.5 : distance < 25 ? 3 : distance < 50 ? 6 : 15
      }
      rows.append(sign * StreetPlan.breadth)
    }
    for courtyard in ground.courtyards {
      edges += [courtyard.distance.lowerBound, courtyard.distance.upperBound].map {
        courtyard.side * $0
      }
    }
    return Self.merged(rows, edges)
  }

  /// Both lists in order; regular lines give way to edges that are near them.
  private static func merged(_ regular: [Float], _ edges: [Float]) -> [Float] {
    let edges = edges.sorted()
    var result: [Float] = []
    for edge in edges where edge - (result.last ?? -.infinity) > 0.005 { result.append(edge) }
    let kept = regular.filter { line in !edges.contains { abs($0 - line) < 0.4 } }
    return (result + kept).sorted()
  }

  private func groundSurface(foot: Float, across: Float) -> SurfaceIndex {
    let ground = plan.main.ground
    let side = ground.side(across)
    // What ends the street stands on land.
    let isEnded = plan.isAtEnd(foot, margin: 0) && abs(across) < side.frontageStart
    let zone = isEnded ? .frontage : ground.zone(foot: foot, across: across)
    if let courtyard = ground.courtyard(foot: foot, across: across), zone != .carriageway {
      return courtyard.use == .carPark ? palette.parking : palette.gravel
    }
    switch zone {
    case .carriageway: return palette.asphalt
    case .parking: return palette.parking
    case .kerb: return palette.kerb
    case .pavement: return palette.pavement
    case .driveway: return palette.driveway
    case .verge: return palette.grass
    case .frontage: return cover(side.frontageCover)
    case .land: return cover(side.landCover)
    }
  }

  private func cover(_ cover: RoadSide.Cover) -> SurfaceIndex {
    switch cover {
    case .grass: palette.grass
    case .paving: palette.paving
    case .gravel: palette.gravel
    }
  }

  /// Takes the ground of side streets and driveways, so that nothing is built or planted there.
  mutating func reserveSideStreets() {
    for arm in plan.arms {
      guard let branch = arm.branch else { continue }
      let width = 2 * (branch.halfWidth + branch.pavement)
      let start = plan.main.ground.side(branch.side).kerb
      for step in stride(from: start + 4, to: StreetPlan.breadth, by: 8) {
        corridors.take(
          Footprint(arm.placement(along: step, across: 0), length: 8.2, width: width))
      }
    }
    for side: Float in [1, -1] {
      let road = plan.main.ground.side(side)
      let depth = road.frontage + 1
      for driveway in road.driveways {
        let distance = road.frontageStart + depth / 2
        let place = plan.main.placement(
          along: driveway + road.shear * (distance - road.kerb), across: side * distance)
        corridors.take(
          Footprint(place, length: 2 * RoadSide.drivewayHalfWidth, width: depth - 2.2))
      }
    }
  }
}
