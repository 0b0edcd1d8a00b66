import ArgumentParser
import Exchange
import Export
import Foundation

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a model for other programs to run.",
    discussion: """
      Writes OUT/NAME.onnx: opset 13, one image [1, C, H, W] to scores [1, classes, H, W], weights \
      and normalisations inside. Beside it lie a golden scan with the scores that must come out, a script \
      that compares (verify.py), and export.json, which says what everything is. --verify runs ONNX \
      Runtime and ends with 6 where its scores differ; --verify-only does so with a folder that was \
      exported before, and notices files that have changed since. Both need python3 with numpy and \
      onnxruntime.

      With --to c, NAME.c, .h and _weights.c: C99 without a heap and without a library, whose memory is planned \
      and whose size is printed; NAME_main.c tries it, golden scan and export-c.json lie beside it, and --verify \
      compiles and runs it.

      Example: lidarseg export front-small --to onnx --out exported --verify
      """)

  @Argument(help: "A bundled model's name, or a .safetensors file.", completion: .file())
  var model: String?

  @Option(help: "What to write, comma-separated: \(ExportTarget.list).")
  var to = ExportTarget.onnx.rawValue

  @Option(help: "The folder to write to.", completion: .directory)
  var out = "exported"

  @Flag(help: "Run what was written, and compare.")
  var verify = false

  @Option(help: "Only compare, in this folder that was exported before.", completion: .directory)
  var verifyOnly: String?

  @Flag(help: "Let the file give probabilities, too.")
  var withSoftmax = false

  @Flag(help: "Let the file give the most probable class of each cell, too.")
  var withArgmax = false

  @Flag(help: "Let the file take x, y, z, intensity, range and mask as they were measured.")
  var withNormalisation = false

  @OptionGroup var verb: VerbOptions

  func validate() throws {
    guard (model == nil) != (verifyOnly == nil) else {
      throw ValidationError("name a model, or a folder with --verify-only")
    }
    let adds = withSoftmax || withArgmax || withNormalisation
    guard verifyOnly == nil || !(verify || adds) else {
      throw ValidationError("--verify-only takes no other option of what to write")
    }
    let targets = try ExportTarget.parse(to)
    guard !adds || !targets.contains(.c) else {
      throw ValidationError(
        "--with-softmax, --with-argmax and --with-normalisation are for --to onnx alone")
    }
  }

  /// What was written and found.
  struct Report: Encodable {
    var folder: String
    var onnx: ONNXReport?
    var c: CReport?
  }

  /// What was written of a model as ONNX, and found.
  struct ONNXReport: Encodable {
    var exported: ExportManifest
    var nodes: Int?
    var verification: ONNXVerification.Finding?
  }

  /// What was written of a model as C, and found.
  struct CReport: Encodable {
    var exported: CManifest
    var verification: CCheck.Finding?
  }

  func run() throws {
    if let verifyOnly {
      try finish(try checked(URL(fileURLWithPath: verifyOnly)), isNew: false)
    } else if let model {
      var options = ModelOptions()
      options.model = model
      try finish(try exported(try options.loadModel()), isNew: true)
    }
  }

  /// Checks everything that a folder holds.
  ///
  /// - Throws: where it holds no export, or one that cannot be checked here.
  private func checked(_ folder: URL) throws -> Report {
    func holds(_ name: String) -> Bool {
      FileManager.default.fileExists(atPath: folder.appending(path: name).path)
    }
    var report = Report(folder: folder.path)
    if holds(CManifest.fileName) {
      let check = try CCheck(folder: folder)
      report.c = CReport(exported: check.manifest, verification: try check.finding())
    }
    if report.c == nil || holds(ExportManifest.fileName) {
      let check = try ExportCheck(folder: folder)
      report.onnx = ONNXReport(exported: check.manifest, verification: try check.finding())
    }
    return report
  }

  /// Writes a model in each form that is wanted, and checks it where that is wanted.
  private func exported(_ model: Model) throws -> Report {
    let targets = try ExportTarget.parse(to)
    let folder = URL(fileURLWithPath: out)
    try refuseAnotherModel(than: model.description, in: folder)
    let options = ONNXOptions(
      softmax: withSoftmax, argmax: withArgmax, normalisation: withNormalisation)
    // Nothing is written of a model that cannot be said in each of the forms.
    let onnx =
      targets.contains(.onnx)
      ? try ONNXFolder(
        model, options: options, version: Lidarseg.version, threadCount: verb.threadCount) : nil
    let c =
      targets.contains(.c)
      ? try CFolder(model, version: Lidarseg.version, threadCount: verb.threadCount) : nil
    try OutputFolder.make(folder)
    try onnx?.write(to: folder)
    try c?.write(to: folder)
    return Report(
      folder: out, onnx: try onnx.map { try report($0, in: folder) },
      c: try c.map { try report($0, in: folder) })
  }

  /// Refuses a folder that holds another model: both would lie in it, and be taken for one.
  private func refuseAnotherModel(than model: ModelDescription, in folder: URL) throws {
    func name(_ model: String, _ isQuantized: Bool) -> String {
      isQuantized ? "\(model) in bytes" : model
    }
    let held = [
      (try? ExportManifest(folder: folder)).map { name($0.model, $0.isQuantized) },
      (try? CManifest(folder: folder)).map { name($0.model, $0.isQuantized) },
    ].compactMap(\.self)
    let own = name(model.name, model.isQuantized)
    guard let other = held.first(where: { $0 != own }) else { return }
    throw ErrorReport(
      status: .mismatch, message: "the folder holds the model \(other), not \(own)",
      remedy: "name another folder by --out, or empty this one", path: folder.path,
      isAboutOutput: true)
  }

  private func report(_ exported: ONNXFolder, in folder: URL) throws -> ONNXReport {
    ONNXReport(
      exported: exported.manifest, nodes: exported.nodeCount,
      verification: verify ? try ExportCheck(folder: folder).finding() : nil)
  }

  private func report(_ exported: CFolder, in folder: URL) throws -> CReport {
    CReport(
      exported: exported.manifest,
      verification: verify ? try CCheck(folder: folder).finding() : nil)
  }

  /// Says what was done.
  ///
  /// - Throws: with what differs, where anything does.
  private func finish(_ report: Report, isNew: Bool) throws {
    if verb.json {
      try verb.console.data(json: report)
    } else {
      for line in report.lines(isNew: isNew) { verb.console.talk(line) }
    }
    let (onnx, c) = (report.onnx?.verification, report.c?.verification)
    guard onnx?.passed == false || c?.passed == false else { return }
    let faults = (onnx?.faults ?? []) + (c?.faults ?? [])
    throw ErrorReport(
      status: .checkFailed, message: faults.joined(separator: "; "),
      remedy: "export the model again, and report what stays", path: report.folder)
  }
}

