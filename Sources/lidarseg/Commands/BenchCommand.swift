import ArgumentParser
import Exchange
import Execution
import Foundation
import Graphs
import Kernels
import Networks
import Tensors

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure how fast lidarseg is on this machine.",
    subcommands: [Inference.self, Training.self, Projection.self, Streaming.self]
      + simulationBenches,
    defaultSubcommand: Inference.self)

  private static var simulationBenches: [any ParsableCommand.Type] {
    #if Simulator
    [Simulation.self]
    #else
    []
    #endif
  }

  struct Inference: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Time SqueezeSegV2, SqueezeSeg, or a model, at batch 1.",
      discussion: """
        Times depend on what else the machine does: run it alone, and compare only within one run. \
        tools/bench inference --peers DIR runs it in turns with other engines.

        Example: lidarseg bench inference --width 512 --threads 2
        """)

    @Option(help: "A bundled model's name, or a .safetensors file; SqueezeSegV2 unless given.")
    var model: String?

    @OptionGroup var peer: PeerNetworkOptions

    @Option(help: "How many timed runs.")
    var rounds = 30

    @Option(help: "Who computes: \(BackendName.list).")
    var backend = BackendName.auto

    @Option(help: "How images inside the network are stored: float32 or int8 (bytes).")
    var precision = Precision.float32

    @Flag(help: "Measure which kernels are the fastest here, and remember them for --tuned.")
    var tune = false

    @Flag(help: "Use the kernels that --tune measured on this machine.")
    var tuned = false

    @Flag(help: "Print the time of each kernel.")
    var kernels = false

    @Option(
      help: ArgumentHelp("Weights, input and expected output of the peers.", visibility: .hidden))
    var vectors: String?

    @Flag(help: ArgumentHelp("Answer the peers' harness on stdin.", visibility: .hidden))
    var worker = false

    @OptionGroup var verb: VerbOptions

    func validate() throws {
      guard (1...100_000).contains(rounds) else {
        throw ValidationError("--rounds \(rounds) is not in 1...100000")
      }
    }

    func run() throws {
      if worker { return try PeerWorker(bench: self).run() }
      let session = try makeSession()
      if tune { try KernelTuning(rounds: rounds, verb: verb).run(session) }
      for _ in 0..<3 { session.compute() }
      let clock = ContinuousClock()
      let times = (0..<rounds).map { _ in clock.measure { session.compute() } / .milliseconds(1) }
      let report = Report(
        session, times: times, threads: verb.threadCount,
        kernels: kernels ? Self.kernelTimes(session, rounds: rounds) : nil)
      if verb.json {
        try verb.console.data(json: report)
      } else {
        try verb.console.data(report.text)
      }
    }

    func makeSession() throws -> Session {
      var graph: Graph
      var parameters: ParameterValues
      if let model {
        var options = ModelOptions()
        options.model = model
        let loaded = try options.loadModel()
        (graph, parameters) = (loaded.description.graph, loaded.parameters)
      } else {
        graph = try SqueezeSeg.graph(peer.configuration)
        parameters = Dictionary(
          uniqueKeysWithValues: graph.parameters.map { node in
            (node.name, Tensor(node.type.shape, repeating: 0.01))
          })
      }
      if let vectors { parameters = try AuthorsWeights.read("\(vectors)/lidarseg_weights.npz") }
      graph = try graph.optimizedForInference()
      let backend = try backend.backend()
      if precision == .int8 {
        let session = try Session(
          graph, parameters: parameters, backend: backend, threadCount: verb.threadCount)
        try fill(session)
        var ranges = ActivationRanges()
        ranges.add(runOf: session)
        graph = try graph.quantized(ranges.byNode)
      }
      return try Session(
        graph, parameters: parameters, backend: backend, threadCount: verb.threadCount,
        selection: tuned ? try TunedKernels().selection() : .shipped)
    }

    /// The vectors' input, or numbers of -1 to 1.
    func fill(_ session: Session) throws {
      for node in session.graph.inputs {
        let input: Tensor<Float>
        if let vectors {
          let archive = try NPZArchive(path: "\(vectors)/lidarseg_vectors_\(peer.width).npz")
          input = try archive.float32(node.name)
        } else {
          let shape = node.type.shape
          input = Tensor(shape, (0..<shape.count).map { Float($0 * 7919 % 2001) / 1000 - 1 })
        }
        session.withUnsafeInput(node.name) { memory in
          input.withUnsafeElements { _ = memory.update(fromContentsOf: $0) }
        }
      }
    }

    private static func kernelTimes(_ session: Session, rounds: Int) -> [Report.Kernel] {
      let times = (0..<rounds).map { _ in session.timedCompute() }
      return session.steps.enumerated().map { position, step in
        Report.Kernel(
          node: step.node, kernel: step.kernel,
          milliseconds: times.map { $0[position] }.sorted()[rounds / 2],
          megaMultiplyAccumulates: Double(step.cost.multiplyAccumulates) / 1e6)
      }
    }
  }

  /// What was measured; durations in milliseconds.
  struct Report: Encodable {
    struct Kernel: Encodable {
      var node: String
      var kernel: String
      var milliseconds: Double
      var megaMultiplyAccumulates: Double
    }

    var median: Double
    var best: Double
    var p90: Double
    var rounds: Int
    var warmUps = 3
    var threads: Int
    var processor: String
    var gigaMultiplyAccumulates: Double
    var sessionBytes: Int
    var peakBytes: Int
    var kernels: [Kernel]?

    init(_ session: Session, times: [Double], threads: Int, kernels: [Kernel]?) {
      let sorted = times.sorted()
      median = sorted[sorted.count / 2]
      best = sorted[0]
      p90 = sorted[sorted.count * 9 / 10]
      rounds = times.count
      self.threads = threads
      processor = Machine.processorName
      gigaMultiplyAccumulates = Double(session.graph.cost.multiplyAccumulates) / 1e9
      sessionBytes = session.memoryByteCount
      peakBytes = Machine.peakResidentBytes
      self.kernels = kernels
    }

    var text: String {
      var lines = [
        String(
          format: "median %.2f ms, best %.2f, p90 %.2f (%d runs after %d to warm up)", median, best,
          p90, rounds, warmUps),
        "\(threads) threads, \(processor)",
        String(
          format: "%.3f GMAC, %.1f GFLOP/s; session %.0f MiB, process at most %.0f MiB",
          gigaMultiplyAccumulates, 2 * gigaMultiplyAccumulates / median * 1000,
          Double(sessionBytes) / 1_048_576, Double(peakBytes) / 1_048_576),
      ]
      for kernel in kernels ?? [] {
        let rate = 2 * kernel.megaMultiplyAccumulates / max(kernel.milliseconds, 1e-6)
        lines.append(
          String(format: "%8.3f ms %7.1f GFLOP/s  ", kernel.milliseconds, rate)
            + "\(kernel.kernel)  \(kernel.node)")
      }
      return lines.joined(separator: "\n")
    }
  }
}
