import Foundation
import PointClouds
import RangeImages
import Testing

/// The classes: background 0, car 1 of any width, person 2 up to 1.5 m, cyclist 3 up to 2.5 m.
@Suite struct ObjectVoteTests {
  private let vote = ObjectVote(widths: [0, .infinity, 1.5, 2.5], background: 0)

  /// A sensor 1.7 m above flat ground, and what stands on it.
  private struct Street {
    var cloud = PointCloud()
    private var given: [UInt8] = []
    /// Whether each point stands above the ground.
    private(set) var stands: [Bool] = []

    mutating func add(_ x: Float, _ y: Float, _ z: Float, _ label: UInt8, stands: Bool = false) {
      cloud.append(x: x, y: y, z: z)
      given.append(label)
      self.stands.append(stands)
    }

    mutating func addGround(from near: Float = 3, to far: Float = 30) {
      for x in stride(from: near, through: far, by: 0.3) {
        for y in stride(from: -9 as Float, through: 9, by: 0.2) { add(x, y, -1.7, 0) }
      }
    }

    /// An upright plane across the view, 0.5 m above the ground and up; the label of each of its points by
    /// how far along it is, 0...1.
    mutating func addPlane(
      x: Float, from left: Float, to right: Float, bottom: Float = -1.2, top: Float = 0,
      label: (Float) -> UInt8
    ) {
      for y in stride(from: min(left, right), through: max(left, right), by: 0.1) {
        for z in stride(from: bottom, through: top, by: 0.2) {
          let along = (y - min(left, right)) / abs(right - left)
          add(x, y, z, label(along), stands: true)
        }
      }
    }

    /// The image, and the label of the point that each cell shows.
    func projected(
      geometry: ImageGeometry = ImageGeometry(
        rows: 64, columns: 512, left: 60, right: -60, top: 15, bottom: -30, rowRule: .elevation)
    ) throws -> (projection: Projection, labels: [UInt8]) {
      let projection = try Projector.project(cloud, geometry: geometry)
      return (projection, projection.image.pointIndex.map { $0 < 0 ? 0 : given[Int($0)] })
    }
  }

  /// How many cells with a point that stands have which class before and after the vote, and how many
  /// others changed.
  private func counts(
    _ street: Street, _ vote: ObjectVote? = nil, geometry: ImageGeometry? = nil
  ) throws -> (before: [Int], after: [Int], others: Int) {
    let (projection, labels) =
      try geometry.map { try street.projected(geometry: $0) }
      ?? street.projected()
    let settled = (vote ?? self.vote).settled(labels, in: projection.image, of: projection.geometry)
    var (before, after, others) = ([0, 0, 0, 0], [0, 0, 0, 0], 0)
    for (cell, point) in projection.image.pointIndex.enumerated() {
      if point >= 0, street.stands[Int(point)] {
        before[Int(labels[cell])] += 1
        after[Int(settled[cell])] += 1
      } else if labels[cell] != settled[cell] {
        others += 1
      }
    }
    return (before, after, others)
  }

  @Test func whatIsTooWideForAPersonIsTheCarThatAThirdOfItIs() throws {
    var street = Street()
    street.addGround()
    street.addPlane(x: 10, from: -1.5, to: 1.5) { $0 < 0.4 ? 1 : 2 }
    let (before, after, others) = try counts(street)
    #expect(before[2] > before[1] && before[1] > 20)
    #expect(after == [0, before[1] + before[2], 0, 0] && others == 0)
  }

  @Test func aCrowdStaysACrowd() throws {
    var street = Street()
    street.addGround()
    street.addPlane(x: 10, from: -1.5, to: 1.5) { $0 < 0.25 ? 1 : 2 }
    let (before, after, _) = try counts(street)
    #expect(before == after && before[2] > before[1])
  }

  @Test func aCyclistMayBeWiderThanAPerson() throws {
    var street = Street()
    street.addGround()
    street.addPlane(x: 10, from: -1, to: 1) { $0 < 0.45 ? 3 : $0 < 0.8 ? 1 : 2 }
    var vote = vote
    // The first rule alone.
    vote.largestHeight = 0
    let (before, after, _) = try counts(street, vote)
    #expect(after == [0, before[1], 0, before[3] + before[2]])
  }

