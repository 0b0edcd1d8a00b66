/// How the cells of one object settle on one class, one that an object of its size can have.
///
/// A network sees a near van in parts, and may take some for persons and some for a wall. Three rules
/// know better:
///
/// 1. No person is three metres wide. Among cells of classes of objects those hang together whose
///    points are within `reach`. Where such an object is wider than some of its cells' classes
///    allow, these take the class that most of its cells have among those that are wide enough, if
///    it has at least `minimumShare` of them. A crowd stays a crowd.
/// 2. What stands alone on the ground is one object. Cells more than `clearance` above the ground
///    hang together in the same way; where they are a thing of at most `largestWidth` and
///    `largestHeight`, and most of them have one class of objects, all have it.
/// 3. What lies flat on the ground is no object: cells of classes of objects that hang together and
///    nowhere rise `lowestHeight` above the ground, not even up to the row above them, which saw
///    something else, are `background`.
///
/// To the first two rules things of fewer than `minimumCells` cells are left.
public struct ObjectVote: Equatable, Sendable {
  /// How wide an object of each class can be, in metres, by the class's position: 0 for classes that are
  /// no objects, infinite where there is no limit.
  public var widths: [Float]
  /// The class of what is no object; without one there is no third rule.
  public var background: UInt8?
  /// How far apart points of one object are at most, in metres.
  public var reach: Float = 0.35
  /// How high above the ground what stands on it begins, in metres.
  public var clearance: Float = 0.25
  /// The width and length of the largest thing that is one object, in metres: the diagonal of its
  /// horizontal box.
  public var largestWidth: Float = 8
  /// The height of the largest thing that is one object, in metres.
  public var largestHeight: Float = 3.5
  /// How high an object rises above the ground at least, in metres.
  public var lowestHeight: Float = 0.5
  /// Things of fewer cells have no majority.
  public var minimumCells = 20
  /// The share of an object's cells, 0...1, that a class needs to be given to impossible ones.
  public var minimumShare = 0.3

  /// A vote among classes of these widths, with the defaults of everything else.
  public init(widths: [Float], background: UInt8?) {
    precondition(widths.count <= 256 && widths.allSatisfy { $0 >= 0 })
    precondition(background.map { Int($0) < widths.count && widths[Int($0)] == 0 } ?? true)
    (self.widths, self.background) = (widths, background)
  }

  /// The classes of an image's cells once its objects have settled.
  ///
  /// - Parameters:
  ///   - labels: one class per cell, row by row, each the position of one of `widths`.
  ///   - image: where the cells' points are.
  ///   - geometry: the directions of the cells.
  /// - Returns: one class per cell; those of empty cells are as they were.
  public func settled(
    _ labels: [UInt8], in image: RangeImage, of geometry: ImageGeometry
  ) -> [UInt8] {
    precondition(labels.count == image.count, "\(labels.count) labels for \(image.count) cells")
    var labels = labels
    let objects = cells(of: image) { isObject(labels[$0]) }
    guard !objects.isEmpty else { return labels }
    let ground = GroundHeights(image, geometry)
    func things(_ cells: [Int32]) -> Things {
      Things(cells, labels, in: image, of: geometry, above: ground, by: self)
    }
    giveImpossible(&labels, of: things(objects))
    let raised = cells(of: image) { ground.clearance(ofCell: $0, in: image) > clearance }
    giveMost(&labels, of: things(raised))
    if let background {
      let rest = cells(of: image) { isObject(labels[$0]) }
      things(rest).settle(&labels) { thing, _, _ in
        thing.rise < lowestHeight ? background : nil
      }
    }
    return labels
  }

  /// The first rule.
  private func giveImpossible(_ labels: inout [UInt8], of things: Things) {
    things.settle(&labels) { thing, votes, label in
      guard thing.count >= minimumCells, widths[Int(label)] < thing.width else { return nil }
      guard let most = mostVoted(votes, of: thing), most.count > 0 else { return nil }
      return Double(most.count) >= minimumShare * Double(thing.count) ? most.label : nil
    }
  }

  /// The second rule.
  private func giveMost(_ labels: inout [UInt8], of things: Things) {
    things.settle(&labels) { thing, votes, _ in
      guard thing.count >= minimumCells, thing.width <= largestWidth,
        thing.height <= largestHeight, let most = mostVoted(votes, of: thing),
        2 * most.count >= thing.count
      else { return nil }
      return most.label
    }
  }

  private func isObject(_ label: UInt8) -> Bool { widths[Int(label)] > 0 }

  private func cells(of image: RangeImage, where isOne: (Int) -> Bool) -> [Int32] {
    var cells: [Int32] = []
    cells.reserveCapacity(image.count)
    for cell in 0..<image.count where image.pointIndex[cell] >= 0 && isOne(cell) {
      cells.append(Int32(cell))
    }
    return cells
  }

  /// The class of objects with most votes among those as wide as a thing, if there is one, and how many.
  private func mostVoted(
    _ votes: ArraySlice<Int32>, of thing: Thing
  ) -> (label: UInt8, count: Int)? {
    var most: (label: UInt8, count: Int)?
    for label in widths.indices where widths[label] > 0 && widths[label] >= thing.width {
      let count = Int(votes[votes.startIndex + label])
      if count > most?.count ?? -1 { most = (UInt8(label), count) }
    }
    return most
  }
}
