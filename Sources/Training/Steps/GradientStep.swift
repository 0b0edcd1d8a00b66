public import Execution
public import Graphs
public import Kernels
public import Tensors

/// What a step made of a batch.
public struct StepResult: Equatable, Sendable {
  /// The loss, weight decay not included.
  public var loss: Double
  /// The norm of all gradients together, before anything was cut off.
  public var gradientNorm: Double
}

/// A network with its weights, planned into memory, that takes one step after another.
public final class GradientStep {
  /// The network with its loss and gradients.
  public let graph: TrainingGraph
  /// The rule by which weights follow their gradients.
  public var optimizer: Optimizer<Float>
  private let session: Session
  private let coefficient: Double
  private let statisticsDecay: Float
  private var statistics: ParameterValues

  /// Plans a network.
  ///
  /// - Parameters:
  ///   - graph: the network with its gradients.
  ///   - parameters: the weights to start with, moving statistics included.
  ///   - optimizer: the rule, with what it remembers.
  ///   - coefficient: what the mean loss is multiplied with.
  ///   - statisticsDecay: the share of the moving statistics that is kept at each step.
  ///   - backend: whose kernels to use.
  ///   - threadCount: at least 1.
  /// - Throws: where a parameter is missing or of another shape.
  public init(
    _ graph: TrainingGraph, parameters: ParameterValues, optimizer: Optimizer<Float>,
    coefficient: Double, statisticsDecay: Double, backend: Backend, threadCount: Int
  ) throws {
    self.graph = graph
    self.optimizer = optimizer
    self.coefficient = coefficient
    self.statisticsDecay = Float(statisticsDecay)
    session = try Session(
      graph.graph, parameters: parameters, backend: backend, threadCount: threadCount,
      parametersAreFixed: false)
    let trained = Set(graph.graph.parameters.map(\.name))
    statistics = parameters.filter { !trained.contains($0.key) }
    session.withUnsafeInput(Graph.seedName) { $0.update(repeating: 1) }
  }

  /// Bytes of activations, weights and scratch memory.
  public var memoryByteCount: Int { session.memoryByteCount }

  /// Which kernels a step has, in order.
  public var kernels: [Session.Step] { session.steps }

  /// Runs all kernels once on what their memory holds and says how long each took, in milliseconds.
  public func timedKernels() -> [Double] { session.timedCompute() }

  /// The weights and moving statistics as they are now.
  public var parameters: ParameterValues {
    var values = statistics
    for node in graph.graph.parameters {
      values[node.name] = session.withUnsafeParameter(node.name) {
        Tensor(node.type.shape, $0)
      }
    }
    return values
  }

  /// An output after a step, such as a loss's part.
  public func output(_ name: String) -> Tensor<Float> { session.output(name) }

  /// Gives the memory of each weight and moving statistic in turn.
  func forEachParameter(_ body: (String, UnsafeMutableBufferPointer<Float>) -> Void) {
    for node in graph.graph.parameters {
      session.withUnsafeParameter(node.name) { body(node.name, $0) }
    }
    for name in statistics.keys {
      statistics[name]?.withUnsafeMutableElements { body(name, $0) }
    }
  }

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - inputs: the network's inputs, `labels` and `weights` by name: weights are 1 at pixels that count
  ///     and 0 elsewhere.
  ///   - noise: the key of the dropout's noise, and the number of the first image in it.
  ///   - rate: the rate of learning.
  ///   - step: how many steps were done before.
  ///   - ages: how many steps each parameter has done, where that is not `step`.
  ///   - exchange: how gradients and sums are shared with other machines.
  /// - Returns: the loss and the gradients' norm.
  /// - Throws: `.diverged` with the tensor's name where a number is no longer finite; what the exchange
  ///   throws.
  public func run(
    _ inputs: [String: Tensor<Float>], noise: Noise, rate: Double, step: Int,
    ages: [String: Int] = [:],
    exchange: some GradientExchange = SingleMachine()
  ) throws -> StepResult {
    try fill(inputs, exchange)
    fill(noise)
    try session.compute(meeting: exchange.average) { names in
      for name in names where name.hasPrefix(TrainingGraph.gradientPrefix) {
        try session.withUnsafeOutput(name) { try exchange.start(summing: $0) }
      }
    }
    try exchange.finish()
    var loss = Double(session.withUnsafeOutput("loss") { $0[0] })
    loss = try exchange.sum(loss)
    guard loss.isFinite else {
      let node = session.firstNonFiniteNode().map { ", first at \($0)" } ?? ""
      throw diverged("the loss is \(loss)\(node)", step: step)
    }
    let norm = try update(rate: rate, step: step, ages: ages)
    gatherStatistics()
    return StepResult(loss: loss, gradientNorm: norm)
  }