  @Test func whatStandsAloneTakesTheClassOfMostOfIt() throws {
    var street = Street()
    street.addGround()
    street.addPlane(x: 10, from: -2, to: 2) { $0 < 0.6 ? 1 : 0 }
    street.addPlane(x: 9, from: 5, to: 5.6) { $0 < 0.6 ? 2 : 1 }
    let (before, after, others) = try counts(street)
    #expect(before.prefix(3).allSatisfy { $0 > 20 })
    #expect(after[0] == 0 && after[1] + after[2] == before.reduce(0, +) && others == 0)
    #expect(after[2] > before[2] && after[2] < 2 * before[2])
  }

  @Test func whatIsBackgroundForTheMostPartStaysAsItIs() throws {
    var street = Street()
    street.addGround()
    street.addPlane(x: 10, from: -2, to: 2) { $0 < 0.4 ? 1 : 0 }
    let (before, after, others) = try counts(street)
    #expect(before == after && others == 0)
  }

  @Test(arguments: [("too wide", Float(12), Float(0)), ("too high", 4, 3)])
  func aHouseIsNoObject(_ name: String, width: Float, top: Float) throws {
    var street = Street()
    street.addGround()
    street.addPlane(x: 10, from: -width / 2, to: width / 2, top: top) { $0 < 0.6 ? 1 : 0 }
    let (before, after, _) = try counts(street)
    #expect(before == after && before[0] > 20)
  }

  @Test func whatSeemsToLieBelowTheGroundDoesNotLowerIt() throws {
    var street = Street()
    // Rays that come back from a mirror do not come back from the ground at 4 m.
    street.addGround(from: 5)
    street.addPlane(x: 10, from: -2, to: 2, bottom: -1.4) { $0 < 0.6 ? 1 : 0 }
    for index in 0..<200 {
      street.add(9.2 + Float(index % 10) / 10, Float(index / 10) / 5 - 2, -4, 0)
    }
    let (before, after, others) = try counts(street)
    #expect(after == [0, before[0] + before[1], 0, 0] && others == 0)
  }

  @Test func whatLiesFlatOnTheGroundIsNoObject() throws {
    var street = Street()
    street.addGround()
    // A car that rises half a metre, one that does not, and a far one of which one row is seen.
    for (x, top) in [(8, -1.1), (16, -1.5), (60, -1.5)] as [(Float, Float)] {
      for y in stride(from: -1 as Float, through: 1, by: 0.1) {
        for z in stride(from: -1.6, through: top, by: 0.05) { street.add(x, y, z, 1, stands: true) }
      }
    }
    street.addGround(from: 60.5, to: 65)
    let (projection, labels) = try street.projected()
    let settled = vote.settled(labels, in: projection.image, of: projection.geometry)
    func cars(near x: Float) -> Int {
      settled.indices.count { settled[$0] == 1 && abs(projection.image.x[$0] - x) < 1 }
    }
    #expect(cars(near: 8) > 20 && cars(near: 16) == 0 && cars(near: 60) > 5)
    var vote = vote
    vote.background = nil
    #expect(vote.settled(labels, in: projection.image, of: projection.geometry) == labels)
  }

  @Test func fewCellsAreLeftAlone() throws {
    var street = Street()
    street.addGround()
    street.addPlane(x: 10, from: -2, to: 2) { $0 < 0.6 ? 1 : 0 }
    var vote = vote
    vote.minimumCells = 10_000
    let (before, after, others) = try counts(street, vote)
    #expect(before == after && others == 0)
  }

  @Test func anObjectAtTheSeamOfASweepIsOne() throws {
    var sweep = ImageGeometry(
      rows: 64, columns: 1024, left: 180, right: -180, top: 15, bottom: -30, rowRule: .elevation)
    var street = Street()
    // Behind the sensor; the person's half lies beyond the seam.
    street.addPlane(x: -10, from: -1.5, to: 1.5) { $0 < 0.45 ? 1 : 2 }
    for index in 0..<900 { street.add(-12, Float(index % 30) / 2 - 7, -1.7, 0) }
    let (before, after, _) = try counts(street, geometry: sweep)
    #expect(after == [0, before[1] + before[2], 0, 0])
    // Cut open elsewhere it is one all the same; nothing wraps in a window that is no full sweep.
    (sweep.left, sweep.right) = (180, -179.9)
    let (beforeCut, afterCut, _) = try counts(street, geometry: sweep)
    #expect(beforeCut[2] > 0 && afterCut[2] > 0)
  }

