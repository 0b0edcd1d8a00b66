import ArgumentParser
import Exchange
import Execution
import Foundation
import Graphs
import Kernels
import PointCloudIO

struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "Show what a model computes, and which kernels compute it.",
    discussion: """
      One line for each layer as it is prepared for inference: its result, its weights, and what it \
      costs. --latency predicts how long it takes by a table; --svg draws it. What it takes as C is said, \
      too. With --kernels the layers are timed on this machine, and their speed is compared with the most \
      that its instructions allow; Winograd's convolutions need fewer multiplications than are \
      counted and can exceed that.

      Example: lidarseg describe front-small --kernels --threads 1
      """)

  @Argument(help: "A bundled model's name, or a .safetensors file.", completion: .file())
  var model: String

  @Flag(help: "Time each layer, and name its kernel.")
  var kernels = false

  @Option(
    help: "A latency table to predict by, as lidarseg latency writes it.", completion: .file())
  var latency: String?

  @Option(help: "Draw the network into this file.", completion: .file(extensions: ["svg"]))
  var svg: String?

  @Option(help: "Who computes: \(BackendName.list).")
  var backend = BackendName.auto

  @Flag(help: "Use the kernels that bench inference --tune measured on this machine.")
  var tuned = false

  @Option(help: "How many timed runs; the median counts.")
  var rounds = 15

  @OptionGroup var verb: VerbOptions

  func validate() throws {
    guard (1...10_000).contains(rounds) else {
      throw ValidationError("--rounds \(rounds) is not in 1...10000")
    }
  }

  func run() throws {
    var options = ModelOptions()
    (options.model, options.backend, options.tuned) = (model, backend, tuned)
    let model = try options.loadModel()
    let graph = try model.description.preparedGraph()
    let backend = try backend.backend()
    let session = try Session(
      graph, parameters: model.parameters, backend: backend, threadCount: verb.threadCount,
      selection: try options.selection())
    var report = try ModelReport(model, graph, session: session)
    if let latency {
      let table = try LatencyTable(path: latency)
      report.predicted = ModelReport.Prediction(
        latency: try table.prediction(for: session.steps.map(\.unit)), unit: table.unit,
        processor: table.processor, kernels: table.kernels, threads: table.threads)
    }
    if kernels {
      if let predicted = report.predicted, predicted.unit == LatencyTable.milliseconds,
        (predicted.processor, predicted.kernels, predicted.threads)
          != (Machine.processorName, backend.rawValue, verb.threadCount)
      {
        verb.console.warn(
          "the table is of other conditions than the measurement: they cannot be compared")
      }
      report.time(session, backend: backend, rounds: rounds, threads: verb.threadCount)
    }
    if let svg {
      let diagram = ModelDiagram(model.description, graph)
      try AtomicFile.write(Array(diagram.svg.utf8), to: svg)
    }
    try verb.json ? verb.console.data(json: report) : verb.console.data(report.text)
  }
}
