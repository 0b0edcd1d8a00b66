import CEmbree

/// Finds what rays meet among the triangles of a mesh (Embree).
///
/// For one thread at a time: each worker has its own.
final class RayCaster {
  private let caster: OpaquePointer

  /// A caster without triangles.
  ///
  /// Where it is portable, it uses only what every x86-64 processor has, so that distances are the
  /// same to the last bit everywhere.
  init(isPortable: Bool = false) throws(SimulatorError) {
    var message = [CChar](repeating: 0, count: 200)
    guard let caster = ray_caster_create(isPortable, &message, message.count) else {
      let text = String(
        decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      throw SimulatorError(
        .rayCaster, "the ray caster does not start: \(text)",
        remedy: "check that libembree3 3.13 is installed and that memory is left")
    }
    self.caster = caster
  }

  deinit {
    ray_caster_destroy(caster)
  }

  /// Takes the triangles of a mesh; they replace those before.
  func build(_ mesh: Mesh) throws(SimulatorError) {
    let isBuilt = mesh.vertices.withUnsafeBytes { vertices in
      ray_caster_build(
        caster, vertices.assumingMemoryBound(to: Float.self).baseAddress, mesh.vertices.count,
        mesh.corners, mesh.triangleCount)
    }
    guard isBuilt else {
      throw SimulatorError(
        .rayCaster, "the ray caster cannot take \(mesh.triangleCount) triangles",
        remedy: "use fewer threads: memory seems to be short")
    }
  }

  /// Finds the first triangle along each ray.
  ///
  /// Hits farther than `farthest` metres do not count.
  func cast(_ rays: [Ray], farthest: Float, into hits: inout [Hit]) {
    if hits.count < rays.count {
      hits = [Hit](repeating: Hit(), count: rays.count)
    }
    ray_caster_cast(caster, rays, rays.count, farthest, &hits)
  }
}

/// A ray in metres: where it starts, and a direction of length 1; its tag is the pulse's number.
typealias Ray = ray_caster_ray

/// What a ray meets first.
typealias Hit = ray_caster_hit

extension ray_caster_ray {
  init(origin: Vector, direction: Vector, nearest: Float, pulse: Int) {
    self.init(
      origin_x: origin.x, origin_y: origin.y, origin_z: origin.z, nearest: nearest,
      direction_x: direction.x, direction_y: direction.y, direction_z: direction.z,
      tag: UInt32(pulse))
  }

  var pulse: Int { Int(tag) }

  var direction: Vector { Vector(direction_x, direction_y, direction_z) }

  /// The point at a distance along the ray, in metres.
  func point(at distance: Float) -> Vector {
    Vector(origin_x, origin_y, origin_z) + direction * distance
  }
}
