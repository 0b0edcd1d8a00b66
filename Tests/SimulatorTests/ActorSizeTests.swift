import Randomness
import Testing

@testable import Simulator

/// Mean size of a mix of kinds over a number of actors.
private func meanSize(_ mix: [(ActorKind, weight: Float)], count: Int = 300) -> Vector {
  var choice = RandomKey(seed: 11).stream
  var sum = Vector.zero
  for index in 0..<count {
    var random = RandomKey(seed: 5).key(.actor, index).stream
    sum += ActorModel.make(choice.pick(mix), &random).size
  }
  return sum / Float(count)
}

private func expect(
  _ size: Vector, near expected: Vector, sourceLocation: SourceLocation = #_sourceLocation
) {
  for axis in 0..<3 {
    #expect(
      abs(size[axis] / expected[axis] - 1) < 0.05, "\(size) is not \(expected)",
      sourceLocation: sourceLocation)
  }
}

/// The mean sizes of KITTI's boxes.
@Suite struct ActorSizeTests {
  @Test func carsAreAsBigAsInKitti() {
    let mix: [(ActorKind, weight: Float)] = [
      (.hatchback, weight: 0.30), (.sedan, weight: 0.25), (.estate, weight: 0.20),
      (.suv, weight: 0.15), (.pickup, weight: 0.02),
    ]
    expect(meanSize(mix, count: 600), near: Vector(3.90, 1.62, 1.51))
  }

  @Test(arguments: [
    (ActorKind.van, Vector(4.97, 1.90, 2.18)), (.truck, Vector(9.53, 2.53, 3.30)),
    (.bus, Vector(11, 2.55, 3.1)), (.tram, Vector(12.5, 2.53, 3.63)),
    (.adult, Vector(0.82, 0.68, 1.74)), (.sittingPerson, Vector(0.75, 0.60, 1.26)),
    (.cyclist, Vector(1.76, 0.63, 1.74)), (.motorcyclist, Vector(2.1, 0.8, 1.7)),
  ])
  func othersAreAsBigAsInKitti(kind: ActorKind, expected: Vector) {
    expect(meanSize([(kind, weight: 1)]), near: expected)
  }

  @Test func sizesOfAKindDiffer() {
    for kind in ActorKind.allCases {
      let lengths = (0..<40).map { index -> Float in
        var random = RandomKey(seed: 8).key(.actor, index).stream
        return ActorModel.make(kind, &random).size.x
      }
      #expect(Set(lengths).count > 35, "\(kind.rawValue)")
    }
  }

  @Test func childrenAreSmallerThanAdults() {
    let child = meanSize([(.child, weight: 1)])
    #expect(child.z > 1.15 && child.z < 1.35)
    #expect(child.x < meanSize([(.adult, weight: 1)]).x)
  }
}
