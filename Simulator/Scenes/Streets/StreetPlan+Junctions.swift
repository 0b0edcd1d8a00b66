import Foundation
import Randomness

extension StreetPlan {
  /// Chooses where side streets leave, and how far they lean.
  mutating func addJunctions(_ configuration: StreetConfiguration, _ key: RandomKey) {
    var random = key.key(.street, 1).stream
    main.ground.left.shear = lean(&random)
    main.ground.right.shear = random.chance(0.7) ? -main.ground.left.shear : lean(&random)
    let spacing: Float = style == .city ? 75 : style == .arterial ? 130 : 90
    guard configuration.junctions > 0 else { return }
    var along = extent.lowerBound + random.uniform() * spacing / configuration.junctions
    while along < extent.upperBound - 12 {
      let junction = junction(at: along, &random)
      if !isAtEnd(along, margin: junction.halfWidth + junction.pavement + 1) {
        main.ground.junctions.append(junction)
        for side: Float in [1, -1] where junction.hasArm(side) {
          arms.append(arm(of: junction, side: side))
        }
      }
      along += 28 + random.exponential(mean: spacing - 28) / configuration.junctions
    }
  }

  private func lean(_ random: inout RandomStream) -> Float {
    random.chance(0.5) ? 0 : random.normal(0, 0.18, within: -0.45...0.45)
  }

  private func junction(at along: Float, _ random: inout RandomStream) -> Junction {
    let isCrossing = random.chance(style == .city ? 0.65 : 0.4)
    let isLeft = random.chance(0.5)
    let isMajor = random.chance(style == .arterial || style == .city ? 0.5 : 0.1)
    let halfWidth = random.uniform(2.4...4.5) + (isMajor ? 2.5 : 0)
    let near = halfWidth + random.uniform(1...1.8)
    let zebra =
      random.chance(0.5)
      ? along + near...along + near + 3.5 : along - near - 3.5...along - near
    return Junction(
      along: along, halfWidth: halfWidth,
      pavement: random.uniform(1.2...3), hasLeftArm: isCrossing || isLeft,
      hasRightArm: isCrossing || !isLeft, hasLights: isMajor,
      zebra: random.chance(isMajor ? 0.7 : 0.25) ? zebra : nil)
  }

  private func arm(of junction: Junction, side: Float) -> Street {
    var street = main
    let roadSide = main.ground.side(side)
    let stretch = (1 + roadSide.shear * roadSide.shear).squareRoot()
    street.branch = Street.Branch(
      along: junction.along, side: side, halfWidth: junction.halfWidth / stretch,
      pavement: junction.pavement / stretch)
    return street
  }

  /// Chooses where driveways cross the pavements.
  mutating func addDriveways(_ key: RandomKey) {
    let spacing: Float = style == .residential ? 16 : style == .campus ? 45 : 60
    for (index, side) in [Float(1), -1].enumerated() {
      var random = key.key(.street, 2 + index).stream
      var along = extent.lowerBound + 8
      while along < extent.upperBound - 8 {
        along += 7 + random.exponential(mean: spacing - 7)
        guard isClearOfArms(along, side: side, margin: 5), !isAtEnd(along, margin: 3) else {
          continue
        }
        if side > 0 {
          main.ground.left.driveways.append(along)
        } else {
          main.ground.right.driveways.append(along)
        }
      }
    }
    for index in arms.indices { arms[index].ground = main.ground }
  }

  /// Whether a vehicle of a length that stands at a place would stand on a zebra crossing.
  func isOnZebra(_ along: Float, length: Float) -> Bool {
    main.ground.junctions.contains { junction in
      junction.zebra?.overlaps(along - length / 2...along + length / 2) ?? false
    }
  }

  /// Whether a place at the kerb is at least `margin` metres from all side streets.
  func isClearOfArms(_ along: Float, side: Float, margin: Float) -> Bool {
    main.ground.junctions.allSatisfy { junction in
      !junction.hasArm(side)
        || abs(along - junction.along) > junction.halfWidth + junction.pavement + margin
    }
  }
}
