import ArgumentParser
import Execution
import Foundation
import Graphs
import Kernels
import Networks
import Randomness
import Tensors
import Training

extension BenchCommand {
  struct Training: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Time a training step of SqueezeSegV2: forward, backward, optimiser.",
      discussion: """
        Batch normalisation takes the batch's statistics; the batch lies in memory. \
        tools/bench training --peers DIR runs it in turns with PyTorch.

        Example: lidarseg bench training --batch 8 --threads 2
        """)

    @Option(help: "Images of a step.")
    var batch = 8

    @Option(help: "Columns of the image; they divide by 16.")
    var width = 512

    @Option(help: "What the network's inner channels are multiplied with.")
    var scale = 1.0

    @Option(help: "How many timed steps, after one to warm up.")
    var rounds = 5

    @Flag(help: "Recompute activations within blocks instead of keeping them.")
    var checkpointActivations = false

    @Flag(help: "Order of the authors: the activation comes before the normalisation.")
    var authorsOrder = false

    @Option(help: "Who computes: \(BackendName.list).")
    var backend = BackendName.auto

    @Flag(help: "Print the time of each kind of kernel.")
    var kernels = false

    @OptionGroup var verb: VerbOptions

    func validate() throws {
      guard (1...1024).contains(batch), (1...10_000).contains(rounds), scale > 0, scale <= 8 else {
        throw ValidationError("--batch, --rounds or --scale is out of range")
      }
      guard width > 0, width % 16 == 0, width <= 16_384 else {
        throw ValidationError("--width \(width) is no multiple of 16 up to 16384")
      }
    }

    func run() throws {
      let step = try makeStep()
      let inputs = makeInputs(step.graph.graph)
      let clock = ContinuousClock()
      var times: [Double] = []
      for number in 0...rounds {
        let time = try clock.measure {
          _ = try step.run(
            inputs, noise: Noise(key: RandomKey(seed: 1), firstImage: number * batch), rate: 0.01,
            step: number)
        }
        if number > 0 { times.append(time / .seconds(1)) }
      }
      let report = TrainingReport(
        times: times, batch: batch, width: width, threads: verb.threadCount,
        sessionBytes: step.memoryByteCount,
        kernels: kernels ? TrainingReport.kernelTimes(step) : nil)
      if verb.json {
        try verb.console.data(json: report)
      } else {
        try verb.console.data(report.text)
      }
    }

    private func makeStep() throws -> GradientStep {
      var network = PeerNetworkOptions.foldableSqueezeSegV2.scaled(by: scale)
      network.size = Extent(64, width)
      network.batch = batch
      network.keep = 1
      if authorsOrder { network.order = .activationThenNormalization }
      var loss = LossConfiguration()
      (loss.classWeights, loss.focusing, loss.coefficient) = ([1 / 15.0, 1, 10, 10], 0, 1)
      var options = TrainingGraph.Options()
      options.recomputesActivations = checkpointActivations
      let built = try SqueezeSeg.graph(network)
      let graph = try TrainingGraph(built, loss: loss, options: options)
      var random = RandomKey(seed: 7).stream
      let parameters = Dictionary(
        uniqueKeysWithValues: built.parameters.map { node in
          let shape = node.type.shape
          let values = (0..<shape.count).map { _ in
            shape.rank == 4 ? random.normal(0, 0.05) : random.uniform(0.5...1)
          }
          return (node.name, Tensor<Float>(shape, values))
        })
      return try GradientStep(
        graph, parameters: parameters,
        optimizer: Optimizer(OptimizerConfiguration(), shapes: graph.trainableShapes),
        coefficient: loss.coefficient, statisticsDecay: 0.99, backend: backend.backend(),
        threadCount: verb.threadCount)
    }

    private func makeInputs(_ graph: Graph) -> [String: Tensor<Float>] {
      var random = RandomKey(seed: 8).stream
      var inputs: [String: Tensor<Float>] = [:]
      for node in graph.inputs {
        let count = node.type.shape.count
        switch node.name {
        case "features":
          inputs[node.name] = Tensor(node.type.shape, (0..<count).map { _ in random.normal() })
        case "labels":
          inputs[node.name] = Tensor(
            node.type.shape, (0..<count).map { _ in Float(random.integer(0...3)) })
        case "weights": inputs[node.name] = Tensor(node.type.shape, repeating: 1)
        default: break
        }
      }
      return inputs
    }
  }
}

/// What was measured; durations in milliseconds.
private struct TrainingReport: Encodable {
  struct Kernel: Encodable {
    var kernel: String
    var count: Int
    var milliseconds: Double
    var megaMultiplyAccumulates: Double
  }

  var median: Double
  var best: Double
  var worst: Double
  var rounds: Int
  var warmUps = 1
  var batch: Int
  var columns: Int
  var threads: Int
  var processor = Machine.processorName
  var scansPerSecond: Double
  var sessionBytes: Int
  var peakBytes = Machine.peakResidentBytes
  var kernels: [Kernel]?

  init(
    times: [Double], batch: Int, width: Int, threads: Int, sessionBytes: Int, kernels: [Kernel]?
  ) {
    let sorted = times.sorted()
    median = sorted[sorted.count / 2] * 1000
    best = sorted[0] * 1000
    worst = sorted[sorted.count - 1] * 1000
    rounds = times.count
    self.batch = batch
    columns = width
    self.threads = threads
    scansPerSecond = Double(batch) / sorted[sorted.count / 2]
    self.sessionBytes = sessionBytes
    self.kernels = kernels
  }

  static func kernelTimes(_ step: GradientStep) -> [Kernel] {
    var found: [String: Kernel] = [:]
    for (kernel, time) in zip(step.kernels, step.timedKernels()) {
      var sum =
        found[kernel.kernel]
        ?? Kernel(kernel: kernel.kernel, count: 0, milliseconds: 0, megaMultiplyAccumulates: 0)
      sum.count += 1
      sum.milliseconds += time
      sum.megaMultiplyAccumulates += Double(kernel.cost.multiplyAccumulates) / 1e6
      found[kernel.kernel] = sum
    }
    return found.values.sorted { $0.milliseconds > $1.milliseconds }
  }

  var text: String {
    var lines = [
      String(
        format: "median %.0f ms, best %.0f, worst %.0f (%d steps after %d to warm up)", median,
        best, worst, rounds, warmUps),
      "batch \(batch) of 64x\(columns), \(threads) threads, \(processor)",
      String(
        format: "%.2f scans/s; session %.0f MiB, process at most %.0f MiB", scansPerSecond,
        Double(sessionBytes) / 1_048_576, Double(peakBytes) / 1_048_576),
    ]
    for kernel in kernels ?? [] {
      lines.append(
        String(
          format: "%8.1f ms %4d x %7.1f GFLOP/s  ", kernel.milliseconds, kernel.count,
          2 * kernel.megaMultiplyAccumulates / max(kernel.milliseconds, 1e-6)) + kernel.kernel)
    }
    return lines.joined(separator: "\n")
  }
}
