import Randomness
import Testing

@testable import Simulator

@Suite struct ActorMeshTests {
  private func models(_ kind: ActorKind, count: Int = 60) -> [ActorModel] {
    (0..<count).map { index in
      var random = RandomKey(seed: 3).key(.actor, index).stream
      return ActorModel.make(kind, &random)
    }
  }

  @Test(arguments: ActorKind.allCases)
  func anActorFillsItsBoxAndStandsOnTheGround(kind: ActorKind) throws {
    for model in models(kind) {
      let (least, greatest) = try #require(model.mesh.bounds)
      let half = model.size * 0.5
      for (side, bound) in [(least.x, -half.x), (greatest.x, half.x), (least.y, -half.y)] {
        #expect(abs(side - bound) < 0.001)
      }
      #expect(abs(greatest.y - half.y) < 0.001)
      #expect(abs(least.z) < 0.001)
      #expect(abs(greatest.z - model.size.z) < 0.001)
    }
  }

  @Test(arguments: ActorKind.allCases)
  func cornersAreNumbersAndTrianglesNameThem(kind: ActorKind) {
    for model in models(kind) {
      let mesh = model.mesh
      #expect(mesh.vertices.allSatisfy { $0.x.isFinite && $0.y.isFinite && $0.z.isFinite })
      #expect(mesh.corners.allSatisfy { $0 < mesh.vertices.count })
      #expect(mesh.surfaceOfTriangle.allSatisfy { $0 < mesh.surfaces.count })
    }
  }

  @Test func theSameNumbersMakeTheSameActor() {
    for kind in ActorKind.allCases {
      var first = RandomKey(seed: 21).stream
      var second = first
      var other = RandomKey(seed: 22).stream
      let model = ActorModel.make(kind, &first)
      let twin = ActorModel.make(kind, &second)
      #expect(model.mesh.vertices == twin.mesh.vertices)
      #expect(model.mesh.corners == twin.mesh.corners)
      #expect(model.mesh.surfaces == twin.mesh.surfaces)
      #expect(model.mesh.vertices != ActorModel.make(kind, &other).mesh.vertices)
      // The stream goes on: the next actor of the kind is another one.
      #expect(first.next() == second.next())
      #expect(model.mesh.vertices != ActorModel.make(kind, &first).mesh.vertices)
    }
  }

  @Test(arguments: [
    (ActorKind.hatchback, 600...1200), (.sedan, 600...1200), (.estate, 600...1200),
    (.suv, 600...1200), (.van, 600...1200), (.pickup, 600...1200), (.truck, 500...1400),
    (.bus, 700...1700), (.tram, 500...1700), (.trailer, 150...600), (.child, 300...500),
    (.sittingPerson, 300...500), (.cyclist, 600...900), (.motorcyclist, 700...1150),
    (.parkedBicycle, 250...600), (.parkedMotorcycle, 300...750),
    // With a pram up to 680.
    (.adult, 300...680),
  ])
  func anActorKeepsToItsBudget(kind: ActorKind, triangles: ClosedRange<Int>) {
    for model in models(kind, count: 200) {
      #expect(triangles.contains(model.mesh.triangleCount))
    }
  }

  @Test func fewTrianglesAreWithoutAnArea() {
    for kind in ActorKind.allCases {
      let mesh = models(kind, count: 1)[0].mesh
      let flat = (0..<mesh.triangleCount).filter { triangle in
        let (a, b, c) = mesh.triangle(triangle)
        return (b - a).cross(c - a).length < 1e-8
      }
      #expect(flat.count < mesh.triangleCount / 20, "\(kind.rawValue): \(flat.count)")
    }
  }
}

extension Mesh {
  /// The three corners of a triangle.
  func triangle(_ index: Int) -> (Vector, Vector, Vector) {
    (
      vertices[Int(corners[3 * index])], vertices[Int(corners[3 * index + 1])],
      vertices[Int(corners[3 * index + 2])]
    )
  }
}
