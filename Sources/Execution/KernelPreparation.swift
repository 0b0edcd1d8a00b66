import Graphs
import Kernels

/// Makes kernels for the nodes of a graph whose values have their places.
struct KernelPreparation {
  let memory: SessionMemory
  let constants: Set<Graph.Value>
  let backend: Backend
  let threadCount: Int

  /// A value that is computed, what computes it, and from what.
  struct Job {
    let operation: Operation
    let operands: [ValueView]
    let result: ValueView
    let weightsAreFixed: Bool
  }

  /// What is to be done for a value; nothing for constants, what is given, and views of others.
  func job(_ value: Graph.Value, of graph: Graph) -> Job? {
    guard
      !constants.contains(value),
      case .operation(let operation, let operands) = graph[value].source,
      operation.kind != .channelSlice
    else { return nil }
    return Job(
      operation: operation, operands: operands.map(memory.view), result: memory.view(of: value),
      weightsAreFixed: operands.count < 2 || constants.contains(operands[1]))
  }

  /// What a job is remembered by.
  func key(of job: Job) -> String {
    KernelSelection.key(
      job.operation, operands: job.operands, result: job.result, backend: backend,
      threads: threadCount)
  }

  func kernel(_ job: Job, _ variant: KernelVariant?) -> PreparedKernel {
    backend.prepare(
      job.operation, operands: job.operands, result: job.result, threads: threadCount,
      weightsAreFixed: job.weightsAreFixed, variant: variant)
  }

  /// The step that computes a value; nothing where there is nothing to do.
  func step(
    _ value: Graph.Value, of graph: Graph, _ selection: KernelSelection
  ) -> Session.Step? {
    guard let job = job(value, of: graph) else { return nil }
    let candidates = backend.variants(
      of: job.operation, operands: job.operands, result: job.result)
    let chosen = candidates.isEmpty ? nil : selection.variants[key(of: job)]
    let prepared = kernel(job, chosen.flatMap { candidates.contains($0) ? $0 : nil })
    guard prepared.bandCount > 0, let unit = LatencyUnit(value, of: graph) else { return nil }
    let rankMean: RankMean? = if case .rankMean(let mean) = job.operation { mean } else { nil }
    return Session.Step(
      node: graph[value].name, cost: graph.cost(of: value), unit: unit, prepared: prepared,
      rankMean: rankMean, position: value.position)
  }
}
