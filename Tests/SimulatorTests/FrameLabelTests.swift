import PointClouds
import Sensors
import Testing

@testable import Simulator

/// What points are said to belong to, against the actors' boxes.
@Suite struct FrameLabelTests {
  /// Points where pulses went, in the frame that the boxes are given in.
  private static func configuration(
    _ labels: SimulationConfiguration.LabelSource
  ) -> SimulationConfiguration {
    var configuration = SimulationConfiguration.with {
      $0.azimuthQuantisation = false
      $0.mixedPixels = false
      $0.motionCompensation = true
    }
    configuration.labels = labels
    return configuration
  }

  /// The actors, counted from 0, whose box, larger by a margin in metres on all sides, holds a point.
  private func holders(of world: Vector, in scene: SensingScene, margin: Float) -> [Int] {
    scene.places.indices.filter { actor in
      let half = scene.street.actors[actor].model.size * 0.5 + Vector(repeating: margin)
      let local = scene.places[actor].local(world) - Vector(0, 0, half.z - margin)
      return abs(local.x) < half.x && abs(local.y) < half.y && abs(local.z) < half.z
    }
  }

  @Test func aPointInABoxIsTheActorsWhereBoxesDecide() throws {
    for number in 0..<4 {
      let scene = try SensingScene(number, Self.configuration(.box))
      let frame = try scene.frame()
      var (held, ground) = (0, 0)
      for (index, label) in frame.labels.enumerated() {
        let world = scene.turn.middle.point(frame.point(index))
        let holders = holders(of: world, in: scene, margin: -0.05).filter {
          scene.places[$0].local(world).z > 0.1
        }
        guard !holders.isEmpty else { continue }
        held += 1
        try #require(holders.contains(Int(label.instance) - 1))
        let actor = scene.street.actors[Int(label.instance) - 1]
        let own = actor.model.kind.semantic
        // Bags and prams stay what they are.
        let semantics = [actor.isMoving ? RawClass.moving(own) : own, RawClass.otherObject]
        #expect(semantics.contains(label.semantic))
        ground += label.semantic == RawClass.otherObject ? 1 : 0
      }
      #expect(held > 200 && ground < held / 10)
    }
  }

  @Test func boxesTakeTheGroundBelowThemAndNothingElse() throws {
    for number in 0..<4 {
      let scene = try SensingScene(number, Self.configuration(.surface))
      let surface = try scene.frame()
      let box = try SensingScene(number, Self.configuration(.box)).frame()
      #expect(surface.cloud == box.cloud)
      var taken = 0
      for (index, (before, after)) in zip(surface.labels, box.labels).enumerated()
      where before != after {
        #expect(before.instance == 0 && after.instance > 0)
        let world = scene.turn.middle.point(surface.point(index))
        let holders = holders(of: world, in: scene, margin: 0.12)
        try #require(holders.contains(Int(after.instance) - 1))
        taken += 1
      }
      #expect(taken > 0)
    }
  }

  @Test func whatReturnsFromAnActorLiesInItsBox() throws {
    for number in 0..<4 {
      let scene = try SensingScene(number, Self.configuration(.surface))
      let frame = try scene.frame()
      for (index, label) in frame.labels.enumerated() where label.instance > 0 {
        let world = scene.turn.middle.point(frame.point(index))
        let holders = holders(of: world, in: scene, margin: 0.1)
        try #require(holders.contains(Int(label.instance) - 1))
      }
    }
  }

  @Test(arguments: [false, true])
  func boxesCountThePointsOfTheirInstance(_ isDefault: Bool) throws {
    for number in 0..<4 {
      let configuration = isDefault ? SimulationConfiguration() : Self.configuration(.surface)
      let frame = try SensingScene(number, configuration).frame()
      let counts = Dictionary(grouping: frame.labels, by: \.instance).mapValues(\.count)
      #expect(frame.boxes.allSatisfy { $0.pointCount == counts[$0.instance] ?? 0 })
      #expect(Set(counts.keys).subtracting(frame.boxes.map(\.instance)) == [0])
    }
  }

  @Test func whatMovesHasTheIdsOfMovingThings() throws {
    var moving = 0
    for number in 0..<6 {
      let scene = try SensingScene(number, SimulationConfiguration())
      let frame = try scene.frame()
      try #require(scene.street.actors.count == frame.boxes.count)
      for (actor, box) in zip(scene.street.actors, frame.boxes) {
        #expect((252...259).contains(box.semantic) == actor.isMoving)
      }
      for label in frame.labels where label.instance > 0 {
        let isMoving = scene.street.actors[Int(label.instance) - 1].isMoving
        #expect(
          (252...259).contains(label.semantic) == isMoving
            || label.semantic == RawClass.otherObject)
        moving += isMoving ? 1 : 0
      }
      #expect(frame.labels.allSatisfy { $0.instance > 0 || $0.semantic < 252 })
    }
    #expect(moving > 500)
  }

  @Test func instancesKeepTheirNumbersFromFrameToFrame() throws {
    var configuration = SimulationConfiguration()
    configuration.frames = 4
    let sensor = try SensorCatalogue.bundled.named("vlp16")
    for number in 0..<3 {
      let frames = try SensingScene.frames(number, sensor: sensor, configuration)
      let scene = try SensingScene(number, sensor: "vlp16", configuration)
      try #require(frames.count == 4)
      for frame in frames {
        #expect(frame.boxes.map(\.instance) == frames[0].boxes.map(\.instance))
        #expect(frame.boxes.map(\.size) == frames[0].boxes.map(\.size))
        #expect(frame.boxes.map(\.semantic) == frames[0].boxes.map(\.semantic))
        for (actor, box) in zip(scene.street.actors, frame.boxes) where !actor.isMoving {
          let rest = actor.trajectory.placement(at: 0).origin
          #expect((frame.pose.world(box.bottom) - rest).length < 0.001)
        }
      }
      for (actor, boxes) in zip(
        scene.street.actors, zip(frames[0].boxes, frames[3].boxes)) where actor.isMoving
      {
        let way = (frames[3].pose.world(boxes.1.bottom) - frames[0].pose.world(boxes.0.bottom))
        let trajectory = actor.trajectory
        let speed =
          (trajectory.speed * trajectory.speed
          + trajectory.acrossSpeed * trajectory.acrossSpeed).squareRoot()
        // The sensor may face it up to a turn earlier or later.
        #expect((speed * 0.19...speed * 0.41).contains(way.length))
      }
    }
  }
}

extension SensorPose {
  /// A point of the sensor's frame, in the world.
  func world(_ point: Vector) -> Vector {
    origin + forward * point.x + left * point.y + up * point.z
  }
}
