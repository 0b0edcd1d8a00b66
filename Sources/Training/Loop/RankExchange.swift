package import Graphs
package import Ranks

/// Shares gradients with other machines by MPI, while the rest of the gradients is computed.
package final class RankExchange: GradientExchange {
  private let ranks: Ranks
  private var pending: [PendingSum] = []

  package init(_ ranks: Ranks) {
    self.ranks = ranks
  }

  package func average(
    _ mean: RankMean, _ values: UnsafeMutableBufferPointer<Float>
  ) throws {
    try withUnsafeTemporaryAllocation(of: Double.self, capacity: values.count) { sums in
      _ = sums.initialize(fromContentsOf: values.map(Double.init))
      let half = values.count / 2
      // Variances add up as mean squares.
      if mean == .moments { for i in 0..<half { sums[half + i] += sums[i] * sums[i] } }
      try ranks.sum(sums)
      for index in sums.indices { sums[index] /= Double(ranks.count) }
      if mean == .moments {
        for i in 0..<half { sums[half + i] = max(sums[half + i] - sums[i] * sums[i], 0) }
      }
      for index in sums.indices { values[index] = Float(sums[index]) }
    }
  }

  package func start(summing values: UnsafeMutableBufferPointer<Float>) throws {
    // Sums that were begun move on only while MPI is called.
    for sum in pending { _ = try sum.test() }
    pending.append(try ranks.startSum(values))
  }

  package func finish() throws {
    for sum in pending { try sum.wait() }
    pending = []
  }

  package func sum(_ value: Double) throws -> Double { try ranks.sum(value) }
}
