import Sensors
import Testing

@testable import Simulator

/// Scans without a disk in between.
@Suite struct FrameStreamTests {
  private func stream(threads: Int, frames: Int = 2) throws -> FrameStream {
    var configuration = SimulationConfiguration()
    configuration.frames = frames
    return try FrameStream(
      configuration, sensor: SensorCatalogue.bundled.named("vlp16"), seed: 5, scenes: 3..<8,
      threadCount: threads, scenesAhead: 2)
  }

  @Test(arguments: [1, 3])
  func framesComeInTheOrderOfTheirScenes(threads: Int) throws {
    var configuration = SimulationConfiguration()
    configuration.frames = 2
    let scanner = try SceneScanner(
      configuration, sensor: SensorCatalogue.bundled.named("vlp16"), seed: 5)
    let stream = try stream(threads: threads)
    for scene in 3..<8 {
      try scanner.scan(scene: scene) { number, expected in
        let frame = try #require(try stream.next())
        #expect(frame.cloud == expected.cloud, "scene \(scene), frame \(number)")
        #expect(frame.labels == expected.labels && frame.time == expected.time)
      }
    }
    #expect(try stream.next() == nil)
    #expect(try stream.next() == nil)
  }

  @Test func aStreamMayBeLeftBeforeItsEnd() throws {
    for _ in 0..<20 {
      let stream = try stream(threads: 2, frames: 1)
      #expect(try stream.next() != nil)
    }
  }

  @Test func aRecipeThatCannotBeIsRefusedAtOnce() throws {
    #expect(throws: SimulatorError.self) { try stream(threads: 1, frames: 0) }
  }
}
