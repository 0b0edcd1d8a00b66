import Foundation
import PointCloudIO

/// The folder of one training run, held by the process that writes to it.
package final class RunFolder: Sendable {
  /// The folder's path.
  package let path: String
  /// Whether a training wrote here before.
  package let isResumed: Bool
  private let lock: FolderLock

  /// Makes the folder of a new run ready, or takes up that of an earlier one.
  ///
  /// - Parameters:
  ///   - path: the folder, which may not exist yet.
  ///   - resuming: whether it may hold a run; a new one is begun where it does not.
  ///   - recipe: the resolved recipe, which `recipe.yaml` holds.
  ///   - machine: what `machine.json` says of where the run was last started.
  /// - Throws: `.mismatched` where the folder holds something else, a run that is not to be
  ///   resumed, one of another recipe, or one that is being trained; errors of writing.
  package init(
    path: String, resuming: Bool, recipe: String, machine: some Encodable
  ) throws {
    self.path = path
    let content = try Self.content(of: path)
    isResumed = content.contains(Self.checkpoints)
    try Self.checkReuse(of: content, resuming: resuming, path: path)
    lock = try FolderLock(training: path)
    // Only the holder of the lock writes here, so these are from processes that were killed.
    for folder in [path, checkpoints.folder] { Self.removeUnfinishedFiles(in: folder) }
    for folder in [checkpoints.folder, eventsFolder] { try Self.make(folder) }
    if let stored = try? String(contentsOfFile: recipePath, encoding: .utf8) {
      try RecipeText.check(recipe, against: stored, path: recipePath)
    } else {
      try TrainingError.located { try AtomicFile.write(Array(recipe.utf8), to: recipePath) }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let text = try encoder.encode(machine) + Data("\n".utf8)
    try TrainingError.located { try AtomicFile.write([UInt8](text), to: machinePath) }
  }

  /// The run's checkpoints.
  package var checkpoints: CheckpointStore { CheckpointStore(folder: file(Self.checkpoints)) }
  /// The resolved recipe.
  package var recipePath: String { file("recipe.yaml") }
  /// Where the run was last started.
  package var machinePath: String { file("machine.json") }
  /// What was measured, a line for each time.
  package var metricsPath: String { file("metrics.jsonl") }
  /// The learning curves.
  package var curvesPath: String { file("curves.png") }
  /// The model with the best validation score.
  package var bestPath: String { file("best.safetensors") }
  /// The model after the last step.
  package var finalPath: String { file("final.safetensors") }
  /// Event files for TensorBoard.
  package var eventsFolder: String { file("events") }

  // The first thing made in the folder of a run, and the sign by which one is known.
  private static let checkpoints = "checkpoints"

  private func file(_ name: String) -> String {
    URL(fileURLWithPath: path).appending(path: name).path
  }

  /// Names of what is in the folder, which is made where it is missing.
  private static func content(of path: String) throws(TrainingError) -> [String] {
    try make(path)
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: path)
      return names.filter { $0 != FolderLock.trainingName && !isUnfinished($0) }
    } catch {
      throw TrainingError(
        .unreadable, "the folder cannot be listed", remedy: "check the path and its permissions",
        path: path)
    }
  }

  private static func checkReuse(
    of content: [String], resuming: Bool, path: String
  ) throws(TrainingError) {
    if content.isEmpty || resuming && content.contains(checkpoints) { return }
    guard content.contains(checkpoints) else {
      throw TrainingError(
        .mismatched, "the folder holds something else than a training run",
        remedy: "give an empty folder, or the folder of a run and --resume auto", path: path)
    }
    throw TrainingError(
      .mismatched, "the folder holds a training run already",
      remedy: "go on with it by --resume auto, or give another folder", path: path)
  }

  private static func make(_ folder: String) throws(TrainingError) {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw TrainingError(
        .unwritable, "the folder cannot be made: \(error.localizedDescription)",
        remedy: "name a folder that you may write to, on a disk with room", path: folder)
    }
  }

  private static func removeUnfinishedFiles(in folder: String) {
    // What cannot be removed does no harm; a folder that cannot be written to shows soon enough.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where isUnfinished(name) {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }

  /// Whether `AtomicFile` left this when its process was killed.
  private static func isUnfinished(_ name: String) -> Bool {
    name.hasPrefix(".") && name.hasSuffix(".partial")
  }
}
