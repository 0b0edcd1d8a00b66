/// The things that some cells of an image are parts of.
struct Things {
  private let cells: [Int32]
  /// For each cell which of `things` it is of.
  private var thingOfCell: [Int32]
  private var things: [Thing] = []
  /// How many cells of each thing have which class.
  private var votes: [Int32] = []
  private let classCount: Int

  init(
    _ cells: [Int32], _ labels: [UInt8], in image: RangeImage, of geometry: ImageGeometry,
    above ground: GroundHeights, by vote: ObjectVote
  ) {
    self.cells = cells
    classCount = vote.widths.count
    thingOfCell = ConnectedCells(cells, in: image, of: geometry, reach: vote.reach).objects
    for position in cells.indices {
      // The first cell of a thing comes before its others.
      let first = Int(thingOfCell[position])
      if first == position {
        thingOfCell[position] = Int32(things.count)
        things.append(Thing())
        for _ in 0..<classCount { votes.append(0) }
      } else {
        thingOfCell[position] = thingOfCell[first]
      }
      let cell = Int(cells[position])
      let thing = Int(thingOfCell[position])
      votes[thing * classCount + Int(labels[cell])] += 1
      things[thing].add(
        SIMD3(image.x[cell], image.y[cell], image.z[cell]),
        rise: ground.rise(ofCell: cell, in: image))
    }
  }

  /// Gives each cell the class that `rule` says of its thing and a class, where it says one.
  func settle(
    _ labels: inout [UInt8], by rule: (Thing, _ votes: ArraySlice<Int32>, UInt8) -> UInt8?
  ) {
    var given = [UInt8?](repeating: nil, count: votes.count)
    for (index, thing) in things.enumerated() {
      let own = votes[index * classCount..<(index + 1) * classCount]
      for place in own.indices where own[place] > 0 {
        given[place] = rule(thing, own, UInt8(place - own.startIndex))
      }
    }
    for (position, cell) in cells.enumerated() {
      let label = Int(labels[Int(cell)])
      if let new = given[Int(thingOfCell[position]) * classCount + label] {
        labels[Int(cell)] = new
      }
    }
  }
}

/// What cells that hang together are as a whole.
struct Thing {
  private(set) var count = 0
  /// How far it rises above the ground at most, in metres; infinite where no ground is known.
  private(set) var rise = -Float.infinity
  private var lower = SIMD3<Float>(repeating: .infinity)
  private var upper = SIMD3<Float>(repeating: -.infinity)

  /// The diagonal of the horizontal box around the points, in metres.
  var width: Float {
    let size = upper - lower
    return (size.x * size.x + size.y * size.y).squareRoot()
  }

  var height: Float { upper.z - lower.z }

  mutating func add(_ point: SIMD3<Float>, rise: Float) {
    count += 1
    self.rise = max(self.rise, rise)
    lower = pointwiseMin(lower, point)
    upper = pointwiseMax(upper, point)
  }
}
