public import Graphs
public import Kernels
public import Tensors

/// What happens where machines that train together meet: the values are replaced by their mean over all
/// machines, as the operation says.
public typealias RankMeeting = (RankMean, UnsafeMutableBufferPointer<Float>) throws -> Void

/// A graph with its weights, planned into memory and ready to run on this machine.
///
/// A session is used by one thread at a time; it runs its kernels on threads of its own.
public final class Session {
  /// One node's computation.
  public struct Step: Sendable {
    /// The node's name.
    public let node: String
    /// The kernel that computes it, for example `openblas.convolution.3x3`.
    public var kernel: String { prepared.name }
    /// What it costs.
    public let cost: Cost
    /// What is computed on which images.
    public let unit: LatencyUnit
    let prepared: PreparedKernel
    let rankMean: RankMean?
    let position: Int
  }

  /// The graph that is run.
  public let graph: Graph
  /// The computations in order; values that are views of others have none.
  public let steps: [Step]
  /// Where values lie.
  public let plan: MemoryPlan
  let memory: SessionMemory
  /// The outputs that nothing writes or reads after the step at a position.
  private let outputsOfStep: [Int: [String]]
  let pool: ThreadPool
  let preparation: KernelPreparation
  private let scratch: [UnsafeMutableBufferPointer<Float>]

  /// Plans a graph; constants that its passes left to compute are computed here.
  ///
  /// - Parameters:
  ///   - graph: what to run, as `optimizedForInference()` gives it or as it was built.
  ///   - parameters: a tensor for every parameter of `graph`, or of the graph it was made from.
  ///   - backend: whose kernels to use.
  ///   - threadCount: at least 1.
  ///   - selection: which kernels to use where several could be.
  ///   - parametersAreFixed: whether the parameters stay as they are; those of a graph that is trained
  ///     change from run to run, in the memory that `withUnsafeParameter(_:_:)` gives.
  /// - Throws: `.parameters` where a parameter is missing or has another shape.
  public init(
    _ graph: Graph, parameters: ParameterValues, backend: Backend, threadCount: Int,
    selection: KernelSelection = .shipped, parametersAreFixed: Bool = true
  ) throws {
    let constants =
      parametersAreFixed
      ? try ConstantValues(graph, parameters: parameters)
      : try ConstantValues(noneOf: graph, parameters: parameters)
    let plan = MemoryPlan(graph, constants: constants.values)
    let memory = SessionMemory(graph, plan: plan, constants: constants)
    self.graph = graph
    self.plan = plan
    self.memory = memory
    let preparation = KernelPreparation(
      memory: memory, constants: constants.values, backend: backend, threadCount: threadCount)
    self.preparation = preparation
    steps = graph.values.compactMap { preparation.step($0, of: graph, selection) }
    let lastUses = graph.lastUses
    outputsOfStep = Dictionary(
      grouping: graph.outputs, by: { lastUses[graph.source(of: $0.value)] ?? 0 }
    ).mapValues { $0.map(\.name) }
    pool = ThreadPool(threadCount: threadCount)
    let scratchCount = steps.map(\.prepared.scratchCount).max() ?? 0
    scratch = (0..<threadCount).map { _ in SessionMemory.allocate(scratchCount) }
    if !parametersAreFixed {
      for (name, tensor) in parameters where graph.value(named: name) != nil {
        withUnsafeParameter(name) { memory in
          tensor.withUnsafeElements { _ = memory.update(fromContentsOf: $0) }
        }
      }
    }
  }

  deinit {
    for part in scratch { part.deallocate() }
  }

  /// Bytes of activations, constants and scratch memory.
  public var memoryByteCount: Int {
    let scratchCount = scratch.reduce(0) { $0 + $1.count }
    return (plan.arenaCount + memory.constantCount + scratchCount) * MemoryLayout<Float>.stride
  }

  /// Computes the outputs for the given inputs, both by name.
  ///
  /// - Throws: `.inputs` where one is missing, unexpected or of another shape.
  public func run(_ inputs: [String: Tensor<Float>]) throws(ExecutionError) -> [String: Tensor<
    Float
  >] {
    try check(inputs)
    for (name, tensor) in inputs {
      withUnsafeInput(name) { memory in
        tensor.withUnsafeElements { _ = memory.update(fromContentsOf: $0) }
      }
    }
    compute()
    return Dictionary(uniqueKeysWithValues: graph.outputs.map { ($0.name, tensor($0.value)) })
  }

  /// Runs all steps on what the inputs' memory holds; the inputs stay as they are.
  public func compute() {
    for step in steps { run(step) }
  }

  /// Runs all steps as one of several machines.
  ///
  /// - Parameters:
  ///   - meet: exchanges values with the other machines.
  ///   - follow: called with the names of the outputs that are complete and that no later step reads.
  /// - Throws: what these throw.
  public func compute(
    meeting meet: RankMeeting, follow: (_ finishedOutputs: [String]) throws -> Void
  ) throws {
    for step in steps {
      run(step)
      if let mean = step.rankMean {
        try meet(mean, memory.elements(of: graph.values[step.position]))
      }
      if let names = outputsOfStep[step.position] { try follow(names) }
    }
  }

  /// Runs all steps and shows what each has computed, before later steps use its memory again.
  func compute(observing observe: (_ node: String, _ value: ValueView) -> Void) {
    for step in steps {
      run(step)
      observe(step.node, memory.view(of: graph.values[step.position]))
    }
  }

  /// Runs the steps until one gives a number that is not finite, and names it.
  ///
  /// - Returns: the node's name, or nothing where all numbers are finite.
  public func firstNonFiniteNode() -> String? {
    for node in graph.inputs {
      let isFinite = withUnsafeInput(node.name) { $0.allSatisfy(\.isFinite) }
      if !isFinite { return node.name }
    }
    return steps.first { step in
      run(step)
      return !tensor(graph.values[step.position]).withUnsafeElements { $0.allSatisfy(\.isFinite) }
    }?.node
  }

  /// Runs all steps and says how long each took, in milliseconds.
  public func timedCompute() -> [Double] {
    let clock = ContinuousClock()
    return steps.map { step in
      let duration = clock.measure { run(step) }
      return duration / .milliseconds(1)
    }
  }

  private func run(_ step: Step) { run(step.prepared, scratch) }

  func run(_ kernel: PreparedKernel, _ scratch: [UnsafeMutableBufferPointer<Float>]) {
    kernel.start()
    pool.run(bandCount: kernel.bandCount) { band, thread in
      // A scratch of no elements has no address; no kernel that asks for none touches it.
      kernel.run(band, scratch[thread].baseAddress ?? memory.anyAddress)
    }
    kernel.finish()
  }

  private func check(_ inputs: [String: Tensor<Float>]) throws(ExecutionError) {
    var faults = graph.inputs.compactMap { node -> String? in
      let given = inputs[node.name]?.shape
      if given == node.type.shape { return nil }
      return "\(node.name) is \(given.map(\.description) ?? "missing"), not \(node.type.shape)"
    }
    faults += Set(inputs.keys).subtracting(graph.inputs.map(\.name)).sorted()
      .map { "\($0) is no input of the graph" }
    guard faults.isEmpty else {
      throw ExecutionError(
        .inputs, "\(faults.count) inputs do not fit: \(faults.joined(separator: "; "))",
        remedy: "give exactly the graph's inputs, each in its shape")
    }
  }
}
