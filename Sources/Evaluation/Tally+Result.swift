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
      labelMap: labelMap.name, classes: classes, scans: scanCount,
      headline: protocols[0].rawValue, counts: headline,
      coverage: counted[0].coverage.result(classes),
      bootstrap: bootstrap, protocols: Dictionary(results) { first, _ in first },
      worstScans: Array(
        counted[0].scans.map(ScanScores.init).filter { $0.wrong > 0 }
          .sorted(by: ScanScores.isWorse).prefix(10)))
  }

  private var classes: [String] { labelMap.classes.map(\.name) }

  private func result(of counted: ProtocolCount, bootstrap: Bootstrap) -> ProtocolResult {
    let drives = counted.drives
    let total = drives.map(\.matrix).sum ?? ConfusionMatrix(classes: classes)
    return ProtocolResult(
      counts: counted.counts, points: scores(of: counted, total, bootstrap),
      coverage: counted.coverage.result(classes), pixels: counted.pixels.result(labelMap),
      vansIgnored: counted.vansIgnored.result(labelMap),
      shellIgnored: counted.shellIgnored.result(labelMap), boxes: counted.objects.result(labelMap),
      calibration: counted.calibration.result(classes),
      ranges: counted.ranges.enumerated().map { index, matrix in
        let limits = EvaluationProtocol.rangeLimits
        return RangeScores(
          from: limits[index], to: index + 1 < limits.count ? limits[index + 1] : nil,
          scored: matrix.scored, iou: labelMap.named(matrix.iou))
      },
      drives: drives.map { drive in
        DriveScores(
          name: drive.name, scans: drive.scans, scored: drive.matrix.scored,
          iou: labelMap.named(drive.matrix.iou))
      },
      confusion: Confusion(total))
  }

  private func scores(
    of counted: ProtocolCount, _ total: ConfusionMatrix, _ bootstrap: Bootstrap
  ) -> PointScores {
    let drives = counted.drives.map(\.matrix)
    return PointScores(
      iou: labelMap.named(total.iou), precision: labelMap.named(total.precision),
      recall: labelMap.named(total.recall),
      meanOfAll: total.meanIoU(over: Array(total.classes.indices)),
      interval: intervals(of: drives, bootstrap),
      intervalOverScans: intervals(of: counted.sortedScans.map(\.matrix), bootstrap),
      meanOverDrives: labelMap.named { position in
        mean(drives.filter { $0.truthCount(position) > 0 }.compactMap { $0.iou(position) })
      })
  }

  private func intervals(
    of parts: [ConfusionMatrix], _ bootstrap: Bootstrap
  ) -> [String: [Double]?] {
    let intervals = bootstrap.intervals(of: parts, measures: labelMap.measures)
    return Dictionary(uniqueKeysWithValues: zip(classes + ["mean"], intervals))
  }
}

extension LabelMap {
  /// The IoU of each class, and their mean over the objects.
  var measures: [(ConfusionMatrix) -> Double?] {
    let objects = objectPositions
    return classes.indices.map { position in { $0.iou(position) } }
      + [{ $0.meanIoU(over: objects) }]
  }
}
