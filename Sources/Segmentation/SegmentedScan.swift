public import PointClouds
public import RangeImages

/// One label per point, and how it came about.
public struct SegmentedScan: Sendable {
  /// One label per point in the order of the points; `.unlabelled` where a point has no cell.
  public let labels: [PointLabel]
  /// The probability of each point's class, 0...1; 0 where a point is unlabelled.
  public let confidence: [Float]
  /// The class of each cell, row by row; meaningful where the cell holds a point.
  public let cellClasses: [UInt8]
  /// The probability of each cell's class, 0...1, row by row.
  public let cellConfidence: [Float]
  /// The range image that the network saw, and what became of each point.
  public let projection: Projection
  /// How many points have which class, by the class's position in the label map.
  public let classCounts: [Int]
  /// How many points are unlabelled: outside the model's window, or without a position.
  public let unlabelledCount: Int
  /// How long each stage took, in milliseconds.
  public let durations: StageDurations

  /// The mean confidence of the points that have a label, 0...1; 0 where none has.
  public var meanConfidence: Float {
    let known = confidence.filter { $0 > 0 }
    return known.isEmpty ? 0 : known.reduce(0, +) / Float(known.count)
  }
}

/// How long the stages of segmenting one scan took, in milliseconds.
public struct StageDurations: Sendable, Codable {
  /// Points to range image.
  public var projection = 0.0
  /// Range image to scores.
  public var network = 0.0
  /// Scores to a label for every point.
  public var carrying = 0.0
}
