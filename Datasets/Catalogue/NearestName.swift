/// The name among `candidates` that takes the fewest edits to reach from `name`, if those are few
/// enough that it may have been meant.
package func nearestName(to name: String, among candidates: [String]) -> String? {
  let ranked = candidates.map { (name: $0, edits: editCount(from: name, to: $0)) }
  guard let best = ranked.min(by: { $0.edits < $1.edits }) else { return nil }
  return best.edits <= max(2, best.name.count / 2) ? best.name : nil
}

/// Levenshtein's distance without regard to case: insertions, deletions and replacements.
private func editCount(from first: String, to second: String) -> Int {
  // A name longer than this is no slip of the keyboard, and the table grows with the square.
  let (first, second) = (first.prefix(64).lowercased(), second.prefix(64).lowercased())
  let target = Array(second)
  var previous = Array(0...target.count)
  for (row, letter) in first.enumerated() {
    var current = [row + 1]
    for (column, other) in target.enumerated() {
      let replaced = previous[column] + (letter == other ? 0 : 1)
      current.append(min(replaced, previous[column + 1] + 1, current[column] + 1))
    }
    previous = current
  }
  return previous[target.count]
}
