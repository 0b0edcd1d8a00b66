import Networks

/// What depends on the candidates of which places.
extension SearchSpace {
  /// The places that decide together what a node of the network computes: the block's own, if it is one's, and
  /// widths.
  func placesDeciding(node: String) -> [Int] {
    let own = configuration.places.firstIndex { node.hasPrefix("\($0.name)/") }
    let widths = configuration.widthsDeciding(configuration.partsDeciding(node: node))
    let positions = widths.compactMap { configuration.partsToChoose.firstIndex(of: $0) }
    return [own].compactMap(\.self) + positions.map { configuration.places.count + $0 }
  }

  /// Whether none of the places belongs to a stage that is left out.
  func areThere(_ places: [Int], in choices: [Int]) -> Bool {
    places.filter { $0 >= configuration.places.count }.allSatisfy { place in
      let part = configuration.partsToChoose[place - configuration.places.count]
      return configuration[part].candidates[choices[place]] > 0
    }
  }

  /// All such places, each list once.
  var placesDecidingTogether: [[Int]] {
    let transitions = configuration.stages.indices.map { "stage\($0 + 1)_enter" }
    let places = configuration.places.map { "\($0.name)/" }
    let nodes = places + ["stem", "head_skip", "head_enlarge", "scores"] + transitions
    return Array(Set(nodes.map(placesDeciding))).sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Networks that together have each combination of candidates of these places.
  func choicesCovering(_ lists: [[Int]]) -> [[Int]] {
    var known: [[Int]: Set<[Int]>] = [:]
    var found: [[Int]] = []
    for list in lists {
      for candidates in combinations(of: list)
      where known[list]?.contains(candidates) != true {
        let choices = choices(with: candidates, at: list)
        for other in lists { known[other, default: []].insert(other.map { choices[$0] }) }
        found.append(choices)
      }
    }
    return found
  }

  private func combinations(of list: [Int]) -> [[Int]] {
    list.reduce([[]]) { all, place in
      all.flatMap { some in places[place].candidates.indices.map { some + [$0] } }
    }
  }

  /// Choices with these candidates at these places; elsewhere blocks and widths of the same positions, so that
  /// few networks have all of them.
  private func choices(with candidates: [Int], at list: [Int]) -> [Int] {
    let given = Dictionary(uniqueKeysWithValues: zip(list, candidates))
    let blockCount = configuration.places.count
    let block = zip(list, candidates).first { $0.0 < blockCount }?.1 ?? 0
    let width = zip(list, candidates).first { $0.0 >= blockCount }?.1 ?? 0
    return places.enumerated().map { index, place in
      if let choice = given[index] { return choice }
      guard index >= blockCount else { return min(block, place.candidates.count - 1) }
      return present(min(width, place.candidates.count - 1), at: index - blockCount)
    }
  }

  /// A width by its position, or one that is no missing stage.
  private func present(_ choice: Int, at position: Int) -> Int {
    let candidates = configuration[configuration.partsToChoose[position]].candidates
    return candidates[choice] > 0 ? choice : candidates.firstIndex { $0 > 0 } ?? choice
  }
}
