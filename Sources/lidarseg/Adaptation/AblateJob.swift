import Adaptation
import ArgumentParser
import Evaluation
import Exchange
import Foundation
import JSONTexts
import Pictures
import PointCloudIO
import Training

/// Makes and measures the rows of an ablation.
struct AblateJob {
  let configuration: AblationConfiguration
  let target: String
  let drives: String
  let labelled: String?
  let out: String
  let verb: VerbOptions

  /// Trains and measures what is not there yet: all rows with their first seed, then with the next.
  func makeRows(until end: Date?) throws {
    let most = configuration.rows.map { $0.seeds ?? 1 }.max() ?? 1
    for seed in 1...most {
      for row in configuration.rows where seed <= row.seeds ?? 1 {
        if let end, Date() > end { return verb.console.warn("the time is over") }
        let mark = row.isMeasured == false ? model(of: row, seed) : evaluation(row, seed)
        guard !exists(mark) else { continue }
        verb.console.talk("\(row.name), seed \(seed)")
        try make(row, seed)
        if row.isMeasured != false { try measure(row, seed) }
      }
    }
  }

  /// What is there of each row.
  func results() throws -> [AblationResult] {
    try configuration.rows.filter { $0.isMeasured != false }.map { row in
      let seeds = row.seeds ?? 1
      let done = try (1...seeds).filter { exists(evaluation(row, $0)) }.map { seed in
        try scores(at: evaluation(row, seed), seed: seed)
      }
      return AblationResult(name: row.name, seeds: seeds, scores: done)
    }
  }

  /// Writes the table and its curves beside the rows.
  ///
  /// - Returns: the table, in Markdown.
  func write(_ results: [AblationResult]) throws -> String {
    let table = results.table(of: "car", others: ["person", "cyclist"])
    try OutputFolder.make(URL(fileURLWithPath: out))
    try AtomicFile.write([UInt8]((table + "\n").utf8), to: path("table.md"))
    for name in AblationCurves.names(of: configuration.rows) {
      let picture = AblationCurves.picture(
        over: name, rows: configuration.rows, results: results, label: "car")
      try picture?.write(to: path(name.replacing(" ", with: "-") + ".png"))
    }
    return table
  }

  private func scores(at path: String, seed: Int) throws -> AblationResult.Scores {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    let result: EvaluationResult
    do {
      result = try JSONText.decode(EvaluationResult.self, from: data)
    } catch {
      throw TrainingError(
        .damaged, "the evaluation cannot be decoded: \(error)",
        remedy: "remove it, and measure anew",
        path: path)
    }
    guard let front = result.protocols[EvaluationProtocol.kittiFront.rawValue] else {
      throw TrainingError(
        .damaged, "the evaluation holds no protocol kitti-front", remedy: "remove it",
        path: path)
    }
    let plain = front.settings?.first { $0.usesCRF != false && !$0.usesObjects && $0.usesVote }
    return AblationResult.Scores(
      seed: seed, iou: front.points.iou.compactMapValues(\.self),
      iouWithoutObjects: plain?.iou.compactMapValues(\.self) ?? [:],
      precision: front.points.precision.compactMapValues(\.self),
      recall: front.points.recall.compactMapValues(\.self))
  }

  private func make(_ row: AblationRow, _ seed: Int) throws {
    let model = model(of: row, seed)
    guard !exists(model) else { return }
    var arguments: [String]
    switch row.verb ?? .train {
    case .train:
      arguments = [
        "--out", folder(row, seed), "--resume", "auto",
      ]
      if row.isMeasured != false { arguments += ["--validation", try streets(nil, isHeld: true)] }
      if !(row.settings ?? []).contains(where: { $0.hasPrefix("data=") }) {
        arguments += ["--data", try streets(row, isHeld: false)]
      }
      if row.from != nil || row.model != nil {
        arguments += ["--set", "initialWeights=\(try beginning(of: row, seed))"]
      }
      arguments += ["--set", "seed=\(seed)"] + (try settings(of: row, seed, prefix: ""))
      if let recipe = row.recipe { arguments += ["--recipe", recipe] }
      try run(TrainCommand.self, arguments + (try options(of: row, seed)))
    case .adapt:
      arguments = [
        "--out", folder(row, seed), "--resume", "auto", "--target", target, "--data",
        try streets(row, isHeld: false), "--source", try beginning(of: row, seed),
        "--set", "training.seed=\(seed)",
      ]
      arguments += try settings(of: row, seed, prefix: "training.")
      if let recipe = row.recipe { arguments += ["--recipe", recipe] }
      try run(AdaptCommand.self, arguments + (try options(of: row, seed)))
    case .calibrate:
      try OutputFolder.make(URL(fileURLWithPath: folder(row, seed)))
      arguments = [
        "--model", try beginning(of: row, seed), "--target", target, "--out", model,
      ]
      try run(CalibrateCommand.self, arguments + (try options(of: row, seed)))
    }
  }

