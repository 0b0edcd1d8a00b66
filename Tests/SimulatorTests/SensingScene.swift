import Foundation
import PointClouds
import Randomness
import Sensors

@testable import Simulator

/// The first frame of a scene, taken apart: what a `SceneScanner` of the same seed looks at.
struct SensingScene: Sendable {
  /// The seed of all scenes of these tests.
  static let seed: UInt64 = 77

  let number: Int
  let configuration: SimulationConfiguration
  let sensor: SensorTable
  let street: StreetScene
  let state: SensorState
  let turn: Turn
  /// Where the actors are when the sensor faces them.
  let places: [Placement]
  /// The street with its actors.
  let mesh: Mesh
  private let key: RandomKey

  init(
    _ number: Int, sensor name: String = "hdl64e-kitti",
    _ configuration: SimulationConfiguration = SimulationConfiguration()
  ) throws {
    self.number = number
    self.configuration = configuration
    sensor = try SensorCatalogue.bundled.named(name)
    let scene = Self.key(number)
    let sweep = try Sweep(sensor, physics: configuration.physics)
    let street = StreetScene.make(configuration, key: scene, period: sweep.period)
    let state = SensorState(sensor, configuration: configuration, key: scene)
    key = scene.key(.frame, 0)
    turn = sweep.turn(key: key) { state.placement(on: street.ego.placement(at: $0)) }
    let middle = turn.middle
    places = street.actors.map { Self.placement(of: $0, facedFrom: middle, period: sweep.period) }
    var mesh = street.mesh
    for (index, actor) in street.actors.enumerated() {
      mesh.append(actor.model.mesh, at: places[index], actor: UInt16(index + 1))
    }
    (self.street, self.state, self.mesh) = (street, state, mesh)
  }

  /// What the pulses meet, with some of the physics changed; one echo for each pulse.
  func echoes(_ change: (inout SensorPhysics) -> Void = { _ in }) throws -> [Echo] {
    var physics = configuration.physics
    change(&physics)
    var sweep = try Sweep(sensor, physics: physics)
    let turn = sweep.turn(key: key) { state.placement(on: street.ego.placement(at: $0)) }
    try sweep.build(mesh)
    return sweep.scan(mesh, state: state, turn: turn, key: key)
  }

  /// The surface that an echo returned from.
  func surface(of echo: Echo) -> Surface {
    mesh.surfaces[Int(mesh.surfaceOfTriangle[Int(echo.triangle)])]
  }

  /// The scan of this scene.
  func frame(_ change: (inout SimulationConfiguration) -> Void = { _ in }) throws -> SimulatedFrame
  {
    var configuration = configuration
    change(&configuration)
    return try Self.frames(number, sensor: sensor, configuration)[0]
  }

  /// All frames of a scene.
  static func frames(
    _ number: Int, sensor: SensorTable, _ configuration: SimulationConfiguration
  ) throws -> [SimulatedFrame] {
    let scanner = try SceneScanner(configuration, sensor: sensor, seed: seed)
    var frames: [SimulatedFrame] = []
    try scanner.scan(scene: number) { _, frame in frames.append(frame) }
    return frames
  }

  /// Whether the ego vehicle stands in a scene of some tenths of a second.
  static func isStanding(_ number: Int, frames: Int = 1) -> Bool {
    var configuration = SimulationConfiguration()
    configuration.frames = frames
    return StreetScene.make(configuration, key: key(number), period: 0.1).ego.speed == 0
  }

  private static func key(_ number: Int) -> RandomKey {
    RandomKey(seed: seed).key(.scene, number)
  }

  /// Where an actor is when a sensor that turns to the right, from its rear, faces it.
  private static func placement(
    of actor: Actor, facedFrom pose: Placement, period: Double
  ) -> Placement {
    guard actor.isMoving else { return actor.trajectory.placement(at: 0) }
    let seen = pose.local(actor.trajectory.placement(at: period / 2).origin)
    let share = (Double.pi - Double(atan2(seen.y, seen.x))) / (2 * .pi)
    return actor.trajectory.placement(at: share * period)
  }
}

/// Which pulse a point came from: its time is that of the firing.
struct PulseName: Hashable {
  var ring: UInt16
  var time: Float
}

extension SimulatedFrame {
  /// The pulse of each point.
  var pulses: [PulseName] {
    zip(cloud.ring ?? [], cloud.time ?? []).map { PulseName(ring: $0, time: $1) }
  }

  /// A point in the frame's own coordinates, in metres.
  func point(_ index: Int) -> Vector {
    Vector(cloud.x[index], cloud.y[index], cloud.z[index])
  }
}

extension SimulationConfiguration {
  /// The defaults with some of the physics changed.
  static func with(_ change: (inout SensorPhysics) -> Void) -> Self {
    var configuration = Self()
    change(&configuration.physics)
    return configuration
  }
}

extension Echo {
  var isReturn: Bool { triangle != .max }

  static func == (a: Self, b: Self) -> Bool {
    a.range == b.range && a.intensity == b.intensity && a.logEnergy == b.logEnergy
      && a.triangle == b.triangle
  }

  static func != (a: Self, b: Self) -> Bool { !(a == b) }
}
