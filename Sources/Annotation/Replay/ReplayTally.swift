/// Collects how objects were annotated.
struct ReplayTally {
  private struct Row {
    var outcomes: [IdealAnnotator.Scores] = []
    var effort = Effort()
    var accepted = 0
  }

  private var rows: [ObjectClass: Row] = [:]

  /// Adds an object.
  mutating func add(_ outcome: IdealAnnotator.Outcome, as objectClass: ObjectClass) {
    rows[objectClass, default: Row()].outcomes.append(outcome.scores)
    rows[objectClass, default: Row()].effort += outcome.effort
    let isAccepted = outcome.scores.arePointsRight && outcome.scores.isBoxRight
    rows[objectClass, default: Row()].accepted += isAccepted ? 1 : 0
  }

  /// Adds the deletion of an object that was none.
  mutating func addDeletion(as objectClass: ObjectClass) {
    rows[objectClass, default: Row()].effort.deletions += 1
  }

  /// A row for each class that occurs, in the order of the classes.
  var result: [ReplayResult.Row] {
    ObjectClass.allCases.compactMap { objectClass in
      rows[objectClass].map { row in
        let scores = row.outcomes
        return ReplayResult.Row(
          objectClass: objectClass, objects: scores.count, accepted: row.accepted,
          effort: row.effort,
          operationsPerObject: Double(row.effort.total) / Double(max(1, scores.count)),
          pointIoU: median(scores.map(\.points.overlap)) ?? 0,
          pointIoUWithGround: median(scores.map(\.pointsWithGround.overlap)) ?? 0,
          pointPrecision: mean(scores.map(\.points.precision)) ?? 0,
          pointRecall: mean(scores.map(\.points.recall)) ?? 0,
          boxes: scores.count { $0.box != nil },
          boxIoUFromAbove: median(scores.compactMap(\.boxFromAbove)),
          boxIoU: median(scores.compactMap(\.box)))
      }
    }
  }
}

/// The middle one of some numbers, or the mean of the two in the middle; nothing of none.
func median(_ numbers: [Double]) -> Double? {
  guard !numbers.isEmpty else { return nil }
  let sorted = numbers.sorted()
  return (sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2
}

func mean(_ numbers: [Double]) -> Double? {
  numbers.isEmpty ? nil : numbers.reduce(0, +) / Double(numbers.count)
}