  /// Common settings, then the row's own, with names in their places.
  private func settings(
    of row: AblationRow, _ seed: Int, prefix: String
  ) throws -> [String] {
    let all = configuration.settings.map { prefix + $0 } + (row.settings ?? [])
    return try all.flatMap { ["--set", try filled($0, seed)] }
  }

  private func options(of row: AblationRow, _ seed: Int) throws -> [String] {
    try (row.options ?? []).map { try filled($0, seed) }
  }

  private func filled(_ setting: String, _ seed: Int) throws -> String {
    var text = setting.replacingOccurrences(of: "{target}", with: target)
    if let labelled { text = text.replacingOccurrences(of: "{labelled}", with: labelled) }
    if text.contains("{data}") {
      text = text.replacingOccurrences(of: "{data}", with: try streets(nil, isHeld: false))
    }
    for row in configuration.rows {
      text = text.replacingOccurrences(
        of: "{row:\(row.name)}", with: model(of: row, min(seed, row.seeds ?? 1)))
    }
    return text
  }

  private func run<Command: ParsableCommand>(
    _ type: Command.Type, _ arguments: [String]
  ) throws {
    let common = ["--threads", "\(verb.threadCount)"] + (verb.quiet ? ["--quiet"] : [])
    var command = try Command.parse(arguments + common)
    try command.run()
  }

  private func measure(_ row: AblationRow, _ seed: Int) throws {
    let model = model(of: row, seed)
    guard exists(model) else {
      throw TrainingError(
        .unreadable, "the row \"\(row.name)\" has left no model", remedy: "run it again",
        path: model)
    }
    let command = try EvaluateCommand.parse([
      drives, "--model", model, "--protocol", "kitti-front", "--threads", "\(verb.threadCount)",
      "--compare-settings", "--quiet",
    ])
    let result = try command.result()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try AtomicFile.write([UInt8](try encoder.encode(result)), to: evaluation(row, seed))
  }

  /// The simulated sweeps of a row, or those of all rows; made where they are not there.
  private func streets(_ row: AblationRow?, isHeld: Bool) throws -> String {
    let own = row?.simulation ?? []
    let name = isHeld ? "streets-held" : own.isEmpty ? "streets" : "streets-\(row?.folder ?? "")"
    let folder = path(name)
    let mark = folder + "/complete"
    guard !exists(mark) else { return folder }
    #if Simulator
    let command = try SimulateCommand.parse(
      [
        folder, "--scenes",
        "\(isHeld ? configuration.validationScenes : configuration.scenes)", "--format", "shards",
        "--labels", "box", "--seed", isHeld ? "900001" : "11", "--set", "frames=1", "--resume",
        "--threads", "\(verb.threadCount)", "--quiet",
      ] + own.flatMap { ["--set", $0] })
    try command.run()
    try AtomicFile.write([], to: mark)
    return folder
    #else
    throw TrainingError(
      .unsuitableData, "this program was built without the simulator",
      remedy: "build with the trait Simulator", path: folder)
    #endif
  }

  private func path(_ name: String) -> String {
    URL(fileURLWithPath: out).appending(path: name).path
  }

  private func folder(_ row: AblationRow, _ seed: Int) -> String {
    path("\(row.folder)/seed-\(seed)")
  }

  private func model(of row: AblationRow, _ seed: Int) -> String {
    let name = (row.verb ?? .train) == .train ? "final" : "adapted"
    return "\(folder(row, seed))/\(name).safetensors"
  }

  private func evaluation(_ row: AblationRow, _ seed: Int) -> String {
    "\(folder(row, seed))/evaluation.json"
  }

  /// The model that a row begins with: of another row, of the program, or a file.
  private func beginning(of row: AblationRow, _ seed: Int) throws -> String {
    if let first = configuration.rows.first(where: { $0.name == row.from }) {
      return model(of: first, min(seed, first.seeds ?? 1))
    }
    guard let name = row.model else {
      throw TrainingError(
        .invalidConfiguration, "\"\(row.name)\" begins with no model",
        remedy: "name a row by `from`, or a model by `model`")
    }
    // Training begins with the weights of a file.
    guard BundledModels.names.contains(name) else { return name }
    let file = path("\(name).safetensors")
    if !exists(file) { try ModelFile.write(try BundledModels.model(named: name), to: file) }
    return file
  }

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
