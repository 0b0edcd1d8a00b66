import Graphs
public import Kernels

/// What the kernels that could compute a node took, in milliseconds; the shipped choice comes first.
public struct KernelTiming: Sendable {
  /// The node's name.
  public let node: String
  /// What it is remembered by.
  public let key: String
  /// Each candidate with its best time.
  public let candidates: [(variant: KernelVariant, milliseconds: Double)]

  /// The fastest; another than the shipped choice must be faster by a 30th, or noise would choose.
  public var best: KernelVariant? {
    guard let shipped = candidates.first,
      let fastest = candidates.min(by: { $0.milliseconds < $1.milliseconds })
    else { return nil }
    return fastest.milliseconds < shipped.milliseconds * (1 - 1 / 30.0)
      ? fastest.variant : shipped.variant
  }
}

extension Session {
  /// Times every kernel that could compute a node, in turn, on the memory and threads that it would run on.
  ///
  /// What the session last computed is lost.
  ///
  /// - Parameters:
  ///   - rounds: how often each kernel runs; the best time counts.
  ///   - progress: called after each node with the share that is done, 0 to 1.
  /// - Returns: the times of each node that several kernels could compute.
  public func timeKernels(rounds: Int, progress: (Double) -> Void) -> [KernelTiming] {
    compute()
    let values = graph.values
    return values.compactMap { value in
      defer { progress(Double(value.position + 1) / Double(values.count)) }
      guard let job = preparation.job(value, of: graph) else { return nil }
      let variants = preparation.backend.variants(
        of: job.operation, operands: job.operands, result: job.result)
      guard variants.count > 1 else { return nil }
      let kernels = variants.map { preparation.kernel(job, $0) }
      let times = bestTimes(kernels, rounds: rounds)
      return KernelTiming(
        node: graph[value].name, key: preparation.key(of: job),
        candidates: zip(variants, times).map { ($0, $1) })
    }
  }

  private func bestTimes(_ kernels: [PreparedKernel], rounds: Int) -> [Double] {
    let clock = ContinuousClock()
    let count = kernels.map(\.scratchCount).max() ?? 0
    let scratch = (0..<pool.threadCount).map { _ in SessionMemory.allocate(count) }
    defer { for part in scratch { part.deallocate() } }
    var best = kernels.map { _ in Double.infinity }
    for _ in 0..<max(1, rounds) {
      for (index, kernel) in kernels.enumerated() {
        let duration = clock.measure { run(kernel, scratch) }
        best[index] = min(best[index], duration / .milliseconds(1))
      }
    }
    return best
  }
}