  @Test func classesWithoutALimitNeverSettle() throws {
    var street = Street()
    street.addPlane(x: 10, from: -2, to: 2) { $0 < 0.6 ? 1 : 0 }
    let (projection, labels) = try street.projected()
    let none = ObjectVote(widths: [0, 0, 0, 0], background: nil)
    #expect(none.settled(labels, in: projection.image, of: projection.geometry) == labels)
    let nothing = try Projector.project(PointCloud(), geometry: .kittiFront)
    let classes = [UInt8](repeating: 3, count: 64 * 512)
    #expect(vote.settled(classes, in: nothing.image, of: nothing.geometry) == classes)
  }

  /// The plain statement of the first rule: cells joined to the nearest one left and above, groups by
  /// spreading the least number until nothing changes.
  private func plainlySettled(_ labels: [UInt8], _ projection: Projection) -> [UInt8] {
    let image = projection.image
    let isPart = labels.indices.map { labels[$0] > 0 && image.pointIndex[$0] >= 0 }
    func isNear(_ one: Int, _ other: Int) -> Bool {
      let (dx, dy, dz) = (
        image.x[one] - image.x[other], image.y[one] - image.y[other], image.z[one] - image.z[other]
      )
      return dx * dx + dy * dy + dz * dz <= vote.reach * vote.reach
    }
    func partner(_ cell: Int, row: Int, offsets: [Int]) -> Int? {
      guard row >= 0 else { return nil }
      return offsets.lazy.compactMap { offset -> Int? in
        var column = cell % image.columns + offset
        if projection.geometry.isFullSweep { column = (column + image.columns) % image.columns }
        guard column >= 0, column < image.columns else { return nil }
        let there = row * image.columns + column
        return isPart[there] && isNear(cell, there) ? there : nil
      }.first
    }
    var pairs: [(Int, Int)] = []
    for cell in labels.indices where isPart[cell] {
      let row = cell / image.columns
      let beside = (1...8).map { -$0 }
      let above = [0] + (1...8).flatMap { [-$0, $0] }
      if let left = partner(cell, row: row, offsets: beside) { pairs.append((cell, left)) }
      let upper = (1...3).lazy.compactMap { partner(cell, row: row - $0, offsets: above) }.first
      if let upper { pairs.append((cell, upper)) }
    }
    var group = Array(labels.indices)
    var changes = true
    while changes {
      changes = false
      for (one, other) in pairs where group[one] != group[other] {
        (group[one], group[other]) = (min(group[one], group[other]), min(group[one], group[other]))
        changes = true
      }
    }
    var settled = labels
    for cells in Dictionary(grouping: labels.indices.filter { isPart[$0] }, by: { group[$0] })
      .values
    {
      let (x, y) = (cells.map { image.x[$0] }, cells.map { image.y[$0] })
      let width = hypotf((x.max() ?? 0) - (x.min() ?? 0), (y.max() ?? 0) - (y.min() ?? 0))
      let possible = [1, 2, 3].filter { vote.widths[$0] >= width }
      func votes(_ label: Int) -> Int { cells.count { Int(labels[$0]) == label } }
      guard cells.count >= vote.minimumCells,
        let most = possible.max(by: { votes($0) < votes($1) }),
        Double(votes(most)) >= vote.minimumShare * Double(cells.count)
      else { continue }
      for cell in cells where vote.widths[Int(labels[cell])] < width { settled[cell] = UInt8(most) }
    }
    return settled
  }

  @Test(arguments: 0..<40) func theFirstRuleIsWhatThePlainStatementSays(seed: UInt64) throws {
    var dice = Dice(state: seed)
    var vote = vote
    (vote.largestHeight, vote.background) = (-1, nil)
    let full = Bool.random(using: &dice)
    let geometry = ImageGeometry(
      rows: 12, columns: 48, left: full ? 180 : 40, right: full ? -180 : -40, top: 30, bottom: -30,
      rowRule: .elevation)
    var cloud = PointCloud()
    for _ in 0..<700 {
      let azimuth = Float.random(in: -.pi ... .pi, using: &dice) / (full ? 1 : 5)
      let depth = ([0.7, 1.2, 1.3, 2] as [Float]).randomElement(using: &dice)!
      let range = depth + .random(in: 0...0.1, using: &dice)
      cloud.append(
        x: range * cos(azimuth), y: range * sin(azimuth), z: .random(in: -0.6...0.6, using: &dice))
    }
    let projection = try Projector.project(cloud, geometry: geometry)
    let labels = (0..<geometry.rows * geometry.columns).map { _ -> UInt8 in
      [0, 1, 1, 1, 2, 2, 3].randomElement(using: &dice)!
    }
    let settled = vote.settled(labels, in: projection.image, of: projection.geometry)
    #expect(settled == plainlySettled(labels, projection))
    #expect(settled != labels)
  }
}