  private func fill(
    _ inputs: [String: Tensor<Float>], _ exchange: some GradientExchange
  ) throws {
    // A network that finds the mask among its features takes no input of that name.
    let names = Set(graph.graph.inputs.map(\.name))
    for (name, tensor) in inputs where names.contains(name) {
      session.withUnsafeInput(name) { memory in
        tensor.withUnsafeElements { _ = memory.update(fromContentsOf: $0) }
      }
    }
    try session.withUnsafeInput("weights") { weights in
      let count = try exchange.sum(weights.reduce(0.0) { $0 + Double($1) })
      let share = Float(coefficient / max(count, 1))
      for index in weights.indices { weights[index] *= share }
    }
  }

  /// Fills the dropout's noise, an equal share of each image on each thread.
  private func fill(_ noise: Noise) {
    guard let input = graph.graph.inputs.first(where: { $0.name == "dropout_noise" }) else {
      return
    }
    let images = input.type.shape[0]
    let length = input.type.shape.count / images
    let parts = 8
    session.fillInput(input.name, bandCount: images * parts) { band, memory in
      let (image, part) = band.quotientAndRemainder(dividingBy: parts)
      let range = length * part / parts..<length * (part + 1) / parts
      noise.fill(
        UnsafeMutableBufferPointer(
          rebasing: memory[image * length + range.lowerBound..<image * length + range.upperBound]),
        image: image, from: range.lowerBound)
    }
  }

  /// Lets the weights follow their gradients, and gives the norm of these.
  private func update(rate: Double, step: Int, ages: [String: Int]) throws -> Double {
    var norms: [String: Double] = [:]
    for name in graph.trainable {
      norms[name] = withParameter(name) { weights, gradient in
        optimizer.decay(gradient, weights: weights, name: name)
        return Optimizer<Float>.norm(gradient)
      }
    }
    if let (name, norm) = norms.sorted(by: { $0.key < $1.key }).first(where: { !$0.value.isFinite })
    {
      throw diverged("the gradient of \(name) has the norm \(norm)", step: step)
    }
    let total = graph.trainable.reduce(0.0) { $0 + (norms[$1] ?? 0) * (norms[$1] ?? 0) }
      .squareRoot()
    for name in graph.trainable {
      let scale: Float =
        switch optimizer.configuration.clipping {
        case .none: 1
        case .tensor: optimizer.clippingScale(norm: norms[name] ?? 0)
        case .all: optimizer.clippingScale(norm: total)
        }
      withParameter(name) { weights, gradient in
        optimizer.update(
          weights, gradient: gradient, name: name, scale: scale, rate: rate,
          step: ages[name] ?? step)
      }
    }
    return total
  }

  private func withParameter<R>(
    _ name: String,
    _ body: (
      _ weights: UnsafeMutableBufferPointer<Float>, _ gradient: UnsafeMutableBufferPointer<Float>
    ) -> R
  ) -> R {
    session.withUnsafeParameter(name) { weights in
      session.withUnsafeOutput(TrainingGraph.gradientPrefix + name) { body(weights, $0) }
    }
  }

  /// Moves the moving statistics towards the batch's.
  private func gatherStatistics() {
    for moving in graph.statistics {
      session.withUnsafeOutput(moving.moments) { moments in
        let count = moments.count / 2
        for (name, first) in [(moving.mean, 0), (moving.variance, count)] {
          statistics[name]?.withUnsafeMutableElements { values in
            for index in 0..<count {
              values[index] =
                statisticsDecay * values[index] + (1 - statisticsDecay) * moments[first + index]
            }
          }
        }
      }
    }
  }

  private func diverged(_ what: String, step: Int) -> TrainingError {
    TrainingError(
      .diverged, "\(what) at step \(step + 1)",
      remedy: "lower schedule.rate or clip harder, and resume from the last checkpoint")
  }
}
