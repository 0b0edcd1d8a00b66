import Foundation
import PointClouds
import Randomness
public import Sensors

/// Makes streets and scans them.
///
/// Scene `n` of a seed is the same whoever makes it, in whatever order. A scanner keeps its memory
/// from scan to scan, and is for one thread at a time.
public final class SceneScanner {
  /// Seconds that a scene may last: streets are no longer than that takes.
  private static let longestScene = 20.0

  private let configuration: SimulationConfiguration
  private let sensor: SensorTable
  private let root: RandomKey
  private var sweep: Sweep
  private var mesh = Mesh()
  /// Where the time went so far.
  public private(set) var times = ScanTimes()

  /// A scanner of the streets of a seed.
  ///
  /// - Parameters:
  ///   - configuration: what is simulated.
  ///   - sensor: what it is scanned with.
  ///   - seed: other seeds give other streets.
  ///   - isPortable: whether to use only instructions that every x86-64 processor has, so that all
  ///     give the same points.
  /// - Throws: `invalidConfiguration`; `unsuitableSensor`; `rayCaster`.
  public init(
    _ configuration: SimulationConfiguration, sensor: SensorTable, seed: UInt64,
    isPortable: Bool = false
  ) throws(SimulatorError) {
    try configuration.validate()
    self.configuration = configuration
    self.sensor = sensor
    root = RandomKey(seed: seed)
    sweep = try Sweep(sensor, physics: configuration.physics, isPortable: isPortable)
    let duration = Double(configuration.frames) * sweep.period
    guard duration <= Self.longestScene else {
      throw SimulatorError(
        .invalidConfiguration, "\(configuration.frames) frames take \(duration) s",
        remedy: "give at most \(Int(Self.longestScene / sweep.period)) frames, and more scenes")
    }
  }

  /// Scans a scene from its first frame to its last.
  ///
  /// - Throws: `rayCaster` where memory is short, and what `body` throws.
  public func scan(scene: Int, body: (Int, SimulatedFrame) throws -> Void) throws {
    let key = root.key(.scene, scene)
    let start = ContinuousClock.now
    let street = StreetScene.make(configuration, key: key, period: sweep.period)
    times.scene += ContinuousClock.now - start
    let state = SensorState(sensor, configuration: configuration, key: key)
    for frame in 0..<configuration.frames {
      try body(frame, try scan(street, frame: frame, state: state, key: key.key(.frame, frame)))
    }
  }

  private func scan(
    _ street: StreetScene, frame: Int, state: SensorState, key: RandomKey
  ) throws(SimulatorError) -> SimulatedFrame {
    let start = Double(frame) * sweep.period
    let turn = sweep.turn(key: key) { time in
      state.placement(on: street.ego.placement(at: start + time))
    }
    let places = street.actors.map { actor in
      actor.placement(facedBy: turn.middle, start: start, period: sweep.period)
    }
    let begin = ContinuousClock.now
    assemble(street, places: places)
    let assembled = ContinuousClock.now
    try sweep.build(mesh)
    let built = ContinuousClock.now
    let castBefore = sweep.castTime
    let echoes = sweep.scan(mesh, state: state, turn: turn, key: key)
    var result = FrameAssembly(
      configuration: configuration, sensor: sensor, street: street, places: places, turn: turn
    ).frame(echoes, mesh: mesh, period: sweep.period)
    result.time = start
    let cast = sweep.castTime - castBefore
    times.scans += 1
    times.triangles += mesh.triangleCount
    times.scene += assembled - begin
    times.tree += built - assembled
    times.cast += cast
    times.sensor += ContinuousClock.now - built - cast
    return result
  }

  /// Puts the actors where they are into the street.
  private func assemble(_ street: StreetScene, places: [Placement]) {
    mesh.removeAll()
    mesh.append(street.mesh)
    for (index, actor) in street.actors.enumerated() {
      mesh.append(actor.model.mesh, at: places[index], actor: UInt16(index + 1))
    }
  }
}

extension Actor {
  /// Where it is when the sensor, which is at `pose` in the middle of a sweep, faces it.
  fileprivate func placement(facedBy pose: Placement, start: Double, period: Double) -> Placement {
    guard isMoving else { return trajectory.placement(at: start) }
    let seen = pose.local(trajectory.placement(at: start + period / 2).origin)
    let azimuth = Double(atan2(seen.y, seen.x)) * 180 / .pi
    return trajectory.placement(at: start + Turn.time(atAzimuth: azimuth, period: period))
  }
}
