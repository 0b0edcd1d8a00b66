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
    guard verifyOnly == nil || !(verify || withSoftmax || withArgmax || withNormalisation) else {
      throw ValidationError("--verify-only takes no other option of what to write")
    }
    _ = try ExportTarget.parse(to)
  }

  /// What was written and found.
  struct Report: Encodable {
    var folder: String
    var exported: ExportManifest
    var nodes: Int?
    var verification: ONNXVerification.Finding?
  }

  func run() throws {
    if let verifyOnly {
      let folder = URL(fileURLWithPath: verifyOnly)
      let holdsC = FileManager.default.fileExists(
        atPath: folder.appending(path: CManifest.fileName).path)
      if holdsC { try finishC(try CCheck(folder: folder).manifest, in: folder, isNew: false) }
      let holdsONNX = FileManager.default.fileExists(
        atPath: folder.appending(path: ExportManifest.fileName).path)
      guard holdsONNX || !holdsC else { return }
      let check = try ExportCheck(folder: folder)
      try finish(Report(folder: verifyOnly, exported: check.manifest), check)
    } else if let model {
      var options = ModelOptions()
      options.model = model
      let loaded = try options.loadModel()
      for target in try ExportTarget.parse(to) {
        switch target {
        case .onnx: try exportONNX(loaded)
        case .c: try exportC(loaded)
        }
      }
    }
  }

  private func exportONNX(_ model: Model) throws {
    let options = ONNXOptions(
      softmax: withSoftmax, argmax: withArgmax, normalisation: withNormalisation)
    // Nothing is written of a model that cannot be said in ONNX.
    let exported = try ONNXFolder(
      model, options: options, version: Lidarseg.version, threadCount: verb.threadCount)
    let folder = URL(fileURLWithPath: out)
    try OutputFolder.make(folder)
    try exported.write(to: folder)
    let report = Report(folder: out, exported: exported.manifest, nodes: exported.nodeCount)
    try finish(report, verify ? try ExportCheck(folder: folder) : nil)
  }

  /// What was written of a model as C, and found.
  struct CReport: Encodable {
    var folder: String
    var exported: CManifest
    var verification: CCheck.Finding?
  }

  private func exportC(_ model: Model) throws {
    let exported = try CFolder(
      model, version: Lidarseg.version, threadCount: verb.threadCount)
    let folder = URL(fileURLWithPath: out)
    try OutputFolder.make(folder)
    try exported.write(to: folder)
    try finishC(exported.manifest, in: folder, isNew: true)
  }

  private func finishC(_ manifest: CManifest, in folder: URL, isNew: Bool) throws {
    var report = CReport(folder: folder.path, exported: manifest)
    if verify || !isNew { report.verification = try CCheck(folder: folder).finding() }
    if verb.json {
      try verb.console.data(json: report)
    } else {
      if isNew {
        verb.console.talk(
          "\(folder.path)/\(manifest.program).c: arena \(manifest.arenaBytes) bytes, weights "
            + "\(manifest.weightBytes) bytes")
      }
      if let finding = report.verification, let difference = finding.greatestDifference,
        let agreement = finding.agreement
      {
        verb.console.talk(
          "\(manifest.program).c by \(finding.compiler): scores differ by up to "
            + String(format: "%.3g, %.6g %% of the classes agree", difference, 100 * agreement))
      }
    }
    guard let finding = report.verification, !finding.passed else { return }
    throw ErrorReport(
      status: .checkFailed, message: finding.faults.joined(separator: "; "),
      remedy: "export the model again, and report what stays", path: folder.path)
  }

  /// Checks a folder if there is something to check it by, and says what was done.
  private func finish(_ report: Report, _ check: ExportCheck?) throws {
    var report = report
    report.verification = try check?.finding()
    if verb.json {
      try verb.console.data(json: report)
    } else {
      for line in report.lines { verb.console.talk(line) }
    }
    guard let finding = report.verification, !finding.passed else { return }
    throw ErrorReport(
      status: .checkFailed, message: finding.faults.joined(separator: "; "),
      remedy: "export the model again, and report what stays", path: report.folder)
  }
}

extension ExportCommand.Report {
  fileprivate var lines: [String] {
    let ports = { (ports: [ExportManifest.Port]) in
      ports.map { "\($0.name) \($0.shape)" }.joined(separator: ", ")
    }
    var lines: [String] = []
    if let nodes {
      let size = exported.files.first { $0.name == exported.file }?.bytes ?? 0
      lines.append(
        "\(folder)/\(exported.file): \(nodes) nodes, \(size) bytes, opset \(exported.operatorSet);"
          + " \(ports(exported.inputs)) to \(ports(exported.outputs))")
    }
    if let verification, let difference = verification.greatestDifference,
      let agreement = verification.agreement
    {
      lines.append(
        "\(exported.file) by \(verification.runtime): scores differ by up to "
          + String(format: "%.3g", difference)
          + String(format: ", %.6g %% of the classes agree", 100 * agreement))
    }
    return lines
  }
}
