import CEmbree
import PointClouds
import Sensors
import Testing

@testable import Simulator

/// Points against the triangles that they came from, found again from where the sensor was.
@Suite struct SensingSurfaceTests {
  @Test(arguments: [(false, false), (true, false), (true, true)])
  func everyReturnLiesOnASurface(_ isDistorted: Bool, _ isCompensated: Bool) throws {
    let configuration = SimulationConfiguration.with {
      $0.pointingNoise = 0
      $0.azimuthQuantisation = false
      $0.mixedPixels = false
      $0.motionDistortion = isDistorted
      $0.motionCompensation = isCompensated
    }
    for number in 0..<2 {
      let scene = try SensingScene(number, configuration)
      let frame = try scene.frame()
      let sights = Sight.all(of: frame, in: scene)
      let search = try SurfaceSearch(scene)
      let found = search.surfaces(along: sights)
      // Coordinates are whole millimetres: rays to points at edges may pass beside them.
      let lost = sights.indices.filter { found[$0] == nil }
      #expect(lost.count < sights.count / 50)
      #expect(lost.allSatisfy { search.isOnSurface(sights[$0].point) })
      let isLabelled = sights.indices.filter { index in
        guard let surface = found[index] else { return false }
        return frame.labels[index].instance == surface.actor
          && [surface.semantic, RawClass.moving(surface.semantic)]
            .contains(frame.labels[index].semantic)
      }
      #expect(isLabelled.count + lost.count > sights.count - sights.count / 1000)
    }
  }
}

/// The line from a beam's origin to what it saw, in the world.
private struct Sight {
  var origin: Vector
  var point: Vector

  /// Where the sensor was for each point follows from the point's time.
  static func all(of frame: SimulatedFrame, in scene: SensingScene) -> [Self] {
    let physics = scene.configuration.physics
    let times = frame.cloud.time ?? []
    let rings = frame.cloud.ring ?? []
    return (0..<frame.cloud.count).map { index in
      let fired = scene.state.placement(on: scene.street.ego.placement(at: Double(times[index])))
      let from = physics.motionDistortion ? fired : scene.turn.middle
      let world = physics.motionCompensation ? scene.turn.middle : from
      let point = world.point(frame.point(index))
      return Self(
        origin: origin(from, toward: point, beam: Int(rings[index]), of: scene), point: point)
    }
  }

  /// Where the line through a point starts: beside the sensor's axis.
  private static func origin(
    _ pose: Placement, toward point: Vector, beam: Int, of scene: SensingScene
  ) -> Vector {
    let beam = scene.sensor.beams[beam]
    let seen = pose.local(point)
    let rho = (seen.x * seen.x + seen.y * seen.y).squareRoot()
    let aside = Float(beam.horizontalOffset) / rho
    let along = (1 - aside * aside).squareRoot()
    // The direction of the line, turned from that of the point as seen from the axis.
    let cosine = (seen.x * along + seen.y * aside) / rho
    let sine = (seen.y * along - seen.x * aside) / rho
    let offset = Float(beam.horizontalOffset)
    return pose.point(-sine * offset, cosine * offset, Float(beam.verticalOffset))
  }
}

/// Looks for the surfaces of a scene near points.
private struct SurfaceSearch {
  private let scene: SensingScene
  private let caster: RayCaster

  init(_ scene: SensingScene) throws {
    self.scene = scene
    caster = try RayCaster()
    try caster.build(scene.mesh)
  }

  /// Six standard deviations of the ranges, and the rounding of ranges and coordinates, in metres.
  private var noise: Float { 6 * scene.configuration.physics.rangeNoise + 0.002 }
  /// Blades of grass stand up to this much above and below the ground, in metres.
  private let grassDepth: Float = 0.045

  /// The surface at the far end of each line, whatever is in between; nothing where there is none.
  func surfaces(along sights: [Sight]) -> [Surface?] {
    var surfaces = [Surface?](repeating: nil, count: sights.count)
    var rays = sights.enumerated().map { index, sight in
      Ray(
        origin: sight.origin, direction: (sight.point - sight.origin).normalized, nearest: 0,
        pulse: index)
    }
    var hits: [Hit] = []
    while !rays.isEmpty {
      caster.cast(rays, farthest: 125, into: &hits)
      rays = zip(rays, hits).compactMap { ray, hit in
        guard hit.triangle != .max else { return nil }
        let distance = (sights[ray.pulse].point - sights[ray.pulse].origin).length
        let surface = scene.mesh.surfaces[Int(scene.mesh.surfaceOfTriangle[Int(hit.triangle)])]
        let depth = surface.material == .grass ? grassDepth / max(0.1, hit.cosine) : 0
        if abs(hit.distance - distance) < noise + depth {
          surfaces[ray.pulse] = surface
          return nil
        }
        var next = ray
        next.nearest = hit.distance + 0.001
        return hit.distance < distance ? next : nil
      }
    }
    return surfaces
  }

  /// Whether a point lies within the noise of any triangle.
  func isOnSurface(_ point: Vector) -> Bool {
    let mesh = scene.mesh
    return (0..<mesh.triangleCount).contains { triangle in
      let surface = mesh.surfaces[Int(mesh.surfaceOfTriangle[triangle])]
      let reach = noise + (surface.material == .grass ? grassDepth : 0)
      let corners = (0..<3).map { mesh.vertices[Int(mesh.corners[3 * triangle + $0])] - point }
      let least = pointwiseMin(pointwiseMin(corners[0], corners[1]), corners[2])
      let greatest = pointwiseMax(pointwiseMax(corners[0], corners[1]), corners[2])
      guard least.max() < reach, greatest.min() > -reach else { return false }
      return Self.distanceFromOrigin(corners) < reach
    }
  }

  private static func distanceFromOrigin(_ corners: [Vector]) -> Float {
    let edges = (0..<3).map { corners[($0 + 1) % 3] - corners[$0] }
    let normal = edges[0].cross(edges[1]).normalized
    let isInside = (0..<3).allSatisfy { edges[$0].cross(-corners[$0]).dot(normal) >= 0 }
    if isInside { return abs(corners[0].dot(normal)) }
    return (0..<3).map { side in
      let (corner, edge) = (corners[side], edges[side])
      let share = min(max(-corner.dot(edge) / max(edge.dot(edge), 1e-12), 0), 1)
      return (corner + edge * share).length
    }.min() ?? .infinity
  }
}
