import Foundation
import PointCloudIO

/// The folder that a simulation writes to.
public struct SimulationFolder: Sendable {
  /// What happens where the folder holds something.
  public enum Reuse: Sendable {
    /// It is refused.
    case refused
    /// What is missing is added, if it was begun with the same recipe.
    case resumed
    /// What an earlier simulation wrote is removed.
    case overwritten
  }

  /// The folder's path.
  public let path: String

  /// A folder that may not exist yet.
  public init(path: String) {
    self.path = path
  }

  private var url: URL { URL(fileURLWithPath: path) }
  private var recordPath: String { url.appending(path: "simulation.yaml").path }

  /// Makes the folder ready, and writes down what is simulated.
  ///
  /// - Parameters:
  ///   - record: the sensor, the seed and the recipe as text; `simulation.yaml` will hold it.
  ///   - reuse: what happens where the folder holds something.
  ///   - job: the name of the processes that share the work, where they are several.
  /// - Throws: `unusableFolder`; errors of writing.
  public func prepare(record: String, reuse: Reuse, job: String? = nil) throws {
    let content: [String]
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      content = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw SimulatorError(
        .unusableFolder, "the folder cannot be used: \(error.localizedDescription)",
        remedy: "give a folder that can be written to", path: path)
    }
    if !content.isEmpty { try reuseContent(reuse, record: record) }
    try AtomicFile.write(Array((Self.jobLine(job) + record).utf8), to: recordPath)
  }

  /// Waits until the first of several processes has made the folder ready.
  ///
  /// - Throws: `unusableFolder` after a minute.
  public func awaitPreparation(job: String) throws(SimulatorError) {
    for _ in 0..<600 {
      let text = try? String(contentsOfFile: recordPath, encoding: .utf8)
      if text?.hasPrefix(Self.jobLine(job)) == true { return }
      usleep(100_000)
    }
    throw SimulatorError(
      .unusableFolder, "the first process has not made the folder ready within a minute",
      remedy: "check that all processes see the same folder", path: path)
  }

  private static func jobLine(_ job: String?) -> String {
    job.map { "# written by job \($0)\n" } ?? ""
  }

  private func reuseContent(_ reuse: Reuse, record: String) throws {
    let written = try? String(contentsOfFile: recordPath, encoding: .utf8)
    guard reuse != .refused else {
      throw SimulatorError(
        .unusableFolder, "the folder is not empty",
        remedy: written == nil
          ? "give an empty folder" : "give another one, or --resume or --overwrite", path: path)
    }
    guard let written else {
      throw SimulatorError(
        .unusableFolder, "the folder holds something else than a simulation",
        remedy: "give an empty folder, or the one of an earlier simulation", path: path)
    }
    if reuse == .overwritten {
      return try remove()
    }
    let lines = written.split(separator: "\n").drop { $0.hasPrefix("#") }
    guard lines.elementsEqual(record.split(separator: "\n")) else {
      let changed = zip(lines, record.split(separator: "\n")).first { $0 != $1 }
      throw SimulatorError(
        .unusableFolder,
        "the folder was begun with another recipe"
          + (changed.map { ": it says \"\($0)\", not \"\($1)\"" } ?? ""),
        remedy: "give the same sensor, seed and recipe, or --overwrite", path: recordPath)
    }
  }

  private func remove() throws {
    // The record goes last: should this be interrupted, the folder is still known as a simulation's.
    for name in ["sequences", "shards", "simulation.yaml"] {
      let item = url.appending(path: name)
      guard FileManager.default.fileExists(atPath: item.path) else { continue }
      try FileManager.default.removeItem(at: item)
    }
  }
}
