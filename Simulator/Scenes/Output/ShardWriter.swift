import Foundation
import PointCloudIO
import PointClouds
import RangeImages
public import Sensors

/// Writes scenes as range images, several to a file.
///
/// A shard is a NumPy array of shape [scans, rows, columns, 6], 32-bit floats: x, y, z and range in
/// metres, intensity, and SemanticKITTI's raw id, in the order x, y, z, intensity, range, id; all are
/// 0 where nothing returned. Rows are beams, columns go once around from azimuth 180 degrees to the
/// right, so that a front window is a slice of the columns. A shard is there as a whole or not at all.
public struct ShardWriter: Sendable {
  /// Scenes of a shard.
  public static let scenesPerShard = 16
  /// Most frames that a scene may have, so that a shard stays small enough for memory.
  public static let frameLimit = 4
  private static let channels = 6

  private let folder: URL
  private let geometry: ImageGeometry
  private let sensor: SensorTable
  private let sceneCount: Int

  /// Writes to `shards/` in a folder.
  ///
  /// - Parameters:
  ///   - folder: the folder of the simulation.
  ///   - sensor: what the scenes are scanned with.
  ///   - columns: columns of the images, all the way around.
  ///   - scenes: how many scenes there are.
  public init(folder: String, sensor: SensorTable, columns: Int, scenes: Int) {
    self.folder = URL(fileURLWithPath: folder).appending(path: "shards")
    self.sensor = sensor
    geometry = ImageGeometry(
      rows: sensor.beams.count, columns: columns, left: 180, right: -180, rowRule: .ring)
    sceneCount = scenes
  }

  /// How many shards the scenes make.
  public var count: Int { (sceneCount + Self.scenesPerShard - 1) / Self.scenesPerShard }

  /// Whether a shard is there.
  public func isComplete(shard: Int) -> Bool {
    FileManager.default.fileExists(atPath: path(of: shard))
  }

  /// Scans the scenes of a shard and writes it.
  ///
  /// - Returns: what was written.
  /// - Throws: what scanning, projecting and writing throw.
  public func write(shard: Int, from scanner: SceneScanner) throws -> SimulationCount {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var count = SimulationCount()
    var values: [Float] = []
    let first = shard * Self.scenesPerShard
    for scene in first..<min(first + Self.scenesPerShard, sceneCount) {
      try scanner.scan(scene: scene) { _, frame in
        try append(frame, to: &values)
        count.add(frame)
      }
    }
    try AtomicFile.write(
      NumpyArray.bytes(
        shape: [count.scans, geometry.rows, geometry.columns, Self.channels], values: values),
      to: path(of: shard))
    return count
  }

  private func append(_ frame: SimulatedFrame, to values: inout [Float]) throws {
    let image = try Projector.project(
      frame.cloud, labels: frame.labels, geometry: geometry, sensor: sensor
    ).image
    values.reserveCapacity(values.count + image.count * Self.channels)
    for cell in 0..<image.count {
      values.append(image.x[cell])
      values.append(image.y[cell])
      values.append(image.z[cell])
      values.append(image.intensity[cell])
      values.append(image.range[cell])
      values.append(Float(image.labels?[cell].semantic ?? 0))
    }
  }

  private func path(of shard: Int) -> String {
    folder.appending(path: String(format: "%06d.npy", shard)).path
  }
}
