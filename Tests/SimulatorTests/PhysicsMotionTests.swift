import PointClouds
import Sensors
import Testing

@testable import Simulator

/// What the motion of the vehicle that carries the sensor does to a scan.
@Suite struct PhysicsMotionTests {
  private func scenes(_ count: Int, standing: Bool) throws -> [SensingScene] {
    try (0..<200).lazy.filter { SensingScene.isStanding($0) == standing }.prefix(count)
      .map { try SensingScene($0) }
  }

  @Test func distortionChangesNothingForAVehicleThatStands() throws {
    for scene in try scenes(3, standing: true) {
      let (moving, frozen) = (try scene.frame(), try scene.frame(withoutDistortion))
      #expect(moving.cloud == frozen.cloud && moving.labels == frozen.labels)
      #expect(moving.boxes == frozen.boxes && moving.pose == frozen.pose)
    }
  }

  @Test func compensationChangesNothingForAVehicleThatStands() throws {
    for scene in try scenes(3, standing: true) {
      let (raw, compensated) = (try scene.frame(), try scene.frame(withCompensation))
      #expect(raw.pulses == compensated.pulses && raw.labels == compensated.labels)
      #expect(raw.cloud.intensity == compensated.cloud.intensity && raw.boxes == compensated.boxes)
      // Where a coordinate lies between two millimetres, the last bit decides.
      let moves = raw.cloud.x.indices.map { (raw.point($0) - compensated.point($0)).length }
      #expect(moves.allSatisfy { $0 < 0.0018 } && moves.count { $0 > 0 } < moves.count / 50)
    }
  }

  @Test func compensationMovesPointsByTheWayThatTheVehicleDrove() throws {
    for scene in try scenes(3, standing: false) {
      let (raw, compensated) = (try scene.frame(), try scene.frame(withCompensation))
      let places = Dictionary(
        uniqueKeysWithValues: zip(compensated.pulses, compensated.cloud.x.indices))
      #expect(abs(raw.cloud.count - compensated.cloud.count) < 3)
      let speed = scene.street.ego.speed
      let strays = raw.pulses.enumerated().filter { index, pulse in
        guard let place = places[pulse] else { return false }
        let way = Vector(speed * (pulse.time - 0.05), 0, 0)
        let stray = compensated.point(place) - raw.point(index) - way
        // The street may bend, and tip the vehicle.
        let reach = 0.003 + 0.004 * raw.point(index).length
        return max(abs(stray.x), abs(stray.y), abs(stray.z)) > reach
      }
      #expect(strays.isEmpty)
    }
  }

  @Test func aStreetLooksLikeTheFrozenOneAfterCompensation() throws {
    for scene in try scenes(3, standing: false) {
      let (frozen, compensated) = (
        try scene.frame(withoutDistortion), try scene.frame(withCompensation)
      )
      let difference = abs(frozen.cloud.count - compensated.cloud.count)
      #expect(difference < frozen.cloud.count / 50)
      #expect(frozen.pose == compensated.pose && frozen.cloud != compensated.cloud)
    }
  }

  private func withCompensation(_ configuration: inout SimulationConfiguration) {
    configuration.physics.motionCompensation = true
  }

  private func withoutDistortion(_ configuration: inout SimulationConfiguration) {
    configuration.physics.motionDistortion = false
  }
}
