import Foundation
import PointClouds
import Sensors

/// Turns the echoes of a sweep into points, labels and boxes.
struct FrameAssembly {
  let configuration: SimulationConfiguration
  let sensor: SensorTable
  let street: StreetScene
  /// Where the actors are.
  let places: [Placement]
  let turn: Turn

  func frame(_ echoes: [Echo], mesh: Mesh, period: Double) -> SimulatedFrame {
    var frame = SimulatedFrame()
    frame.pose = SensorPose(
      forward: turn.middle.forward, left: turn.middle.left, up: turn.middle.up,
      origin: turn.middle.origin)
    frame.boxes = boxes()
    let limits = sensor.range
    let nearest = Float(limits?.minimum ?? 0)
    let farthest = Float(limits?.maximum ?? .infinity)
    let quantum = configuration.physics.rangeQuantisation ? Float(limits?.quantum ?? 0) : 0
    frame.reserveCapacity(echoes.count)
    for beam in sensor.beams.indices {
      for number in order(ofBeam: beam, echoes) {
        let pulse = beam * turn.count + number
        let echo = echoes[pulse]
        guard echo.triangle != .max else { continue }
        let range = quantum > 0 ? Self.rounded(echo.range / quantum) * quantum : echo.range
        guard range > max(nearest, 0.5), range <= farthest else { continue }
        append(echo, range: range, pulse: pulse, mesh: mesh, period: period, to: &frame)
      }
    }
    return frame
  }

  /// A beam's pulses in the order of their points' azimuths from 0 to 360 degrees.
  ///
  /// A beam that starts beside the axis sees near points at other azimuths than it points to, so that
  /// the first and last few may lie on the other side of azimuth 0.
  private func order(ofBeam beam: Int, _ echoes: [Echo]) -> [Int] {
    let window = min(turn.count / 4, 64)
    func isLeft(_ number: Int) -> Bool? {
      let echo = echoes[beam * turn.count + number]
      guard echo.triangle != .max else { return nil }
      let firing = turn.firing(beam: beam, pulse: number)
      return place(of: echo.range, beam: beam, firing: firing).y >= 0
    }
    let early = (0..<window).last { isLeft($0) == false }.map { $0 + 1 } ?? 0
    let late = (turn.count - window..<turn.count).first { isLeft($0) == true } ?? turn.count
    return Array(late..<turn.count) + Array(early..<late) + Array(0..<early)
  }

  /// Where a return is reported, in the sensor's frame.
  private func place(of range: Float, beam: Int, firing: Int) -> Vector {
    let reported = turn.report(beam: beam, firing: firing, range: range)
    return configuration.physics.motionCompensation
      ? turn.middle.local(turn.poses[firing].point(reported)) : reported
  }

  private func append(
    _ echo: Echo, range: Float, pulse: Int, mesh: Mesh, period: Double,
    to frame: inout SimulatedFrame
  ) {
    let (beam, number) = pulse.quotientAndRemainder(dividingBy: turn.count)
    let firing = turn.firing(beam: beam, pulse: number)
    let point = place(of: range, beam: beam, firing: firing)
    frame.cloud.x.append(millimetres(point.x))
    frame.cloud.y.append(millimetres(point.y))
    frame.cloud.z.append(millimetres(point.z))
    frame.cloud.intensity.append(stored(echo.intensity))
    frame.cloud.ring?.append(UInt16(beam))
    frame.cloud.time?.append(Float(turn.time(of: firing, period: period)))
    let surface = mesh.surfaces[Int(mesh.surfaceOfTriangle[Int(echo.triangle)])]
    if surface.actor > 0 { frame.boxes[Int(surface.actor) - 1].pointCount += 1 }
    frame.labels.append(label(of: surface, at: frameOfPoint(firing).point(point)))
  }

  /// The frame in the world that the points of a firing are given in.
  private func frameOfPoint(_ firing: Int) -> Placement {
    configuration.physics.motionCompensation ? turn.middle : turn.poses[firing]
  }

  /// Files hold whole millimetres.
  @inline(__always)
  private func millimetres(_ value: Float) -> Float { Self.rounded(value * 1000) / 1000 }

  /// Rounds numbers below 4 million without a call into the mathematics library.
  @inline(__always)
  private static func rounded(_ value: Float) -> Float {
    let shift: Float = 0x1.8p23
    return (value + shift) - shift
  }

  /// The intensity in the sensor's unit.
  ///
  /// A sensor measures a byte. KITTI's files hold hundredths of 1, rounded down, so that every other
  /// hundredth stands for three bytes and the rest for two.
  private func stored(_ intensity: Float) -> Float {
    let byte = Self.rounded(intensity * 255)
    guard sensor.intensityMaximum == 1 else {
      return Self.rounded(byte / 255 * Float(sensor.intensityMaximum))
    }
    return min(Float(Int32(byte / 2.55)), 99) / 100
  }

  private func label(of surface: Surface, at world: Vector) -> PointLabel {
    var owner = Int(surface.actor) - 1
    if configuration.labels == .box, owner < 0 {
      owner = places.indices.first { isInside(world, actor: $0) } ?? -1
      if owner >= 0 {
        return label(ofActor: owner, semantic: street.actors[owner].model.kind.semantic)
      }
    }
    guard owner >= 0 else { return PointLabel(semantic: surface.semantic) }
    return label(ofActor: owner, semantic: surface.semantic)
  }

  private func label(ofActor actor: Int, semantic: UInt16) -> PointLabel {
    let isMoving = street.actors[actor].isMoving
    return PointLabel(
      semantic: isMoving ? RawClass.moving(semantic) : semantic, instance: UInt16(actor + 1))
  }

  private func isInside(_ world: Vector, actor: Int) -> Bool {
    let size = street.actors[actor].model.size
    let offset = world - places[actor].origin
    // Far away from most: no need to turn the point into the actor's frame.
    guard abs(offset.x) < size.x + size.y, abs(offset.y) < size.x + size.y else { return false }
    let local = places[actor].local(world)
    return abs(local.x) <= size.x / 2 && abs(local.y) <= size.y / 2 && local.z >= -0.1
      && local.z <= size.z
  }

  private func boxes() -> [ActorBox] {
    street.actors.indices.map { index in
      let (actor, place) = (street.actors[index], places[index])
      let semantic = actor.model.kind.semantic
      let facing = Vector(
        place.forward.dot(turn.middle.forward), place.forward.dot(turn.middle.left), 0)
      return ActorBox(
        name: actor.model.kind.kittiName,
        semantic: actor.isMoving ? RawClass.moving(semantic) : semantic,
        instance: UInt16(index + 1), bottom: turn.middle.local(place.origin),
        size: actor.model.size, heading: atan2(facing.y, facing.x))
    }
  }
}
