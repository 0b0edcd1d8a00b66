import Annotation
import PointClouds
import TestSupport
import Testing

@Suite struct CandidateTests {
  private static func scene() -> (sweep: OpenedSweep, owners: [Int]) {
    var scene = SyntheticScene()
    scene.add(x: 10, y: 3.5)
    scene.add(x: 16, y: -4)
    scene.add(x: 8, y: -3, size: SIMD3(0.7, 0.6, 1.75))
    let (cloud, owners) = scene.scanned()
    return (OpenedSweep(cloud), owners)
  }

  @Test func whatLabelsSayMayBeObjectsComesWithTheLeastConfidentFirst() throws {
    let (sweep, owners) = Self.scene()
    let semantics: [UInt16] = [10, 252, 30]
    let sureness: [Float] = [0.9, 0.5, 0.7]
    let labels = owners.map { PointLabel(semantic: $0 < 0 ? 99 : semantics[$0]) }
    let candidates = sweep.candidates(
      of: labels, confidence: owners.map { $0 < 0 ? 0.1 : sureness[$0] })
    #expect(candidates.map(\.objectClass) == [.car, .person, .car])
    for (candidate, owner) in zip(candidates, [1, 2, 0]) {
      #expect(owners[candidate.point] == owner)
      #expect(abs(candidate.confidence - sureness[owner]) < 1e-4)
      let standing = owners.indices.count { owners[$0] == owner && !sweep.isGround($0) }
      #expect(candidate.pointCount == standing)
      // With the points at its wheels or feet, which are as low as the ground.
      #expect(candidate.points.indices == owners.indices.filter { owners[$0] == owner })
      // A click there makes the object.
      #expect(
        OneClick().proposal(atPoint: candidate.point, as: candidate.objectClass, in: sweep) != nil)
    }
  }

  @Test func thePointsOfTwoThatStandCloseAreNotMixed() {
    var scene = SyntheticScene()
    scene.add(x: 8, y: -3, size: SIMD3(0.5, 0.5, 1.75))
    scene.add(x: 8, y: -1.7, size: SIMD3(0.5, 0.5, 1.75))
    let (cloud, owners) = scene.scanned()
    let labels = owners.map { PointLabel(semantic: $0 < 0 ? 99 : 30) }
    let candidates = OpenedSweep(cloud).candidates(
      of: labels, confidence: [Float](repeating: 0.5, count: labels.count))
    #expect(candidates.count == 2)
    for candidate in candidates {
      let owner = owners[candidate.point]
      #expect(candidate.points.indices == owners.indices.filter { owners[$0] == owner })
    }
  }

  @Test func whatIsAnObjectAlreadyAndWhatHasFewPointsIsLeftOut() {
    let (sweep, owners) = Self.scene()
    let labels = owners.map { owner in
      PointLabel(semantic: owner < 0 ? 99 : 10, instance: owner == 0 ? 5 : 0)
    }
    let confidence = [Float](repeating: 0.5, count: labels.count)
    let all = sweep.candidates(of: labels, confidence: confidence)
    #expect(all.count == 2 && all.allSatisfy { owners[$0.point] > 0 })
    #expect(
      sweep.candidates(of: labels, confidence: confidence, leastPoints: 1_000_000).isEmpty)
  }
}
