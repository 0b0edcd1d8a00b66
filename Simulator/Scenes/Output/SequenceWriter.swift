import Foundation
import PointCloudIO
import PointClouds

/// Writes scenes in SemanticKITTI's layout, one scene a sequence.
///
/// `times.txt` is written last: a sequence that has it is whole.
public struct SequenceWriter: Sendable {
  private let folder: URL

  /// Writes to `sequences/` in a folder.
  public init(folder: String) {
    self.folder = URL(fileURLWithPath: folder).appending(path: "sequences")
  }

  /// Whether a scene is there as a whole.
  public func isComplete(scene: Int) -> Bool {
    FileManager.default.fileExists(atPath: sequence(scene).appending(path: "times.txt").path)
  }

  /// Scans a scene and writes its sequence.
  ///
  /// - Returns: what was written.
  /// - Throws: what scanning and writing throw.
  public func write(scene: Int, from scanner: SceneScanner) throws -> SimulationCount {
    let sequence = sequence(scene)
    for name in ["velodyne", "labels", "label_2"] {
      try FileManager.default.createDirectory(
        at: sequence.appending(path: name), withIntermediateDirectories: true)
    }
    var count = SimulationCount()
    var (poses, times): ([SensorPose], [Double]) = ([], [])
    try scanner.scan(scene: scene) { number, frame in
      try write(frame, to: sequence, named: String(format: "%06d", number))
      poses.append(frame.pose)
      times.append(frame.time)
      count.add(frame)
    }
    let first = poses.first ?? SensorPose()
    let poseLines = poses.map { KITTICamera.poseLine($0, relativeTo: first) + "\n" }
    try write(poseLines.joined(), to: sequence, named: "poses.txt")
    try write(KITTICamera.calibration, to: sequence, named: "calib.txt")
    let timeLines = times.map { String(format: "%.6e\n", $0) }
    try write(timeLines.joined(), to: sequence, named: "times.txt")
    return count
  }

  private func sequence(_ scene: Int) -> URL {
    folder.appending(path: String(format: "%02d", scene))
  }

  private func write(_ frame: SimulatedFrame, to sequence: URL, named name: String) throws {
    try ScanFile.write(
      Scan(cloud: frame.cloud),
      to: sequence.appending(path: "velodyne/\(name).bin").path, as: .kittiBin)
    try LabelFile.write(frame.labels, to: sequence.appending(path: "labels/\(name).label").path)
    let boxes = frame.boxes.filter { $0.pointCount > 0 }.map { $0.kittiLine + "\n" }
    try write(boxes.joined(), to: sequence, named: "label_2/\(name).txt")
  }

  private func write(_ text: String, to folder: URL, named name: String) throws {
    try AtomicFile.write(Array(text.utf8), to: folder.appending(path: name).path)
  }
}

/// How much was simulated.
public struct SimulationCount: Equatable, Sendable, Encodable {
  /// Scans.
  public var scans = 0
  /// Points of all scans.
  public var points = 0
  /// Points of the scan that has the fewest; nothing where there are no scans.
  public var fewestPoints: Int?

  /// Nothing yet.
  public init() {}

  mutating func add(_ frame: SimulatedFrame) {
    scans += 1
    points += frame.cloud.count
    fewestPoints = min(fewestPoints ?? .max, frame.cloud.count)
  }

  /// Adds what another worker has done.
  public mutating func add(_ other: Self) {
    scans += other.scans
    points += other.points
    if let fewest = other.fewestPoints { fewestPoints = min(fewestPoints ?? .max, fewest) }
  }
}
