import Foundation
import Testing

@testable import Simulator

@Suite struct StreetActorTests {
  @Test func noActorStandsInAnother() {
    for scene in StreetSamples.scenes(60) {
      let footprints = scene.actors.map { $0.footprint() }
      for (index, footprint) in footprints.enumerated() {
        for other in footprints[(index + 1)...] {
          #expect(!footprint.overlaps(other))
        }
      }
    }
  }

  @Test func nothingRunsIntoTheEgoVehicleForTwoSeconds() {
    for scene in StreetSamples.scenes(60) {
      for time in stride(from: 0, through: 2, by: 0.25) {
        let ego = Footprint(scene.ego.placement(at: time), length: 9, width: 2)
        for actor in scene.actors {
          #expect(!actor.footprint(at: time).overlaps(ego))
        }
      }
    }
  }

  @Test func actorsStandOnTheGround() {
    for scene in StreetSamples.scenes(30) {
      for actor in scene.actors {
        let trajectory = actor.trajectory
        let ground = trajectory.street.point(along: trajectory.along, across: trajectory.across)
        #expect(abs(trajectory.placement(at: 0).origin.z - ground.z) < 0.25)
      }
    }
  }

  /// Actors of a kind in a window of 90 degrees before the ego vehicle, as seen from it.
  private func ahead(
    _ scenes: [StreetScene], _ kinds: Set<ActorKind>
  ) -> [(range: Float, lateral: Float, turn: Float)] {
    scenes.flatMap { scene in
      let ego = scene.ego.placement(at: 0)
      return scene.actors.compactMap { actor -> (range: Float, lateral: Float, turn: Float)? in
        let place = actor.trajectory.placement(at: 0)
        let local = ego.local(place.origin)
        let range = (local.x * local.x + local.y * local.y).squareRoot()
        guard kinds.contains(actor.model.kind), local.x > abs(local.y), range < 80 else {
          return nil
        }
        return (range, abs(local.y), inclination(place.heading - ego.heading))
      }
    }
  }

  /// An angle to the ego vehicle's axis, from 0 along it to pi/2 across.
  private func inclination(_ turn: Float) -> Float {
    abs(asin(sin(turn)))
  }

  private func median(_ values: [Float]) -> Float {
    values.sorted()[values.count / 2]
  }

  @Test func carsStandWhereKittisCarsStand() {
    let scenes = StreetSamples.scenes(150, StreetSamples.kittiLike)
    let cars = ahead(scenes, [.hatchback, .sedan, .estate, .suv, .pickup])
    #expect((3...8).contains(Float(cars.count) / 150))
    #expect((25...45).contains(median(cars.map(\.range))))
    #expect((3...7).contains(median(cars.map(\.lateral))))
    let parallel = cars.filter { $0.turn < 15 * .pi / 180 }.count
    #expect(Float(parallel) / Float(cars.count) > 0.65)
  }

  @Test func peopleWalkWhereKittisPeopleWalk() {
    let scenes = StreetSamples.scenes(300, StreetSamples.kittiLike)
    let people = ahead(scenes, [.adult, .child])
    #expect((0.4...4).contains(Float(people.count) / 300))
    #expect((9...20).contains(median(people.map(\.range))))
    #expect((2...7).contains(median(people.map(\.lateral))))
  }

  @Test func factorsMultiplyWhatThereIs() {
    func count(_ kinds: Set<ActorKind>, _ change: (inout StreetConfiguration) -> Void) -> Int {
      var configuration = StreetSamples.kittiLike
      change(&configuration)
      return StreetSamples.scenes(60, configuration).reduce(0) { total, scene in
        total + scene.actors.filter { kinds.contains($0.model.kind) }.count
      }
    }
    #expect(count([.adult, .child]) { $0.people = 0 } == 0)
    #expect(count([.adult, .child]) { $0.people = 3 } > 2 * count([.adult, .child]) { _ in })
    #expect(count([.cyclist, .motorcyclist]) { $0.riders = 0 } == 0)
    #expect(count([.sedan, .van, .truck]) { $0.vehicles = 0 } == 0)
    #expect(count([.sedan, .van]) { $0.vehicles = 2 } > count([.sedan, .van]) { _ in })
  }
}
