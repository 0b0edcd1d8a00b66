public import Execution
import Graphs
public import Kernels
import Networks

extension CandidateLatencies {
  /// Sums up a table's entries.
  ///
  /// - Parameters:
  ///   - space: the networks.
  ///   - table: measured for this space.
  ///   - backend: whose kernels networks are planned for.
  /// - Throws: `ExecutionError` naming units that the table lacks.
  public init(
    of space: SearchSpace, by table: LatencyTable, backend: Backend
  ) throws {
    var costs: [[Int]: [[Int]: Double]] = [:]
    let lists = space.placesDecidingTogether
    for choices in space.choicesCovering(lists) {
      var units: [[Int]: [LatencyUnit]] = [:]
      for step in try space.session(choices, backend: backend, threadCount: 1).steps {
        units[space.placesDeciding(node: step.node), default: []].append(step.unit)
      }
      for places in lists where space.areThere(places, in: choices) {
        let candidates = places.map { choices[$0] }
        guard costs[places]?[candidates] == nil else { continue }
        costs[places, default: [:]][candidates] = try table.prediction(for: units[places] ?? [])
      }
    }
    self.init(
      costs, candidateCounts: space.places.map(\.candidates.count),
      blockCount: space.configuration.places.count, unit: table.unit)
  }

  /// - Parameters:
  ///   - costs: by the places that decide together, what each of their candidates costs.
  ///   - candidateCounts: of all places.
  ///   - blockCount: how many of them, the first ones, are blocks, which decide nothing for others.
  ///   - unit: the table's.
  private init(
    _ costs: [[Int]: [[Int]: Double]], candidateCounts: [Int], blockCount: Int, unit: String
  ) {
    var byPlace = candidateCounts.map { Array(repeating: 0.0, count: $0) }
    var terms: [Term] = []
    for (places, costs) in costs.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      if places.count > 1 {
        terms.append(Term(places: places, costs: costs))
      } else if let place = places.first {
        for (candidates, cost) in costs { byPlace[place][candidates[0]] += cost }
      }
    }
    let deciding = Set(terms.flatMap(\.places)).filter { $0 >= blockCount }
    self.init(
      byPlace: byPlace, terms: terms, deciding: deciding.sorted(),
      rest: costs[[]]?[[]] ?? 0, unit: unit)
  }
}
