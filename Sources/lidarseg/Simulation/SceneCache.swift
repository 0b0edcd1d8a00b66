#if Simulator
import Foundation
import Sensors
import Simulator

/// The frames of the scenes that were asked for last, each made once however many threads ask.
///
/// Unchecked: everything that changes is touched under the condition's lock only, and a scanner is
/// in the hands of the one thread that took it.
final class SceneCache: @unchecked Sendable {
  private enum Entry {
    case making
    case made([SimulatedFrame])
  }

  private let configuration: SimulationConfiguration
  private let sensor: SensorTable
  private let seed: UInt64
  private let capacity: Int
  private let condition = NSCondition()
  private var entries: [Int: Entry] = [:]
  private var kept: [Int] = []
  private var scanners: [SceneScanner]

  /// A cache that keeps so many scenes; none where no frame is asked for twice.
  init(
    _ configuration: SimulationConfiguration, sensor: SensorTable, seed: UInt64, capacity: Int
  ) throws(SimulatorError) {
    self.configuration = configuration
    self.sensor = sensor
    self.seed = seed
    self.capacity = capacity
    scanners = [try SceneScanner(configuration, sensor: sensor, seed: seed)]
  }

  /// The frames of a scene; waits where another thread is making them.
  ///
  /// - Throws: what scanning throws.
  func frames(ofScene scene: Int) throws -> [SimulatedFrame] {
    if let frames = waited(forScene: scene) { return frames }
    do {
      let scanner = try takeScanner()
      var frames: [SimulatedFrame] = []
      try scanner.scan(scene: scene) { _, frame in frames.append(frame) }
      finish(scene, frames, scanner)
      return frames
    } catch {
      // Another thread that waits tries for itself.
      condition.withLock {
        entries[scene] = nil
        condition.broadcast()
      }
      throw error
    }
  }

  /// The scene's frames, or nothing where the caller has to make them.
  private func waited(forScene scene: Int) -> [SimulatedFrame]? {
    condition.withLock {
      while true {
        switch entries[scene] {
        case .made(let frames): return frames
        case .making: condition.wait()
        case nil:
          if capacity > 0 { entries[scene] = .making }
          return nil
        }
      }
    }
  }

  private func takeScanner() throws(SimulatorError) -> SceneScanner {
    if let scanner = condition.withLock({ scanners.popLast() }) { return scanner }
    return try SceneScanner(configuration, sensor: sensor, seed: seed)
  }

  private func finish(_ scene: Int, _ frames: [SimulatedFrame], _ scanner: SceneScanner) {
    condition.withLock {
      scanners.append(scanner)
      guard capacity > 0 else { return }
      entries[scene] = .made(frames)
      kept.append(scene)
      if kept.count > capacity { entries[kept.removeFirst()] = nil }
      condition.broadcast()
    }
  }
}
#endif
