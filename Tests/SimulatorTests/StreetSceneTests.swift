import Randomness
import Testing

@testable import Simulator

@Suite struct StreetSceneTests {
  @Test func theSameKeyGivesTheSameStreet() {
    let configuration = StreetConfiguration()
    let first = StreetScene.make(configuration, key: StreetSamples.key(3))
    let second = StreetScene.make(configuration, key: StreetSamples.key(3))
    let other = StreetScene.make(configuration, key: StreetSamples.key(4))
    #expect(first.mesh.vertices == second.mesh.vertices)
    #expect(first.mesh.corners == second.mesh.corners)
    #expect(first.mesh.surfaces == second.mesh.surfaces)
    #expect(first.actors.map(\.trajectory.along) == second.actors.map(\.trajectory.along))
    #expect(first.mesh.vertices != other.mesh.vertices)
  }

  @Test func aChangeOfOnePartLeavesTheOthers() {
    var configuration = StreetConfiguration()
    let before = StreetScene.make(configuration, key: StreetSamples.key(5))
    configuration.people = 0
    configuration.riders = 0
    let after = StreetScene.make(configuration, key: StreetSamples.key(5))
    let parked = { (scene: StreetScene) in
      scene.actors.filter { $0.model.kind == .sedan }.map(\.trajectory.along)
    }
    #expect(parked(before) == parked(after))
    #expect(after.actors.allSatisfy { $0.model.kind != .adult && $0.model.kind != .cyclist })
  }

  @Test func aStreetKeepsToItsBudgetOfTriangles() {
    let counts = StreetSamples.scenes(40).map(\.mesh.triangleCount).sorted()
    #expect(counts[0] > 20_000)
    #expect((45_000...80_000).contains(counts[20]))
    #expect(counts[39] < 105_000)
  }

  @Test func allClassesOccur() {
    var found: Set<UInt16> = []
    for scene in StreetSamples.scenes(150) {
      found.formUnion(scene.mesh.surfaces.map(\.semantic))
      found.formUnion(scene.actors.map(\.model.kind.semantic))
    }
    let wanted = [
      RawClass.car, RawClass.bicycle, RawClass.motorcycle, RawClass.truck, RawClass.otherVehicle,
      RawClass.person, RawClass.bicyclist, RawClass.motorcyclist, RawClass.road, RawClass.parking,
      RawClass.sidewalk, RawClass.otherGround, RawClass.building, RawClass.fence,
      RawClass.vegetation, RawClass.trunk, RawClass.terrain, RawClass.pole, RawClass.trafficSign,
    ]
    #expect(wanted.filter { !found.contains($0) } == [])
  }

  @Test(arguments: StreetStyle.allCases)
  func everySurfaceOfAStreetIsWithinItsRange(_ style: StreetStyle) {
    for scene in StreetSamples.scenes(5, StreetSamples.only(style)) {
      for surface in scene.mesh.surfaces {
        #expect((0...1).contains(surface.reflectivity))
        #expect((0...1).contains(surface.porosity))
        #expect(surface.actor == 0)
      }
      #expect(scene.mesh.vertices.allSatisfy { $0.x.isFinite && $0.y.isFinite && $0.z.isFinite })
    }
  }

  @Test func nothingStandsInTheSensorsColumn() {
    for scene in StreetSamples.scenes(40) {
      // Between the kerb's height and the lowest lamps and branches.
      let ego = scene.ego.placement(at: 0).origin
      let mesh = scene.mesh
      var intruders = 0
      for triangle in 0..<mesh.triangleCount {
        let corners = (0..<3).map { mesh.vertices[Int(mesh.corners[3 * triangle + $0])] - ego }
        // Corners, middles of the edges, and the middle.
        let middle = (corners[0] + corners[1] + corners[2]) * (1 / 3)
        let points =
          corners + [middle] + (0..<3).map { (corners[$0] + corners[($0 + 1) % 3]) * 0.5 }
        let isInside = points.contains {
          (0.25...3.8).contains($0.z) && $0.x * $0.x + $0.y * $0.y < 1.5 * 1.5
        }
        intruders += isInside ? 1 : 0
      }
      #expect(intruders == 0)
    }
  }

  @Test func theEgoVehicleStartsAtTheOrigin() {
    for scene in StreetSamples.scenes(20) {
      let place = scene.ego.placement(at: 0)
      #expect(place.origin.length < 0.02)
      #expect(abs(place.heading) < 1e-3)
      #expect((0...14).contains(scene.ego.speed))
    }
  }
}
