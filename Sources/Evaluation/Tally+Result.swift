import PointClouds

extension Tally {
  /// What was counted, as scores.
  ///
  /// - Throws: `empty` where no scan was counted, or the headline protocol scored no point.
  public func result(bootstrap: Bootstrap = Bootstrap()) throws(EvaluationError) -> EvaluationResult
  {
    guard scanCount > 0 else {
      throw EvaluationError(.empty, "no scan was scored", remedy: "Name scans that have labels.")
    }
    let headline = counted[0].counts
    guard headline.scored > 0 else {
      throw EvaluationError(
        .empty, "none of \(headline.points) points can be scored by \(protocols[0].rawValue)",
        remedy: headline.unknownTruth > 0
          ? "Name the label map of these labels: \(headline.unknownTruth) points have unknown ids."
          : "Name scans with labelled points, or another protocol.")
    }
    let results = zip(protocols, counted).map { item, counted in
      (item.rawValue, result(of: counted, bootstrap: bootstrap))
    }
    return EvaluationResult(
      labelMap: labelMap.name, classes: labelMap.classes.map(\.name), scans: scanCount,
      headline: protocols[0].rawValue, counts: headline, bootstrap: bootstrap,
      protocols: Dictionary(results) { first, _ in first })
  }

  private func result(of counted: Counted, bootstrap: Bootstrap) -> ProtocolResult {
    let drives = counted.drives.sorted { $0.key < $1.key }
    var total = ConfusionMatrix(classes: labelMap.classes.map(\.name))
    for drive in drives { total += drive.value }
    return ProtocolResult(
      counts: counted.counts,
      points: scores(of: total, drives: drives.map(\.value), bootstrap: bootstrap),
      ranges: counted.ranges.enumerated().map { index, matrix in
        let limits = EvaluationProtocol.rangeLimits
        return RangeScores(
          from: limits[index], to: index + 1 < limits.count ? limits[index + 1] : nil,
          scored: matrix.scored, iou: iou(of: matrix))
      },
      drives: drives.map { name, matrix in
        DriveScores(
          name: name, scans: counted.scansOfDrive[name] ?? 0, scored: matrix.scored,
          iou: iou(of: matrix))
      },
      confusion: Confusion(total))
  }

  private func scores(
    of total: ConfusionMatrix, drives: [ConfusionMatrix], bootstrap: Bootstrap
  ) -> PointScores {
    let objects = labelMap.objectPositions
    var measures: [(ConfusionMatrix) -> Double?] = total.classes.indices.map { position in
      { $0.iou(position) }
    }
    measures.append { $0.meanIoU(over: objects) }
    let intervals = bootstrap.intervals(of: drives, measures: measures).map { interval in
      interval.map { [$0.lowerBound, $0.upperBound] }
    }
    return PointScores(
      iou: iou(of: total), precision: named(total.precision), recall: named(total.recall),
      meanOfAll: total.meanIoU(over: Array(total.classes.indices)),
      interval: Dictionary(uniqueKeysWithValues: zip(total.classes + ["mean"], intervals)),
      meanOverDrives: named { position in
        mean(drives.filter { $0.truthCount(position) > 0 }.compactMap { $0.iou(position) })
      })
  }

  private func iou(of matrix: ConfusionMatrix) -> [String: Double?] { named(matrix.iou) }

  /// A measure by class name, and its mean over the objects for which it is defined.
  private func named(_ measure: (Int) -> Double?) -> [String: Double?] {
    let values = labelMap.classes.indices.map(measure)
    let names = labelMap.classes.map(\.name)
    var named: [String: Double?] = Dictionary(uniqueKeysWithValues: zip(names, values))
    named["mean"] = .some(mean(labelMap.objectPositions.compactMap { values[$0] }))
    return named
  }
}
