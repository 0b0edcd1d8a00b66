import Foundation
import PointCloudIO
import TestSupport

/// Small images to train a small network on, and what training it is called with.
struct TrainFiles {
  let folder: TemporaryFolder

  /// Two shards of whole sweeps, 8 x 128: ground, and a car that stands somewhere on it.
  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "shards"), withIntermediateDirectories: true)
    for shard in 0..<2 {
      let values = (0..<3).flatMap { Self.sweep(3 * shard + $0) }
      _ = try folder.write(
        NumpyArray.bytes(shape: [3, 8, 128, 6], values: values),
        to: String(format: "shards/%06d.npy", shard))
    }
  }

  private static func sweep(_ number: Int) -> [Float] {
    (0..<8 * 128).flatMap { cell -> [Float] in
      let (row, column) = (cell / 128, cell % 128)
      let isCar = (2..<6).contains(row) && (column + 17 * number) % 32 < 7
      if (cell * 7 + number) % 11 == 0 { return [0, 0, 0, 0, 0, 0] }
      // Uneven, because channels that hardly vary make rounding large where they are normalised.
      let noise = Float((cell * 7919 + number * 104_729) % 1009) / 1009
      let range: Float = (isCar ? 8 : 30 - 2 * Float(row)) * (1 + 0.2 * noise)
      let azimuth = Float.pi * (1 - 2 * (Float(column) + 0.5) / 128)
      let z: Float = (isCar ? -0.5 : -1.7) + 0.3 * noise
      return [
        range * cos(azimuth), range * sin(azimuth), z, (isCar ? 0.6 : 0.2) + 0.3 * noise, range,
        isCar ? 10 : 40,
      ]
    }
  }

  func path(_ name: String) -> String { folder.path(name) }

  /// The arguments of a run of a few dozen quick steps.
  func arguments(_ out: String, _ more: [String] = []) -> [String] {
    [
      "train", "--out", path(out), "--data", path("shards"), "--threads", "2", "--quiet",
      "--set", "network.width=0.1", "--set", "image.rows=8", "--set", "image.columns=32",
      "--set", "batch=4", "--set", "steps=60", "--set", "checkpointSteps=7",
      "--set", "metricsSteps=5", "--set", "averageDecay=0.9", "--set", "schedule.rate=0.01",
      "--set", "augmentation.pointDrop.probability=0.5", "--set", "loss.lovasz=0.5",
    ] + more
  }

  /// Trains and gives how it ended.
  func train(_ out: String, _ more: String...) throws -> Program.Outcome {
    try Program.start(arguments(out, more)).outcome(timeout: 120)
  }

  /// The bytes of a run's weights: its last checkpoint, its model, and its best model.
  func weights(_ out: String) throws -> [Data] {
    try ["checkpoints/latest", "final.safetensors", "best.safetensors"].map {
      try Data(contentsOf: folder.url.appending(path: "\(out)/\($0)"))
    }
  }

  /// The steps of a run's metrics, with their losses.
  func losses(_ out: String) throws -> [Int: Double] {
    let text = try String(
      contentsOf: folder.url.appending(path: "\(out)/metrics.jsonl"), encoding: .utf8)
    var losses: [Int: Double] = [:]
    for line in text.split(separator: "\n") {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      if let step = object?["step"] as? Int { losses[step] = object?["loss"] as? Double }
    }
    return losses
  }
}
