import PointClouds

/// The points of one scan as one protocol scores them.
struct ScoredPoints {
  /// What stands for no class.
  static let none = -1

  /// The position of each point's class; `none` where it is not scored.
  let truth: [Int]
  /// The position of the class that each scored point was predicted as; `none` where that is no class.
  let prediction: [Int]
  /// Distances from the sensor in metres.
  let ranges: [Double]
  /// What became of the points.
  let counts: PointCounts

  /// - Precondition: there are as many labels as points.
  init(_ scan: EvaluatedScan, under item: EvaluationProtocol, labelMap: LabelMap) {
    let cloud = scan.cloud
    let restPosition = labelMap.restPosition ?? Self.none
    var truth = [Int](repeating: Self.none, count: cloud.count)
    var prediction = truth
    var counts = PointCounts()
    let ranges = (0..<cloud.count).map { Self.range(cloud.x[$0], cloud.y[$0], cloud.z[$0]) }
    counts.points = UInt64(cloud.count)
    for index in 0..<cloud.count {
      switch labelMap.meaning(of: scan.truth[index].semantic) {
      case .ignored: continue
      case .unknown: counts.unknownTruth += 1
      case .index(let position):
        guard item.includes(x: cloud.x[index], y: cloud.y[index], range: ranges[index]) else {
          continue
        }
        counts.scored += 1
        truth[index] = position
        switch labelMap.meaning(of: scan.prediction[index].semantic) {
        case .index(let position): prediction[index] = position
        case .ignored:
          counts.unlabelledPredictions += 1
          prediction[index] = restPosition
        case .unknown:
          counts.unknownPredictions += 1
          prediction[index] = restPosition
        }
      }
    }
    counts.ignored = counts.points - counts.scored
    (self.truth, self.prediction, self.ranges, self.counts) = (truth, prediction, ranges, counts)
  }

  /// The scored points among those that are `included`, by truth and prediction.
  func matrix(
    _ classes: [String], where isIncluded: (Int) -> Bool = { _ in true }
  ) -> ConfusionMatrix {
    var matrix = ConfusionMatrix(classes: classes)
    for index in truth.indices where truth[index] != Self.none && isIncluded(index) {
      let predicted = prediction[index]
      matrix.add(truth: truth[index], prediction: predicted == Self.none ? nil : predicted)
    }
    return matrix
  }

  /// In double precision, so that the square of a far coordinate is not infinite.
  private static func range(_ x: Float, _ y: Float, _ z: Float) -> Double {
    let (x, y, z) = (Double(x), Double(y), Double(z))
    return (x * x + y * y + z * z).squareRoot()
  }
}
