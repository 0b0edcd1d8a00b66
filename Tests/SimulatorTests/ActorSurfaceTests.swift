import Randomness
import Testing

@testable import Simulator

/// What a ray meets, from near to far: distance and surface.
private func hits(
  _ mesh: Mesh, from origin: Vector, along direction: Vector
) -> [(distance: Float, surface: Surface)] {
  (0..<mesh.triangleCount).compactMap { index in
    // Moeller and Trumbore's test.
    let (a, b, c) = mesh.triangle(index)
    let (first, second) = (b - a, c - a)
    let normal = direction.cross(second)
    let determinant = first.dot(normal)
    guard abs(determinant) > 1e-9 else { return nil }
    let offset = origin - a
    let u = offset.dot(normal) / determinant
    let crossed = offset.cross(first)
    let v = direction.dot(crossed) / determinant
    let distance = second.dot(crossed) / determinant
    guard u >= 0, v >= 0, u + v <= 1, distance > 0 else { return nil }
    return (distance, mesh.surfaces[Int(mesh.surfaceOfTriangle[index])])
  }
  .sorted { $0.distance < $1.distance }
}

@Suite struct ActorSurfaceTests {
  private static let cars: [ActorKind] = [.hatchback, .sedan, .estate, .suv, .van, .pickup]

  private func model(_ kind: ActorKind, _ index: Int) -> ActorModel {
    var random = RandomKey(seed: 17).key(.actor, index).stream
    return ActorModel.make(kind, &random)
  }

  /// The middle of the largest pane on the left side.
  private func sideWindow(_ mesh: Mesh) -> Vector? {
    let panes = (0..<mesh.triangleCount).compactMap { index -> (area: Float, middle: Vector)? in
      guard mesh.surfaces[Int(mesh.surfaceOfTriangle[index])].material == .glass else { return nil }
      let (a, b, c) = mesh.triangle(index)
      let normal = (b - a).cross(c - a)
      let middle = (a + b + c) / 3
      guard abs(normal.normalized.y) > 0.7, middle.y > 0 else { return nil }
      return (normal.length, middle)
    }
    return panes.max { $0.area < $1.area }?.middle
  }

  @Test func allOfAnActorIsLabelledAsItsKind() {
    for kind in ActorKind.allCases {
      for index in 0..<60 {
        let semantics = Set(model(kind, index).mesh.surfaces.map(\.semantic))
        let others = semantics.subtracting([kind.semantic])
        #expect(semantics.contains(kind.semantic))
        // Chairs and prams are nobody's body.
        let mayCarry = kind == .adult || kind == .sittingPerson
        #expect(others.isEmpty || mayCarry && others == [RawClass.otherObject])
      }
    }
    let seats = model(.sittingPerson, 0).mesh.surfaces
    #expect(seats.contains { $0.semantic == RawClass.otherObject })
  }

  @Test func aRayThroughASideWindowFindsRoomBehindTheGlass() throws {
    for kind in Self.cars {
      for index in 0..<40 {
        let mesh = model(kind, index).mesh
        let pane = try #require(sideWindow(mesh), "a \(kind.rawValue) without side windows")
        let met = hits(mesh, from: Vector(pane.x, 5, pane.z), along: Vector(0, -1, 0))
        let first = try #require(met.first)
        #expect(first.surface.material == .glass)
        if met.count > 1 { #expect(met[1].distance > first.distance + 0.05) }
      }
    }
  }

  @Test func behindWindowsThereIsACabin() {
    var (rays, meetings) = (0, 0)
    for index in 0..<20 {
      let model = model(.hatchback, index)
      for step in 0..<40 {
        let x = model.size.x * (Float(step) / 40 - 0.5)
        let direction = Vector(0.1, -1, -0.12).normalized
        let start = Vector(x, 0.5 * model.size.y, 0.78 * model.size.z) - direction * 3
        let met = hits(model.mesh, from: start, along: direction)
        guard met.first?.surface.material == .glass else { continue }
        rays += 1
        if met.contains(where: { $0.surface.material != .glass }) { meetings += 1 }
      }
    }
    #expect(rays > 200)
    #expect(meetings > rays / 4)
  }

  @Test func theFlanksOfACarHaveNoHoles() {
    for kind in Self.cars {
      for index in 0..<10 {
        let model = model(kind, index)
        for step in 0..<60 {
          let x = model.size.x * 0.94 * (Float(step) / 59 - 0.5)
          let height = 0.45 + 0.17 * Float(step % 7) / 6
          let met = hits(model.mesh, from: Vector(x, 5, height), along: Vector(0, -1, 0))
          // The wall behind a wheel at the latest.
          let distance = met.first?.distance ?? .infinity
          #expect(distance < 5, "\(kind.rawValue) at \(x), \(height)")
        }
      }
    }
  }

  @Test func fourCarsOfTenAreDarkForTheLaser() {
    let paints = (0..<600).compactMap { index in
      model(.hatchback, index).mesh.surfaces.first { $0.material == .paint }?.reflectivity
    }
    #expect(paints.count == 600)
    let dark = Float(paints.count { $0 < 0.03 }) / 600
    let bright = Float(paints.count { $0 >= 0.2 }) / 600
    #expect(abs(dark - 0.38) < 0.06)
    #expect(abs(bright - 0.42) < 0.06)
    #expect(paints.allSatisfy { $0 >= 0.006 && $0 <= 0.95 })
  }

  @Test func vehiclesHavePlatesOrLampsThatSendTheLightBack() {
    for kind in Self.cars + [.truck, .bus, .tram, .motorcyclist, .cyclist] {
      let mesh = model(kind, 1).mesh
      let reflectors = mesh.surfaceOfTriangle.count {
        mesh.surfaces[Int($0)].material == .retroreflector
      }
      #expect(reflectors >= 4, "\(kind.rawValue)")
    }
  }

  @Test func reflectivitiesAreFractions() {
    for kind in ActorKind.allCases {
      for index in 0..<40 {
        #expect(
          model(kind, index).mesh.surfaces.allSatisfy {
            $0.reflectivity > 0 && $0.reflectivity <= 1
          }
        )
      }
    }
  }
}
