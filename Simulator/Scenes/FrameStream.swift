import Foundation
public import Sensors

/// Simulated scans as they are needed, in the order of their scenes, without a disk in between.
///
/// Threads of its own make a few scenes ahead. How many there are changes nothing about the scans.
public final class FrameStream {
  private let shared: SharedScenes
  private var frames: ArraySlice<SimulatedFrame> = []

  /// A stream of the scans of some scenes.
  ///
  /// - Parameters:
  ///   - configuration: what is simulated.
  ///   - sensor: what it is scanned with.
  ///   - seed: other seeds give other streets.
  ///   - scenes: the numbers of the scenes.
  ///   - threadCount: threads that make scans, at least 1.
  ///   - scenesAhead: scenes that are made before they are asked for, at least 1; each takes about
  ///     4 MiB per frame.
  /// - Throws: `invalidConfiguration`; `unsuitableSensor`; `rayCaster`.
  public init(
    _ configuration: SimulationConfiguration, sensor: SensorTable, seed: UInt64,
    scenes: Range<Int>, threadCount: Int, scenesAhead: Int = 8
  ) throws(SimulatorError) {
    precondition(threadCount >= 1 && scenesAhead >= 1, "\(threadCount) threads, \(scenesAhead)")
    shared = SharedScenes(scenes, ahead: scenesAhead)
    for _ in 0..<min(threadCount, max(1, scenes.count)) {
      let scanner = try SceneScanner(configuration, sensor: sensor, seed: seed)
      let worker = SceneWorker(scanner: scanner, shared: shared)
      let thread = Thread { worker.run() }
      // The ray caster builds its tree by recursion.
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  deinit {
    shared.stop()
  }

  /// The next scan, or nothing after the last.
  ///
  /// - Throws: what scanning throws.
  public func next() throws -> SimulatedFrame? {
    while frames.isEmpty {
      guard let scene = try shared.takeScene() else { return nil }
      frames = scene[...]
    }
    return frames.removeFirst()
  }
}

/// A thread's part of a stream.
///
/// Unchecked: it is handed to its one thread and used by no other.
private struct SceneWorker: @unchecked Sendable {
  let scanner: SceneScanner
  let shared: SharedScenes

  func run() {
    while let scene = shared.nextToMake() {
      do {
        var frames: [SimulatedFrame] = []
        try scanner.scan(scene: scene) { _, frame in frames.append(frame) }
        shared.put(.success(frames), for: scene)
      } catch {
        shared.put(.failure(error), for: scene)
      }
    }
  }
}

/// The scenes that are made and not yet taken.
///
/// Unchecked: everything that changes is touched under the condition's lock only.
private final class SharedScenes: @unchecked Sendable {
  private let condition = NSCondition()
  private let ahead: Int
  private let end: Int
  private var toMake: Int
  private var toTake: Int
  private var made: [Int: Result<[SimulatedFrame], any Error>] = [:]
  private var isStopped = false

  init(_ scenes: Range<Int>, ahead: Int) {
    (toMake, toTake, end) = (scenes.lowerBound, scenes.lowerBound, scenes.upperBound)
    self.ahead = ahead
  }

  func stop() {
    condition.withLock {
      isStopped = true
      condition.broadcast()
    }
  }

  /// The scene that a thread shall make, once it is wanted; nothing when all are made.
  func nextToMake() -> Int? {
    condition.withLock {
      while !isStopped, toMake < end, toMake >= toTake + ahead { condition.wait() }
      guard !isStopped, toMake < end else { return nil }
      toMake += 1
      return toMake - 1
    }
  }

  func put(_ frames: Result<[SimulatedFrame], any Error>, for scene: Int) {
    condition.withLock {
      made[scene] = frames
      condition.broadcast()
    }
  }

  /// The frames of the next scene, once they are made; nothing after the last.
  func takeScene() throws -> [SimulatedFrame]? {
    let result: Result<[SimulatedFrame], any Error>? = condition.withLock {
      guard toTake < end else { return nil }
      while made[toTake] == nil { condition.wait() }
      toTake += 1
      condition.broadcast()
      return made.removeValue(forKey: toTake - 1)
    }
    return try result?.get()
  }
}
