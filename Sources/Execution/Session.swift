public import Graphs
public import Kernels
public import Tensors

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
    let prepared: PreparedKernel
  }

  /// The graph that is run.
  public let graph: Graph
  /// The computations in order; values that are views of others have none.
  public let steps: [Step]
  /// Where values lie.
  public let plan: MemoryPlan
  private let memory: SessionMemory
  private let pool: ThreadPool
  private let scratch: [UnsafeMutableBufferPointer<Float>]

  /// Plans a graph; constants that its passes left to compute are computed here.
  ///
  /// - Parameters:
  ///   - graph: what to run, as `optimizedForInference()` gives it or as it was built.
  ///   - parameters: a tensor for every parameter of `graph`, or of the graph it was made from.
  ///   - backend: whose kernels to use.
  ///   - threadCount: at least 1.
  /// - Throws: `.parameters` where a parameter is missing or has another shape.
  public init(
    _ graph: Graph, parameters: ParameterValues, backend: Backend, threadCount: Int
  ) throws {
    let constants = try ConstantValues(graph, parameters: parameters)
    let plan = MemoryPlan(graph, constants: graph.constantValues)
    let memory = SessionMemory(graph, plan: plan, constants: constants)
    self.graph = graph
    self.plan = plan
    self.memory = memory
    steps = Self.steps(graph, memory: memory, backend: backend, threadCount: threadCount)
    pool = ThreadPool(threadCount: threadCount)
    let scratchCount = steps.map(\.prepared.scratchCount).max() ?? 0
    scratch = (0..<threadCount).map { _ in SessionMemory.allocate(scratchCount) }
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

  /// Gives the memory of an input, to be filled before `compute()`.
  ///
  /// - Precondition: the graph has an input of this name.
  public func withUnsafeInput<R>(
    _ name: String, _ body: (UnsafeMutableBufferPointer<Float>) throws -> R
  ) rethrows -> R {
    guard let value = graph.value(named: name), graph[value].source == .input else {
      preconditionFailure("the graph has no input called \(name)")
    }
    let view = memory.view(of: value)
    return try body(UnsafeMutableBufferPointer(start: view.base, count: view.shape.count))
  }

  /// Runs all steps on what the inputs' memory holds; the inputs stay as they are.
  public func compute() {
    for step in steps { run(step) }
  }

  /// Gives an output's elements after `compute()`: pixels one after the other, channels adjacent.
  ///
  /// - Precondition: the graph has an output of this name.
  public func output(_ name: String) -> Tensor<Float> {
    guard let output = graph.outputs.first(where: { $0.name == name }) else {
      preconditionFailure("the graph has no output called \(name)")
    }
    return tensor(output.value)
  }

  /// Runs all steps and says how long each took, in milliseconds.
  public func timedCompute() -> [Double] {
    let clock = ContinuousClock()
    return steps.map { step in
      let duration = clock.measure { run(step) }
      return duration / .milliseconds(1)
    }
  }

  private func run(_ step: Step) {
    let kernel = step.prepared
    pool.run(bandCount: kernel.bandCount) { band, thread in
      // A scratch of no elements has no address; no kernel that asks for none touches it.
      kernel.run(band, scratch[thread].baseAddress ?? memory.anyAddress)
    }
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

  private func tensor(_ value: Graph.Value) -> Tensor<Float> {
    let view = memory.view(of: value)
    var result = Tensor<Float>(view.shape)
    result.withUnsafeMutableElements { memory in
      let channels = view.shape.channels
      for pixel in 0..<(view.shape.count / channels) {
        for channel in 0..<channels {
          memory[pixel * channels + channel] = view.base[pixel * view.pixelStride + channel]
        }
      }
    }
    return result
  }

  private static func steps(
    _ graph: Graph, memory: SessionMemory, backend: Backend, threadCount: Int
  ) -> [Step] {
    let constants = graph.constantValues
    return graph.values.compactMap { value -> Step? in
      guard
        !constants.contains(value),
        case .operation(let operation, let operands) = graph[value].source,
        operation.kind != .channelSlice
      else { return nil }
      let prepared = backend.prepare(
        operation, operands: operands.map(memory.view), result: memory.view(of: value),
        threads: threadCount)
      guard prepared.bandCount > 0 else { return nil }
      return Step(node: graph[value].name, cost: graph.cost(of: value), prepared: prepared)
    }
  }
}
