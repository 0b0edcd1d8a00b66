import Foundation
import Sensors
import Testing

@testable import Simulator

/// Every switch of the physics changes what it names and nothing else: which pulses return, and
/// from where.
@Suite struct PhysicsEchoTests {
  private static let scenes = Result { try (0..<3).map { try SensingScene($0) } }

  private typealias Comparison = (scene: SensingScene, pairs: [(before: Echo, after: Echo)])

  /// The echoes of some scenes without and with a change, edges not blended.
  private func comparisons(
    base: (inout SensorPhysics) -> Void = { _ in }, change: (inout SensorPhysics) -> Void
  ) throws -> [Comparison] {
    try Self.scenes.get().map { scene in
      func start(_ physics: inout SensorPhysics) {
        physics.mixedPixels = false
        base(&physics)
      }
      let before = try scene.echoes(start)
      let after = try scene.echoes {
        start(&$0)
        change(&$0)
      }
      try #require(before.count == after.count && before.contains { $0.isReturn })
      return (scene, Array(zip(before, after)))
    }
  }

  @Test func rangeNoiseMovesPointsAlongTheirRays() throws {
    let sigma = SensorPhysics().rangeNoise
    for (scene, pairs) in try comparisons(change: { $0.rangeNoise = 0 }) {
      var squares: [Float] = []
      var farthest: Float = 0
      #expect(pairs.allSatisfy { $0.triangle == $1.triangle && $0.intensity == $1.intensity })
      for (before, after) in pairs where before.isReturn {
        let change = abs(before.range - after.range)
        let isGrass = scene.surface(of: before).material == .grass
        if !isGrass { squares.append(change * change) }
        farthest = max(farthest, change - (isGrass ? 0.42 : 0))
      }
      #expect(farthest < 6 * sigma)
      let deviation = (squares.reduce(0, +) / Float(squares.count)).squareRoot()
      #expect(abs(deviation - sigma) < 0.02 * sigma)
    }
  }

  @Test func pointingNoiseMovesRangesByAsMuchAsItIs() throws {
    let scene = try Self.scenes.get()[0]
    func echoes(_ noise: Float) throws -> [Echo] {
      try scene.echoes { physics in
        physics.pointingNoise = noise
        physics.rangeNoise = 0
        physics.mixedPixels = false
      }
    }
    let exact = try echoes(0)
    let medians = try [Float(0.05), 0.5].map { noise in
      let changes = zip(exact, try echoes(noise))
        .filter { $0.isReturn && $0.triangle == $1.triangle }
        .map { abs($0.range - $1.range) }.sorted()
      #expect(changes.count > 90_000)
      return changes[changes.count / 2]
    }
    #expect((9...11).contains(medians[1] / medians[0]))
  }

  private static let additions: [(name: String, change: @Sendable (inout SensorPhysics) -> Void)] =
    [
      ("randomDrop", { $0.randomDrop = 0 }),
      ("energyDrop", { $0.energyDrop = false }),
      ("egoMask", { $0.egoMask = false }),
    ]

  @Test(arguments: additions.indices)
  func whatStopsPulsesChangesNoOthers(_ index: Int) throws {
    for (_, pairs) in try comparisons(change: Self.additions[index].change) {
      let changed = pairs.filter { $0.before.isReturn && $0.before != $0.after }
      // Where two triangles meet, either may answer: it depends on the rays cast beside this one.
      #expect(changed.count < 10 && changed.allSatisfy { abs($0.range - $1.range) < 1e-4 })
      #expect(pairs.contains { !$0.before.isReturn && $0.after.isReturn })
    }
  }

  @Test func asManyPulsesAreLostAtRandomAsTheConfigurationSays() throws {
    for (_, pairs) in try comparisons(
      base: { $0.randomDrop = 0 }, change: { $0.randomDrop = 0.05 })
    {
      let returns = pairs.filter(\.before.isReturn)
      let share = Double(returns.count { !$0.after.isReturn }) / Double(returns.count)
      #expect(abs(share - 0.05) < 0.005)
    }
  }

