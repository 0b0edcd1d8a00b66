import CEmbree
import Randomness
import Sensors

/// Scans scenes with one sensor.
///
/// It keeps its memory from scan to scan: one for each thread.
struct Sweep {
  private let sensor: SensorTable
  private let pattern: FiringPattern
  private let physics: SensorPhysics
  private let shadow: EgoShadow
  private let caster: RayCaster
  private let maximumRange: Float
  /// How long rays have been cast so far.
  private(set) var castTime = Duration.zero
  private var rays: [Ray] = []
  private var hits: [Hit] = []
  private var echoes: [Echo] = []
  private var transmissions: [Float] = []

  /// Full width of a beam, in degrees: 2 milliradians (HDL-64E's manual).
  private static let beamWidth: Float = 0.115
  /// How many surfaces a pulse may go through.
  private static let passLimit = 4

  init(
    _ sensor: SensorTable, physics: SensorPhysics, isPortable: Bool = false
  ) throws(SimulatorError) {
    try physics.validate()
    self.sensor = sensor
    self.physics = physics
    pattern = try FiringPattern(sensor)
    shadow = EgoShadow(sensor)
    caster = try RayCaster(isPortable: isPortable)
    maximumRange = Float(sensor.range?.maximum ?? 120)
  }

  /// Seconds of a turn.
  var period: Double { 1 / (sensor.rotationRate ?? 10) }

  /// A turn that begins where the key says.
  func turn(key: RandomKey, pose: (Double) -> Placement) -> Turn {
    var random = key.key(.pulse).stream
    return Turn(
      of: sensor, pattern: pattern, physics: physics, phase: Double(random.uniform()),
      period: period, pose: pose)
  }

  func build(_ mesh: Mesh) throws(SimulatorError) {
    try caster.build(mesh)
  }

  /// What the sensor's pulses meet in the mesh that was built.
  mutating func scan(
    _ mesh: Mesh, state: SensorState, turn: Turn, key: RandomKey
  ) -> [Echo] {
    let beamKeys = sensor.beams.indices.map { key.key(.beam, $0) }
    aim(turn, keys: beamKeys)
    echoes.removeAll(keepingCapacity: true)
    echoes.append(contentsOf: repeatElement(Echo(), count: sensor.beams.count * turn.count))
    transmissions.removeAll(keepingCapacity: true)
    transmissions.append(contentsOf: repeatElement(1, count: rays.count))
    let variations = variations(count: turn.count, keys: beamKeys, state: state)
    let reflector = Reflector(physics: physics, patches: PatchNoise(key.key(.patch)))
    let receiver = Receiver(
      physics: physics, state: state, energy: sensor.energy,
      response: sensor.intensityResponse.map { SIMD2(Float($0[0]), Float($0[1])) })
    for surface in 0...Self.passLimit where !rays.isEmpty {
      let start = ContinuousClock.now
      caster.cast(rays, farthest: maximumRange, into: &hits)
      castTime += ContinuousClock.now - start
      receive(
        mesh, surface: surface, turn: turn, keys: beamKeys, variations: variations,
        reflector: reflector, receiver: receiver)
    }
    if physics.mixedPixels { blendEdges(turn, keys: beamKeys, receiver: receiver) }
    return echoes
  }

  private mutating func aim(_ turn: Turn, keys: [RandomKey]) {
    rays.removeAll(keepingCapacity: true)
    let pointing = physics.pointingNoise / 1000
    let nearest = Float(sensor.range?.minimum ?? 0)
    for beam in sensor.beams.indices {
      let key = keys[beam]
      for pulse in 0..<turn.count {
        let firing = turn.firing(beam: beam, pulse: pulse)
        if physics.egoMask,
          shadow.hides(beam: beam, azimuth: turn.azimuth(beam: beam, firing: firing))
        {
          continue
        }
        let (left, up) = PulseNoise(key, firing: firing).normals(.pointing)
        let line = turn.aim(
          beam: beam, firing: firing, pointing: (left * pointing, up * pointing))
        let pose = turn.poses[firing]
        rays.append(
          Ray(
            origin: pose.point(line.origin), direction: pose.direction(line.direction),
            nearest: nearest, pulse: beam * turn.count + pulse))
      }
    }
  }

  /// What each pulse's beam and neighbours add to the logarithm of its energy.
  private func variations(count: Int, keys: [RandomKey], state: SensorState) -> [Float] {
    var variations = [Float](repeating: 0, count: keys.count * count)
    for (beam, key) in keys.enumerated() {
      let ring = key.key(.ring)
      var value: Float = 0
      for pulse in -20..<count {
        // An autoregressive process of deviation 0.4, run in for 20 pulses.
        value =
          0.9 * value + 0.17
          * PulseNoise.normal(
            of: ring.bits(at: UInt64(bitPattern: Int64(pulse))))
        guard pulse >= 0 else { continue }
        variations[beam * count + pulse] =
          state.beamEnergies[beam] + (physics.coherentDrop ? value : 0)
      }
    }
    return variations
  }

  private mutating func blendEdges(_ turn: Turn, keys: [RandomKey], receiver: Receiver) {
    let blend = EdgeBlend(width: Self.beamWidth / Float(pattern.step), receiver: receiver)
    for beam in keys.indices {
      let pulses = beam * turn.count..<(beam + 1) * turn.count
      blend.blend(&echoes, in: pulses) { pulse in
        PulseNoise(keys[beam], firing: turn.firing(beam: beam, pulse: pulse))
      }
    }
  }

  /// Takes the hits of all rays and leaves the rays that go on.
  private mutating func receive(
    _ mesh: Mesh, surface: Int, turn: Turn, keys: [RandomKey], variations: [Float],
    reflector: Reflector, receiver: Receiver
  ) {
    var left = 0
    for index in rays.indices {
      var ray = rays[index]
      let hit = hits[index]
      guard hit.triangle != .max else { continue }
      let (beam, pulse) = ray.pulse.quotientAndRemainder(dividingBy: turn.count)
      let noise = PulseNoise(
        keys[beam], firing: turn.firing(beam: beam, pulse: pulse), surface: surface)
      let encounter = Encounter(
        surface: mesh.surfaces[Int(mesh.surfaceOfTriangle[Int(hit.triangle)])],
        cosine: hit.cosine, point: ray.point(at: hit.distance), noise: noise)
      switch reflector.reflection(encounter) {
      case .lost: break
      case .passed(let transmission):
        let rest = transmissions[index] * transmission
        ray.nearest = hit.distance + 0.01
        rays[left] = ray
        transmissions[left] = rest
        left += 1
      case .returned(let energy, let brightness, let depth):
        let transmission = transmissions[index]
        let logEnergy = receiver.logEnergy(
          energy * transmission, range: hit.distance, variation: variations[ray.pulse])
        guard receiver.isNoticed(logEnergy: logEnergy, noise: noise),
          noise.uniform(.drop) >= physics.randomDrop
        else { break }
        echoes[ray.pulse] = Echo(
          range: hit.distance + depth + physics.rangeNoise * noise.normal(.range),
          intensity: receiver.intensity(
            brightness: brightness * transmission, logEnergy: logEnergy, beam: beam, noise: noise),
          logEnergy: logEnergy, triangle: hit.triangle)
      }
    }
    rays.removeLast(rays.count - left)
    transmissions.removeLast(transmissions.count - left)
  }
}
