import Execution
import Foundation
import JSONTexts
import Kernels

/// The kernels that were measured to be the fastest on this machine, kept beside other cached data.
struct TunedKernels {
  /// Selections by the processor's name.
  private var selections: [String: KernelSelection]

  /// `$XDG_CACHE_HOME/lidarseg/kernels.json`, in `~/.cache` where that is not set.
  static var path: String {
    let environment = ProcessInfo.processInfo.environment
    let cache =
      environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      ?? FileManager.default.homeDirectoryForCurrentUser.path + "/.cache"
    return "\(cache)/lidarseg/kernels.json"
  }

  /// What has been remembered; nothing where there is no file.
  ///
  /// - Throws: where the file is not what `bench inference --tune` writes.
  init() throws {
    guard FileManager.default.fileExists(atPath: Self.path) else {
      selections = [:]
      return
    }
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: Self.path))
      selections = try JSONText.decode([String: KernelSelection].self, from: data)
    } catch {
      throw ErrorReport(
        status: .unreadable, message: "\(Self.path) does not hold measured kernels: \(error)",
        remedy: "remove it, and run lidarseg bench inference --tune")
    }
  }

  /// What was measured on this processor.
  ///
  /// - Throws: where nothing was.
  func selection() throws -> KernelSelection {
    guard let selection = selections[Machine.processorName] else {
      throw ErrorReport(
        status: .usage,
        message: "no kernels have been measured on this processor (\(Machine.processorName))",
        remedy: "run lidarseg bench inference --tune, with the model and threads that are used")
    }
    return selection
  }

  /// Adds what was measured, and writes the file.
  mutating func remember(_ timings: [KernelTiming]) throws {
    var selection = selections[Machine.processorName] ?? .shipped
    for timing in timings {
      guard let best = timing.best, let shipped = timing.candidates.first?.variant else { continue }
      selection.variants[timing.key] = best == shipped ? nil : best
    }
    selections[Machine.processorName] = selection
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    let folder = URL(fileURLWithPath: Self.path).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try encoder.encode(selections).write(
      to: URL(fileURLWithPath: Self.path), options: .atomic)
  }
}