  @Test func theVehicleHidesTheTablesSectors() throws {
    for (scene, pairs) in try comparisons(change: { $0.egoMask = false }) {
      for (pulse, pair) in pairs.enumerated() where pair.before.isReturn != pair.after.isReturn {
        let (beam, number) = pulse.quotientAndRemainder(dividingBy: scene.turn.count)
        let firing = scene.turn.firing(beam: beam, pulse: number)
        let azimuth = scene.turn.azimuth(beam: beam, firing: firing)
        #expect(scene.sensor.beams[beam].elevation < 0)
        #expect(
          scene.sensor.egoSectors.contains { sector in
            let turned = azimuth < sector.azimuth[0] ? azimuth + 360 : azimuth
            return sector.beam == beam && turned <= sector.azimuth[1]
          })
      }
    }
  }

  @Test func glassReturnsMoreWhereItLetsNothingThrough() throws {
    for (scene, pairs) in try comparisons(
      base: { physics in
        physics.energyDrop = false
        physics.randomDrop = 0
        physics.rangeNoise = 0
      }, change: { $0.glass = false })
    {
      #expect(pairs.allSatisfy { !$0.before.isReturn || $0.after.isReturn })
      let changed = pairs.filter { $0.before != $0.after }
      #expect(changed.contains { !$0.before.isReturn })
      #expect(changed.contains { $0.before.isReturn && $0.after.range < $0.before.range - 0.1 })
      for (before, after) in changed {
        #expect([.glass, .window].contains(scene.surface(of: after).material))
        #expect(!before.isReturn || after.range <= before.range)
      }
    }
  }

  @Test func edgesAreBlendedOnlyAtStepsOfRange() throws {
    for (scene, pairs) in try comparisons(change: { $0.mixedPixels = true }) {
      var changes = 0
      for (pulse, pair) in pairs.enumerated() where pair.before != pair.after {
        let beam = pulse / scene.turn.count
        let sides = [pulse - 1, pulse + 1].filter { $0 / scene.turn.count == beam && $0 >= 0 }
        let steps = sides.map { pairs[$0].before }.filter {
          $0.isReturn && abs($0.range - pair.before.range) > 0.15
        }
        let reach = (steps + [pair.before]).map(\.range).sorted()
        #expect(pair.before.isReturn && !steps.isEmpty)
        #expect(
          !pair.after.isReturn
            || (reach[0]...reach[reach.count - 1]).contains(pair.after.range))
        changes += 1
      }
      #expect(changes > 1000)
    }
  }

  @Test func theFirstReturnIsTheNearerOneOfAnEdge() throws {
    for (_, pairs) in try comparisons(
      base: { $0.mixedPixels = true }, change: { $0.returnMode = .first })
    {
      let changed = pairs.filter { $0.before != $0.after }
      #expect(changed.count > 100)
      // Both are noticed, and surfaces nearer to one another than a pulse is long give one return.
      #expect(
        changed.allSatisfy { before, after in
          before.isReturn && after.isReturn && after.range < before.range - 0.7
            && after.logEnergy <= before.logEnergy
        })
    }
  }

  @Test func energyThatVariesAlongRingsLosesAndWinsPulsesSideBySide() throws {
    for (_, pairs) in try comparisons(
      base: { $0.randomDrop = 0 }, change: { $0.coherentDrop = false })
    {
      let isChanged = pairs.map { $0.before.isReturn != $0.after.isReturn }
      let share = Self.share(of: isChanged, where: [Bool](repeating: true, count: isChanged.count))
      #expect((0.001...0.1).contains(share))
      #expect(Self.share(of: isChanged.dropFirst(), where: isChanged.dropLast()) > 5 * share)
      let both = pairs.filter { $0.before.isReturn && $0.after.isReturn }
      #expect(both.allSatisfy { $0.range == $1.range && $0.triangle == $1.triangle })
    }
  }

  /// How often something holds among the places where something else does.
  private static func share(
    of events: some Sequence<Bool>, where conditions: some Sequence<Bool>
  ) -> Double {
    let counted = zip(events, conditions).filter(\.1)
    return Double(counted.count { $0.0 }) / Double(counted.count)
  }

  @Test func anglesOnlyTakeEnergy() throws {
    for (_, pairs) in try comparisons(
      base: { physics in
        physics.glass = false
        physics.rangeNoise = 0
      }, change: { $0.incidence = false })
    {
      #expect(pairs.contains { !$0.before.isReturn && $0.after.isReturn })
      let returns = pairs.filter(\.before.isReturn)
      #expect(
        returns.allSatisfy { $0.triangle == $1.triangle && $0.range == $1.range })
      #expect(
        returns.allSatisfy { $0.logEnergy <= $1.logEnergy && $0.intensity <= $1.intensity })
    }
  }
}
