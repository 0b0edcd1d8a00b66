import Export
import Foundation

/// An exported folder, compared with what its manifest says.
struct ExportCheck {
  let folder: URL
  let manifest: ExportManifest

  /// Reads the manifest of a folder.
  ///
  /// - Throws: where there is none, or none that `export` wrote.
  init(folder: URL) throws {
    self.folder = folder
    manifest = try ExportManifest(folder: folder)
  }

  /// What ONNX Runtime makes of the file; files that have changed are not run.
  ///
  /// - Throws: where Python or one of its modules is missing.
  func finding() throws -> ONNXVerification.Finding {
    let changes = manifest.changes(in: folder)
    guard changes.isEmpty else {
      return ONNXVerification.Finding(changes: changes)
    }
    let run = try ProgramRun(["python3", "-c", ONNXVerification.script, folder.path, "--json"])
    if run.isMissing { throw Self.unavailable("python3 is not installed") }
    let complaint = run.complaints.last ?? "nothing was said"
    if run.status == ONNXVerification.missingModuleStatus {
      throw Self.unavailable(complaint)
    }
    guard
      let finding = try? JSONDecoder().decode(ONNXVerification.Finding.self, from: run.output)
    else {
      throw ErrorReport(
        status: .checkFailed,
        message: "the check itself ended with \(run.status): \(complaint)",
        remedy: "run it by hand: python3 \(folder.path)/\(ONNXFolder.scriptName)",
        path: folder.appending(path: manifest.file).path)
    }
    return finding
  }

  /// Says what is missing of Python.
  static func unavailable(_ message: String) -> ErrorReport {
    ErrorReport(
      status: .unreadable, message: "the exported file cannot be run here: \(message)",
      remedy: "python3 -m pip install numpy onnxruntime, in an environment that is active")
  }
}
