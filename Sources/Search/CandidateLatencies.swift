public import Execution
import Graphs
public import Kernels
import Networks

/// What each block costs at each place, and what the rest of the network costs, by a table.
public struct CandidateLatencies: Equatable, Sendable {
  /// One list for each place, in its blocks' order.
  public let byPlace: [[Double]]
  /// Whatever stands between the places.
  public let rest: Double

  /// Latencies; see the properties.
  public init(byPlace: [[Double]], rest: Double) {
    (self.byPlace, self.rest) = (byPlace, rest)
  }

  /// Sums up a table's entries.
  ///
  /// - Parameters:
  ///   - space: the networks.
  ///   - table: measured for this space.
  ///   - backend: whose kernels networks are planned for.
  ///   - threadCount: on how many threads they run.
  /// - Throws: `ExecutionError` naming units that the table lacks.
  public init(
    of space: SearchSpace, by table: LatencyTable, backend: Backend, threadCount: Int
  ) throws {
    let places = space.places
    var byPlace = places.map { Array(repeating: 0.0, count: $0.candidates.count) }
    var rest = 0.0
    for (number, choices) in space.coveringChoices(randomCount: 0, seed: 0).enumerated() {
      let steps = try space.session(choices, backend: backend, threadCount: threadCount).steps
      for (position, place) in places.enumerated() where number < place.candidates.count {
        let own = steps.filter { $0.node.hasPrefix("\(place.name)/") }
        byPlace[position][number] = try table.prediction(for: own.map(\.unit))
      }
      guard number == 0 else { continue }
      let others = steps.filter { step in
        !places.contains { step.node.hasPrefix("\($0.name)/") }
      }
      rest = try table.prediction(for: others.map(\.unit))
    }
    self.init(byPlace: byPlace, rest: rest)
  }

  /// What a network takes.
  public func total(of choices: [Int]) -> Double {
    zip(byPlace, choices).reduce(rest) { $0 + $1.0[$1.1] }
  }

  /// The least and the most that any network takes.
  public var range: ClosedRange<Double> {
    let least = byPlace.reduce(rest) { $0 + ($1.min() ?? 0) }
    let most = byPlace.reduce(rest) { $0 + ($1.max() ?? 0) }
    return least...most
  }

  /// What networks take on average, by the shares of each place's blocks.
  public func expected(_ shares: [[Double]]) -> Double {
    zip(byPlace, shares).reduce(rest) { sum, place in
      sum + zip(place.0, place.1).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }
}
