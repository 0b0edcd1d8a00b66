import Datasets
import PointClouds

/// How many annotated objects were found.
///
/// An object is found where at least half of its points are rightly predicted. Its points are the scored
/// ones in its box whose truth is its class; one without any is not counted. Its range is their mean.
public struct ObjectScores: Equatable, Sendable, Codable {
  /// How many scans have boxes; the others are left out.
  public var scans: Int
  /// Objects of each class.
  public var count: [String: Int]
  /// Objects of each class that were found.
  public var found: [String: Int]
  /// The share that was found of each class, 0...1, and `mean`.
  public var recall: [String: Double?]
  /// The same by range, the nearest first.
  public var ranges: [Range]

  /// The objects within a range.
  public struct Range: Equatable, Sendable, Codable {
    /// Metres.
    public var from: Double
    /// Metres; null where there is no limit.
    @OrNull public var to: Double?
    /// Objects of each class.
    public var count: [String: Int]
    /// Objects of each class that were found.
    public var found: [String: Int]
    /// The share that was found of each class, 0...1, and `mean`.
    public var recall: [String: Double?]
  }
}

/// The objects of some scans by range and class.
struct ObjectCount: Equatable, Sendable, Codable {
  /// How many of the scans have boxes.
  private(set) var scans = 0
  private let classCount: Int
  /// `[ranges, K]`, row by row.
  private var counts: [Int]
  private var found: [Int]

  init(classCount: Int, rangeCount: Int) {
    self.classCount = classCount
    counts = Array(repeating: 0, count: classCount * rangeCount)
    found = counts
  }

  mutating func add(
    _ points: ScoredPoints, _ boxes: [ObjectBox], _ places: BoxPlaces, labelMap: LabelMap
  ) {
    scans += 1
    let classes = boxes.map { labelMap.objectPosition(of: $0.kind) }
    var parts = Array(repeating: (points: 0, hits: 0, range: 0.0), count: boxes.count)
    for (index, owner) in places.owners.enumerated() where owner >= 0 {
      guard let position = classes[owner], points.truth[index] == position else { continue }
      parts[owner].points += 1
      parts[owner].hits += points.prediction[index] == position ? 1 : 0
      parts[owner].range += points.ranges[index]
    }
    for (position, part) in zip(classes, parts) where part.points > 0 {
      guard let position,
        let range = EvaluationProtocol.rangePosition(part.range / Double(part.points))
      else { continue }
      counts[range * classCount + position] += 1
      if 2 * part.hits >= part.points { found[range * classCount + position] += 1 }
    }
  }

  static func += (sum: inout Self, other: Self) {
    sum.scans += other.scans
    for index in sum.counts.indices {
      sum.counts[index] += other.counts[index]
      sum.found[index] += other.found[index]
    }
  }

  /// The counts by name, or nothing where no scan has boxes.
  func result(_ labelMap: LabelMap) -> ObjectScores? {
    guard scans > 0 else { return nil }
    let limits = EvaluationProtocol.rangeLimits
    let rangeCount = counts.count / classCount
    let all = named(labelMap, 0..<rangeCount)
    return ObjectScores(
      scans: scans, count: all.count, found: all.found, recall: all.recall,
      ranges: (0..<rangeCount).map { range in
        let part = named(labelMap, range..<range + 1)
        return ObjectScores.Range(
          from: limits[range], to: range + 1 < limits.count ? limits[range + 1] : nil,
          count: part.count, found: part.found, recall: part.recall)
      })
  }

  private func named(
    _ labelMap: LabelMap, _ ranges: Swift.Range<Int>
  ) -> (count: [String: Int], found: [String: Int], recall: [String: Double?]) {
    func sum(_ values: [Int], _ position: Int) -> Int {
      ranges.reduce(0) { $0 + values[$1 * classCount + position] }
    }
    let objects = labelMap.objectPositions
    func byName(_ values: [Int]) -> [String: Int] {
      Dictionary(
        uniqueKeysWithValues: objects.map { (labelMap.classes[$0].name, sum(values, $0)) })
    }
    let recalls: [(String, Double?)] = objects.map { position in
      let count = sum(counts, position)
      let share = count == 0 ? nil : Double(sum(found, position)) / Double(count)
      return (labelMap.classes[position].name, share)
    }
    var recall = [String: Double?](uniqueKeysWithValues: recalls)
    recall["mean"] = .some(mean(recalls.compactMap(\.1)))
    return (byName(counts), byName(found), recall)
  }
}

extension LabelMap {
  /// The position of the class of KITTI's objects of this kind, or nothing where it is the rest's.
  fileprivate func objectPosition(of kind: KITTIClass) -> Int? {
    guard case .index(let position) = meaning(of: kind.semanticKITTI.semantic),
      position != restPosition
    else { return nil }
    return position
  }
}
