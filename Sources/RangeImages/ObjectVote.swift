/// How the cells of one object settle on one class, one that an object of its size can have.
///
/// A network sees a near van in parts, and may take some for persons and some for a wall. Two rules
/// know better:
///
/// 1. No person is three metres wide. Among cells of classes of objects those hang together whose
///    points are within `reach`. Where such an object is wider than some of its cells' classes
///    allow, these take the class that most of its cells have among those that are wide enough, if
///    it has at least `minimumShare` of them. A crowd stays a crowd.
/// 2. What stands alone on the ground is one object. Cells more than `clearance` above the ground
///    hang together in the same way; where they are a thing of at most `largestWidth` and
///    `largestHeight`, and most of them have one class of objects, all have it.
///
/// Things of fewer than `minimumCells` cells are left as they are.
public struct ObjectVote: Equatable, Sendable {
  /// How wide an object of each class can be, in metres, by the class's position: 0 for classes that are
  /// no objects, infinite where there is no limit.
  public var widths: [Float]
  /// How far apart points of one object are at most, in metres.
  public var reach: Float = 0.35
  /// How high above the ground what stands on it begins, in metres.
  public var clearance: Float = 0.25
  /// The width and length of the largest thing that is one object, in metres: the diagonal of its
  /// horizontal box.
  public var largestWidth: Float = 8
  /// The height of the largest thing that is one object, in metres.
  public var largestHeight: Float = 3.5
  /// Things of fewer cells are left alone.
  public var minimumCells = 20
  /// The share of an object's cells, 0...1, that a class needs to be given to impossible ones.
  public var minimumShare = 0.3

  /// A vote among classes of these widths, with the defaults of everything else.
  public init(widths: [Float]) {
    precondition(widths.count <= 256 && widths.allSatisfy { $0 >= 0 })
    self.widths = widths
  }

  /// The classes of an image's cells once its objects have settled.
  ///
  /// - Parameters:
  ///   - labels: one class per cell, row by row, each the position of one of `widths`.
  ///   - projection: where the cells' points are.
  /// - Returns: one class per cell; those of empty cells are as they were.
  public func settled(_ labels: [UInt8], in projection: Projection) -> [UInt8] {
    let image = projection.image
    precondition(labels.count == image.count, "\(labels.count) labels for \(image.count) cells")
    var labels = labels
    let objects = cells(of: image) { widths[Int(labels[$0])] > 0 }
    guard !objects.isEmpty else { return labels }
    Things(objects, labels: labels, in: projection, by: self).settle(&labels) { thing in
      guard let most = mostVoted(of: thing), thing.votes[most] > 0 else { return nil }
      let share = Double(thing.votes[most]) / Double(thing.count)
      return share >= minimumShare ? UInt8(most) : nil
    } where: {
      widths[Int($0)] < $1.width
    }
    let ground = GroundHeights(image)
    let raised = cells(of: image) {
      image.z[$0] > ground.height(x: image.x[$0], y: image.y[$0]) + clearance
    }
    Things(raised, labels: labels, in: projection, by: self).settle(&labels) { thing in
      guard thing.width <= largestWidth, thing.height <= largestHeight else { return nil }
      guard let most = mostVoted(of: thing), 2 * Int(thing.votes[most]) >= thing.count else {
        return nil
      }
      return UInt8(most)
    } where: { _, _ in
      true
    }
    return labels
  }

  private func cells(of image: RangeImage, where isOne: (Int) -> Bool) -> [Int32] {
    var cells: [Int32] = []
    cells.reserveCapacity(image.count)
    for cell in 0..<image.count where image.pointIndex[cell] >= 0 && isOne(cell) {
      cells.append(Int32(cell))
    }
    return cells
  }

  /// The class of objects with most votes among those as wide as a thing, if there is one.
  private func mostVoted(of thing: Thing) -> Int? {
    var most: Int?
    for label in widths.indices where widths[label] > 0 && widths[label] >= thing.width {
      if thing.votes[label] > most.map({ thing.votes[$0] }) ?? -1 { most = label }
    }
    return most
  }
}

/// The things of enough cells that some cells of an image are parts of.
private struct Things {
  private let cells: [Int32]
  /// For each cell which of `things` it is of, or -1.
  private var thingOfCell: [Int32]
  private var things: [Thing] = []

  init(_ cells: [Int32], labels: [UInt8], in projection: Projection, by vote: ObjectVote) {
    let image = projection.image
    self.cells = cells
    thingOfCell = ConnectedCells(cells, in: projection, reach: vote.reach).objects
    var counts = [Int32](repeating: 0, count: cells.count)
    for first in thingOfCell { counts[Int(first)] += 1 }
    // From here on a first cell's count is its thing.
    for first in counts.indices {
      let isEnough = Int(counts[first]) >= vote.minimumCells
      counts[first] = isEnough ? Int32(things.count) : -1
      if isEnough { things.append(Thing(classCount: vote.widths.count)) }
    }
    for position in cells.indices {
      thingOfCell[position] = counts[Int(thingOfCell[position])]
      guard thingOfCell[position] >= 0 else { continue }
      let cell = Int(cells[position])
      things[Int(thingOfCell[position])].add(
        labels[cell], SIMD3(image.x[cell], image.y[cell], image.z[cell]))
    }
  }

  /// Gives each thing's cells for which `condition` holds the class that `rule` says, if it says one.
  func settle(
    _ labels: inout [UInt8], by rule: (Thing) -> UInt8?,
    where condition: (UInt8, Thing) -> Bool
  ) {
    let given = things.map(rule)
    for (position, cell) in cells.enumerated() {
      let index = Int(thingOfCell[position])
      guard index >= 0, let label = given[index] else { continue }
      if condition(labels[Int(cell)], things[index]) { labels[Int(cell)] = label }
    }
  }
}

/// What cells that hang together are as a whole.
private struct Thing {
  private(set) var votes: [Int32]
  private(set) var count = 0
  private var lower = SIMD3<Float>(repeating: .infinity)
  private var upper = SIMD3<Float>(repeating: -.infinity)

  init(classCount: Int) { votes = [Int32](repeating: 0, count: classCount) }

  /// The diagonal of the horizontal box around the points, in metres.
  var width: Float {
    let size = upper - lower
    return (size.x * size.x + size.y * size.y).squareRoot()
  }

  var height: Float { upper.z - lower.z }

  mutating func add(_ label: UInt8, _ point: SIMD3<Float>) {
    votes[Int(label)] += 1
    count += 1
    lower = pointwiseMin(lower, point)
    upper = pointwiseMax(upper, point)
  }
}
