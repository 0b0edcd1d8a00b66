import Foundation
import Randomness
import Testing

@testable import Simulator

@Suite struct StreetGroundTests {
  /// The middles of an edge's two ends name it.
  private struct Edge: Hashable {
    var low: UInt32
    var high: UInt32
  }

  @Test func noGapOpensInTheGround() {
    for index in 0..<20 {
      var builder = StreetBuilder(StreetConfiguration(), key: StreetSamples.key(index))
      builder.addGround()
      let mesh = builder.mesh
      var uses: [Edge: Int] = [:]
      for triangle in 0..<mesh.triangleCount {
        let corners = (0..<3).map { mesh.corners[3 * triangle + $0] }
        for side in 0..<3 {
          let (a, b) = (corners[side], corners[(side + 1) % 3])
          uses[Edge(low: min(a, b), high: max(a, b)), default: 0] += 1
        }
      }
      // An edge that only one triangle has lies on the ground's outer border.
      for (edge, count) in uses where count == 1 {
        let middle = (mesh.vertices[Int(edge.low)] + mesh.vertices[Int(edge.high)]) * 0.5
        #expect(middle.length > 60)
      }
      #expect(uses.values.allSatisfy { $0 <= 2 })
    }
  }

  @Test func theGroundsTrianglesAllFaceTheSameWay() {
    for index in 0..<20 {
      var builder = StreetBuilder(StreetConfiguration(), key: StreetSamples.key(index))
      builder.addGround()
      let mesh = builder.mesh
      for triangle in 0..<mesh.triangleCount {
        let corners = (0..<3).map { mesh.vertices[Int(mesh.corners[3 * triangle + $0])] }
        let normal = (corners[1] - corners[0]).cross(corners[2] - corners[0])
        #expect(normal.z > -1e-4, "folded at \(corners[0])")
      }
    }
  }

  @Test func thePavementIsHigherThanTheGutterByTheKerb() {
    let plan = StreetPlan(StreetConfiguration(), key: StreetSamples.key(0))
    var ground = plan.main.ground
    ground.junctions = []
    ground.left.driveways = []
    ground.right.driveways = []
    for side: Float in [1, -1] {
      let road = ground.side(side)
      let gutter = ground.relief(along: 10, across: side * (road.kerb - 0.001))
      let top = ground.relief(along: 10, across: side * (road.kerb + RoadSide.kerbDepth))
      #expect(abs(top - gutter - road.kerbHeight) < 0.005)
    }
  }

  @Test func aSideStreetMeetsTheCarriagewayWithoutAStep() {
    for index in 0..<40 {
      let plan = StreetPlan(StreetConfiguration(), key: StreetSamples.key(index))
      for arm in plan.arms {
        let kerb = plan.main.ground.side(arm.branch?.side ?? 1).kerb
        let before = arm.relief(along: kerb - 0.02, across: 0)
        let after = arm.relief(along: kerb + 0.05, across: 0)
        #expect(abs(before - after) < 0.01)
      }
    }
  }

  @Test func aSideStreetRunsAwayFromTheMainStreet() throws {
    let plans = (0..<40).map { StreetPlan(StreetConfiguration(), key: StreetSamples.key($0)) }
    let arms = plans.flatMap(\.arms)
    #expect(arms.count > 20)
    for arm in arms {
      let branch = try #require(arm.branch)
      let start = arm.point(along: 20, across: 0)
      let ahead = arm.point(along: 21, across: 0)
      let left = arm.point(along: 20, across: 1)
      let heading = arm.heading(along: 20)
      let step = ahead - start
      #expect(abs(sin(atan2(step.y, step.x) - heading)) < 0.02)
      #expect((ahead - start).cross(left - start).z > 0)
      #expect((arm.axis.heading(along: branch.along) - heading) * branch.side < 0)
    }
  }
}