extension ExportCommand.Report {
  fileprivate func lines(isNew: Bool) -> [String] {
    (onnx?.lines(in: folder) ?? []) + (c?.lines(in: folder, isNew: isNew) ?? [])
  }
}

extension ExportCommand.ONNXReport {
  fileprivate func lines(in folder: String) -> [String] {
    let ports = { (ports: [ExportManifest.Port]) in
      ports.map { "\($0.name) \($0.shape)" }.joined(separator: ", ")
    }
    let written = nodes.map { nodes in
      let size = exported.files.first { $0.name == exported.file }?.bytes ?? 0
      return
        "\(folder)/\(exported.file): \(nodes) nodes, \(size) bytes, opset \(exported.operatorSet);"
        + " \(ports(exported.inputs)) to \(ports(exported.outputs))"
    }
    let found = verification.flatMap {
      scoreLine("\(exported.file) by \($0.runtime)", $0.greatestDifference, $0.agreement)
    }
    return [written, found].compactMap(\.self)
  }
}

extension ExportCommand.CReport {
  fileprivate func lines(in folder: String, isNew: Bool) -> [String] {
    let written =
      "\(folder)/\(exported.program).c: arena \(exported.arenaBytes) bytes, weights "
      + "\(exported.weightBytes) bytes"
    let found = verification.flatMap {
      scoreLine(
        "\(exported.program).c by \($0.compiler)", $0.greatestDifference.map(Double.init),
        $0.agreement)
    }
    return (isNew ? [written] : []) + [found].compactMap(\.self)
  }
}

/// How far scores are off; nothing where none came out.
private func scoreLine(_ what: String, _ difference: Double?, _ agreement: Double?) -> String? {
  guard let difference, let agreement else { return nil }
  return "\(what): scores differ by up to "
    + String(format: "%.3g, %.6g %% of the classes agree", difference, 100 * agreement)
}
