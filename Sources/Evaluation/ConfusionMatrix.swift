/// How often each class was taken for each other.
///
/// `counts[t * K + p]` is how many points of class `t` were predicted as class `p`; `missed[t]` is how
/// many were given no class at all. A matrix is added to point by point, and matrices of different
/// scans, drives or machines are summed.
public struct ConfusionMatrix: Equatable, Sendable, Codable {
  /// The names of the K classes.
  public let classes: [String]
  /// `[K, K]`: truth by prediction, row by row.
  public private(set) var counts: [UInt64]
  /// `[K]`: points of each class that were predicted as none.
  public private(set) var missed: [UInt64]

  /// An empty matrix.
  public init(classes: [String]) {
    self.classes = classes
    counts = Array(repeating: 0, count: classes.count * classes.count)
    missed = Array(repeating: 0, count: classes.count)
  }

  /// Counts points of class `truth` that were predicted as `prediction`, or as none.
  ///
  /// - Precondition: both are below the number of classes.
  public mutating func add(truth: Int, prediction: Int?, count: UInt64 = 1) {
    precondition(
      classes.indices.contains(truth) && classes.indices.contains(prediction ?? truth),
      "classes \(truth) and \(prediction ?? truth) of \(classes.count)")
    if let prediction {
      counts[truth * classes.count + prediction] += count
    } else {
      missed[truth] += count
    }
  }

  /// Adds another matrix's counts.
  ///
  /// - Precondition: both have the same classes.
  public static func += (matrix: inout Self, other: Self) {
    precondition(matrix.classes == other.classes, "\(matrix.classes) and \(other.classes) differ")
    for index in matrix.counts.indices { matrix.counts[index] += other.counts[index] }
    for index in matrix.missed.indices { matrix.missed[index] += other.missed[index] }
  }

  /// How many points were counted.
  public var scored: UInt64 { counts.reduce(0, +) + missed.reduce(0, +) }

  /// Points of the class that were predicted as it.
  public func truePositives(_ position: Int) -> UInt64 {
    counts[position * classes.count + position]
  }

  /// Points of other classes that were predicted as the class.
  public func falsePositives(_ position: Int) -> UInt64 {
    classes.indices.reduce(0) { $0 + counts[$1 * classes.count + position] }
      - truePositives(position)
  }

  /// Points of the class that were predicted as another, or as none.
  public func falseNegatives(_ position: Int) -> UInt64 {
    truthCount(position) - truePositives(position)
  }

  /// Points of the class.
  public func truthCount(_ position: Int) -> UInt64 {
    let row = position * classes.count
    return counts[row..<row + classes.count].reduce(0, +) + missed[position]
  }
}

extension ConfusionMatrix {
  /// Intersection over union of a class, 0...1: true positives of all points that are of the class or
  /// were predicted as it; nothing where there are none.
  public func iou(_ position: Int) -> Double? {
    ratio(position, falsePositives(position) + falseNegatives(position))
  }

  /// How many of the points predicted as the class are of it, 0...1; nothing where there are none.
  public func precision(_ position: Int) -> Double? { ratio(position, falsePositives(position)) }

  /// How many of the points of the class were predicted as it, 0...1; nothing where there are none.
  public func recall(_ position: Int) -> Double? { ratio(position, falseNegatives(position)) }

  /// The mean of `iou` over the classes at these positions.
  ///
  /// A class that occurs neither in truth nor in
  /// prediction has none and is left out; nothing where that leaves none.
  public func meanIoU(over positions: [Int]) -> Double? {
    mean(positions.compactMap(iou))
  }

  private func ratio(_ position: Int, _ others: UInt64) -> Double? {
    let hits = truePositives(position)
    return hits + others == 0 ? nil : Double(hits) / Double(hits + others)
  }
}

/// The mean, or nothing of nothing.
func mean(_ values: [Double]) -> Double? {
  values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
}
