import Exchange
import Execution
import Export
import Foundation
import Graphs
import Kernels
import Tensors

/// A model layer by layer.
struct ModelReport: Encodable {
  /// A node that computes something.
  struct Layer: Encodable {
    var name: String
    var operation: String
    var result: String
    var parameters: Int
    var megaMultiplyAccumulates: Double
    var megabytes: Double
    var kernel: String?
    var milliseconds: Double?
    /// Billions of operations, two for each multiplication, a second.
    var gigaOperations: Double?
    /// Of what the instructions allow on these threads; nothing for layers that multiply nothing.
    var shareOfPeak: Double?
  }

  var model: String
  var parameters: Int
  var gigaMultiplyAccumulates: Double
  /// The weights as they are stored in the model's file, in MiB.
  var weights: Double
  /// The memory of activations as it is planned, in MiB.
  var activations: Double
  /// What `export --to c` makes of it; nothing where it is refused.
  var c: CMemory?
  /// What a latency table says, where one is given.
  var predicted: Prediction?
  var milliseconds: Double?
  var threads: Int?
  var processor: String?
  var kernels: String?
  /// One thread's, for floats and for bytes.
  var peakGigaFlops: Double?
  var peakGigaByteOperations: Double?
  var layers: [Layer]

  /// What a latency table says of a network.
  struct Prediction: Encodable {
    var latency: Double
    var unit: String
    var processor: String
    var kernels: String
    var threads: Int
  }

  /// What follows from shapes alone.
  init(_ model: Model, _ graph: Graph, session: Session) throws {
    let description = model.description
    do {
      c = try CMemory(model)
    } catch is ExportError {
      c = nil
    }
    activations = Double(session.plan.arenaCount) * 4 / 1_048_576
    weights =
      Double(
        description.graph.parameterCount(.trainable) + description.graph.parameterCount(.statistic))
      * 4 / 1_048_576
    self.model = description.name
    parameters = description.graph.parameterCount(.trainable)
    gigaMultiplyAccumulates = Double(graph.cost.multiplyAccumulates) / 1e9
    let constants = graph.constantValues
    layers = graph.values.compactMap { Self.layer($0, of: graph, constants) }
  }

  /// Adds what the network takes as a whole, and each layer where layers are timed: medians of some runs.
  mutating func time(_ session: Session, backend: Backend, rounds: Int, threads: Int) {
    let peak = PeakRate(backend)
    self.threads = threads
    processor = Machine.processorName
    kernels = backend.rawValue
    peakGigaFlops = peak?.gigaFlops
    peakGigaByteOperations = peak?.gigaByteOperations
    for _ in 0..<3 { session.compute() }
    var (times, whole): ([[Double]], [Double]) = ([], [])
    for _ in 0..<rounds {
      times.append(session.timedCompute())
      whole.append(ContinuousClock().measure { session.compute() } / .milliseconds(1))
    }
    milliseconds = whole.sorted()[rounds / 2]
    var steps: [String: (kernel: String, milliseconds: Double)] = [:]
    for (position, step) in session.steps.enumerated() {
      let median = times.map { $0[position] }.sorted()[rounds / 2]
      steps[step.node] = (step.kernel, median)
    }
    layers = layers.compactMap { layer in
      guard let step = steps[layer.name] else { return nil }
      return layer.timed(step.kernel, step.milliseconds, peak: peak, threads: threads)
    }
  }

  /// A computed value's layer; nothing for what depends on parameters alone.
  private static func layer(
    _ value: Graph.Value, of graph: Graph, _ constants: Set<Graph.Value>
  ) -> Layer? {
    guard case .operation(let operation, let operands) = graph[value].source,
      !constants.contains(value), operation.kind != .channelSlice
    else { return nil }
    let cost = graph.cost(of: value)
    return Layer(
      name: graph[value].name,
      operation: ([operation.kind.rawValue] + operation.attributes.words).joined(separator: " "),
      result: graph[value].type.description,
      parameters: operands.filter(constants.contains)
        .reduce(0) { $0 + graph[$1].type.shape.count },
      megaMultiplyAccumulates: Double(cost.multiplyAccumulates) / 1e6,
      megabytes: Double(cost.bytes) / 1e6)
  }

  var text: String {
    var lines = [
      String(
        format: "\(model): %d parameters, %.3f GMAC; weights %.2f MiB, activations %.2f MiB",
        parameters, gigaMultiplyAccumulates, weights, activations)
    ]
    if let c {
      lines.append(
        String(
          format: "as C: weights %.1f KiB, arena %.1f KiB", Double(c.weightBytes) / 1024,
          Double(c.arenaBytes) / 1024))
    }
    if let predicted {
      let (latency, processor) = (predicted.latency, predicted.processor)
      lines.append(
        String(format: "predicted: %.3f \(predicted.unit), threads: %d", latency, predicted.threads)
          + ", \(predicted.kernels), \(processor)")
    }
    if let milliseconds, let threads, let processor, let kernels {
      lines.append(
        String(format: "measured: %.3f ms, threads: %d, ", milliseconds, threads)
          + "\(kernels), \(processor)")
    }
    if let peakGigaFlops, let peakGigaByteOperations {
      lines.append(
        String(
          format: "peak of one thread: %.0f GFLOP/s, %.0f GOP/s on bytes", peakGigaFlops,
          peakGigaByteOperations))
    }
    return (lines + layers.map(\.text)).joined(separator: "\n")
  }
}

extension ModelReport.Layer {
  fileprivate func timed(
    _ kernel: String, _ milliseconds: Double, peak: PeakRate?, threads: Int
  ) -> Self {
    var layer = self
    layer.kernel = kernel
    layer.milliseconds = milliseconds
    let rate = 2 * megaMultiplyAccumulates / max(milliseconds, 1e-6)
    layer.gigaOperations = rate
    if let peak, megaMultiplyAccumulates > 0 {
      // Convolutions by channel turn bytes into floats first.
      let multipliesBytes = kernel.hasSuffix(".bytes") && !kernel.contains("depthwiseConvolution")
      let most = multipliesBytes ? peak.gigaByteOperations : peak.gigaFlops
      layer.shareOfPeak = rate / (most * Double(threads))
    }
    return layer
  }

  fileprivate var text: String {
    let size = String(format: "%8.1f MMAC %6.2f MB", megaMultiplyAccumulates, megabytes)
    guard let kernel, let milliseconds, let gigaOperations else {
      return "\(size) \(String(format: "%8d", parameters))  \(name)  \(operation)  \(result)"
    }
    let share = shareOfPeak.map { String(format: "%4.0f %%", 100 * $0) } ?? "      "
    return String(format: "%8.3f ms %7.1f GOP/s ", milliseconds, gigaOperations)
      + "\(share)  \(size)  \(kernel)  \(name)"
  }
}
