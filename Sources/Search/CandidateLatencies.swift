/// What each candidate costs at each place, what some cost together, and what the rest of the network costs.
public struct CandidateLatencies: Equatable, Sendable {
  /// What is there only where several places have certain candidates: a block in a stage of some width.
  public struct Term: Equatable, Sendable {
    /// The places, two or more.
    public let places: [Int]
    /// What each candidate of these places costs together; nothing where it is not there at all.
    public let costs: [[Int]: Double]

    /// The keys of `costs` in an order that is always the same, for sums that are.
    let combinations: [[Int]]

    /// A term; see the properties.
    public init(places: [Int], costs: [[Int]: Double]) {
      (self.places, self.costs) = (places, costs)
      combinations = costs.keys.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// What the term adds on average, by the shares of each place's candidates.
    func expected(_ shares: [[Double]]) -> Double {
      combinations.reduce(0) { sum, candidates in
        sum + zip(places, candidates).reduce(costs[candidates] ?? 0) { $0 * shares[$1.0][$1.1] }
      }
    }
  }

  /// One list for each place, in its candidates' order.
  public let byPlace: [[Double]]
  /// What depends on several places at once.
  public let terms: [Term]
  /// The places on which it depends what candidates cost at others: the widths.
  public let deciding: [Int]
  /// Whatever stands between the places.
  public let rest: Double
  /// What all figures are in.
  public let unit: String

  /// Latencies; see the properties.
  public init(
    byPlace: [[Double]], terms: [Term] = [], deciding: [Int] = [], rest: Double, unit: String = "ms"
  ) {
    (self.byPlace, self.terms, self.deciding, self.rest) = (byPlace, terms, deciding, rest)
    self.unit = unit
  }

  /// What a network takes.
  public func total(of choices: [Int]) -> Double {
    let alone = zip(byPlace, choices).reduce(rest) { $0 + $1.0[$1.1] }
    return terms.reduce(alone) { sum, term in
      sum + (term.costs[term.places.map { choices[$0] }] ?? 0)
    }
  }

  /// The least and the most that any network takes.
  public var range: ClosedRange<Double> {
    let ranges = decisions.map { decision in
      let left = given(decision)
      let least = left.byPlace.reduce(left.rest) { $0 + ($1.min() ?? 0) }
      let most = left.byPlace.reduce(left.rest) { sum, costs in
        sum + (costs.filter { $0 < .infinity }.max() ?? 0)
      }
      return (least, most)
    }
    let (least, most) = (ranges.map(\.0).min() ?? rest, ranges.map(\.1).max() ?? rest)
    return least...max(least, most)
  }

  /// What networks take on average, by the shares of each place's candidates.
  public func expected(_ shares: [[Double]]) -> Double {
    let alone = zip(byPlace, shares).reduce(rest) { sum, place in
      sum + zip(place.0, place.1).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return terms.reduce(alone) { $0 + $1.expected(shares) }
  }

  /// What each candidate costs on average if the other places have these shares, and the rest that makes the sum
  /// over all places and shares what is expected.
  ///
  /// The expected latency is linear in each place's shares, so these are its derivatives.
  func linear(at shares: [[Double]]) -> CandidateLatencies {
    var (byPlace, rest) = (byPlace, rest)
    for term in terms {
      rest -= Double(term.places.count - 1) * term.expected(shares)
      for candidates in term.combinations {
        for (position, place) in term.places.enumerated() {
          var part = term.costs[candidates] ?? 0
          for (other, candidate) in zip(term.places, candidates) where other != place {
            part *= shares[other][candidate]
          }
          byPlace[place][candidates[position]] += part
        }
      }
    }
    return CandidateLatencies(byPlace: byPlace, rest: rest, unit: unit)
  }
}

extension CandidateLatencies {
  /// All choices of the deciding places, in their order.
  var decisions: [[Int]] {
    deciding.reduce([[]]) { all, place in
      all.flatMap { choices in byPlace[place].indices.map { choices + [$0] } }
    }
  }

  /// What is left to choose once the deciding places have these candidates: their others cost infinitely much, as do
  /// all but the first candidates of places that are not there.
  func given(_ decision: [Int]) -> CandidateLatencies {
    let decided = Dictionary(uniqueKeysWithValues: zip(deciding, decision))
    var (byPlace, rest) = (byPlace, rest)
    for (place, choice) in decided {
      for other in byPlace[place].indices where other != choice {
        byPlace[place][other] = .infinity
      }
    }
    for term in terms {
      let open = term.places.filter { decided[$0] == nil }
      guard let place = open.first else {
        rest += term.costs[term.places.compactMap { decided[$0] }] ?? 0
        continue
      }
      var candidates = term.places.map { decided[$0] ?? 0 }
      guard let position = term.places.firstIndex(of: place) else { continue }
      for index in byPlace[place].indices {
        candidates[position] = index
        if let cost = term.costs[candidates] {
          byPlace[place][index] += cost
        } else if index > 0 {
          byPlace[place][index] = .infinity
        }
      }
    }
    return CandidateLatencies(byPlace: byPlace, rest: rest, unit: unit)
  }

  /// Whether a place is there once the deciding places have these candidates.
  func isThere(_ place: Int, given decision: [Int]) -> Bool {
    let decided = Dictionary(uniqueKeysWithValues: zip(deciding, decision))
    guard decided[place] == nil else { return true }
    let own = terms.filter { $0.places.contains(place) }
    return own.isEmpty
      || own.contains { term in
        term.costs.keys.contains { candidates in
          zip(term.places, candidates).allSatisfy { $0 == place || decided[$0] == $1 }
        }
      }
  }
}
