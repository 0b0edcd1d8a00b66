import PointClouds

/// The counts of one scan under one protocol.
struct ScanCount {
  let evaluationProtocol: EvaluationProtocol
  let labelMap: LabelMap
  let restPosition: Int?
  var counts = PointCounts()
  var matrix: ConfusionMatrix
  var ranges: [ConfusionMatrix]

  init(of evaluationProtocol: EvaluationProtocol, labelMap: LabelMap, restPosition: Int?) {
    self.evaluationProtocol = evaluationProtocol
    self.labelMap = labelMap
    self.restPosition = restPosition
    matrix = ConfusionMatrix(classes: labelMap.classes.map(\.name))
    ranges = Array(repeating: matrix, count: evaluationProtocol.rangeCount)
  }

  /// - Precondition: there are as many labels as points.
  mutating func count(_ cloud: PointCloud, truth: [PointLabel], prediction: [PointLabel]) {
    counts.points += UInt64(cloud.count)
    for index in 0..<cloud.count {
      switch labelMap.meaning(of: truth[index].semantic) {
      case .ignored: break
      case .unknown: counts.unknownTruth += 1
      case .index(let position):
        let range = Self.range(cloud.x[index], cloud.y[index], cloud.z[index])
        guard evaluationProtocol.includes(x: cloud.x[index], y: cloud.y[index], range: range) else {
          break
        }
        let predicted = self.position(ofPrediction: prediction[index])
        counts.scored += 1
        matrix.add(truth: position, prediction: predicted)
        if let part = EvaluationProtocol.rangePosition(range) {
          ranges[part].add(truth: position, prediction: predicted)
        }
      }
    }
    counts.ignored = counts.points - counts.scored
  }

  private mutating func position(ofPrediction label: PointLabel) -> Int? {
    switch labelMap.meaning(of: label.semantic) {
    case .index(let position): return position
    case .ignored: counts.unlabelledPredictions += 1
    case .unknown: counts.unknownPredictions += 1
    }
    return restPosition
  }

  /// In double precision, so that the square of a far coordinate is not infinite.
  private static func range(_ x: Float, _ y: Float, _ z: Float) -> Double {
    let (x, y, z) = (Double(x), Double(y), Double(z))
    return (x * x + y * y + z * z).squareRoot()
  }
}
