import Export
import Foundation

/// A model that was exported as C, compiled here and compared with what its manifest says.
struct CCheck {
  let folder: URL
  let manifest: CManifest

  /// What came out.
  struct Finding: Encodable {
    var passed: Bool
    /// What is wrong, a sentence each.
    var faults: [String]
    var greatestDifference: Float?
    /// The share of the cells whose class is the golden one.
    var agreement: Double?
    var compiler: String
  }

  /// Reads the manifest of a folder.
  ///
  /// - Throws: where there is none, or none that `export` wrote.
  init(folder: URL) throws {
    self.folder = folder
    manifest = try CManifest(folder: folder)
  }

  /// Compiles the program, runs it on the golden scan, and compares the scores; files that have changed are
  /// not compiled.
  ///
  /// - Throws: where there is no compiler, or the program does not compile.
  func finding() throws -> Finding {
    let compiler = try Self.compiler()
    let changes = manifest.files.changes(in: folder)
    guard changes.isEmpty else {
      return Finding(passed: false, faults: changes, compiler: compiler)
    }
    let work = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: work) }
    let (program, scores) = (work.appending(path: "program"), work.appending(path: "scores"))
    let sources = manifest.files.map(\.name).filter { $0.hasSuffix(".c") }.map(path)
    try run(
      [compiler, "-std=c99", "-O2"] + Self.fusingFlags + sources + ["-lm", "-o", program.path])
    let inputs = manifest.inputs.map { path(CManifest.goldenFile(of: $0)) }
    try run([program.path] + inputs + [scores.path])
    return compared(
      try Self.floats(scores.path), try Self.floats(path(CManifest.goldenFile(of: "scores"))),
      compiler)
  }

  /// Lets products and sums be rounded once, as the engine rounds them on this processor: bytes that floats next to a
  /// half become would differ otherwise.
  private static var fusingFlags: [String] {
    #if arch(x86_64)
    ["-march=native", "-ffp-contract=fast"]
    #else
    ["-ffp-contract=fast"]
    #endif
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private func compared(_ found: [Float], _ wanted: [Float], _ compiler: String) -> Finding {
    let count = manifest.classes.count
    guard found.count == wanted.count, count > 0, found.allSatisfy(\.isFinite) else {
      return Finding(
        passed: false, faults: ["\(found.count) scores came out, or some that are no numbers"],
        compiler: compiler)
    }
    let difference = zip(found, wanted).map { abs($0 - $1) }.max() ?? 0
    func classes(_ scores: [Float]) -> [Int] {
      stride(from: 0, to: scores.count, by: count).map { start in
        (0..<count).max { scores[start + $0] < scores[start + $1] } ?? 0
      }
    }
    let pairs = zip(classes(found), classes(wanted))
    let same = pairs.filter { $0 == $1 }.count
    let agreement = Double(same) / Double(max(1, wanted.count / count))
    var faults: [String] = []
    if difference > manifest.tolerance {
      faults.append("scores differ by up to \(difference), more than \(manifest.tolerance)")
    }
    if agreement < manifest.agreement {
      faults.append(
        "\(100 * agreement) % of the classes agree, less than \(100 * manifest.agreement) %")
    }
    return Finding(
      passed: faults.isEmpty, faults: faults, greatestDifference: difference, agreement: agreement,
      compiler: compiler)
  }

  private static func floats(_ path: String) throws -> [Float] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return data.withUnsafeBytes { bytes in
      (0..<bytes.count / 4).map { bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
    }
  }

  private static func compiler() throws -> String {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    for name in ["cc", "gcc", "clang"] {
      let paths = folders.map { "\($0)/\(name)" }
      if let path = paths.first(where: FileManager.default.isExecutableFile) { return path }
    }
    throw ErrorReport(
      status: .unreadable, message: "there is no C compiler to check the program with",
      remedy: "apt-get install gcc")
  }

  private func run(_ command: [String]) throws {
    let run = try ProgramRun(command)
    guard run.status == 0 else {
      throw ErrorReport(
        status: .checkFailed,
        message: "\(command[0]) ended with \(run.status): "
          + (run.complaints.first ?? "nothing was said"),
        remedy: "report this with the model and the compiler's version", path: folder.path)
    }
  }
}
