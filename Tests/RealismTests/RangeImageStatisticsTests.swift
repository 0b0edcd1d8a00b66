import PointClouds
import RangeImages
import Realism
import Testing

@Suite struct RangeImageStatisticsTests {
  private static let legend: [Character: DrawnWindow.Cell] = [
    "r": .init(range: 10), "s": .init(range: 10.3), "z": .init(range: 10, intensity: 0),
    "f": .init(range: 30, intensity: 0),
    "c": .init(range: 10, intensity: 0.2, id: 10), "d": .init(range: 10, intensity: 0, id: 10),
    "e": .init(range: 14, intensity: 0.2, id: 10), "p": .init(range: 10, id: 30),
  ]

  private func statistics(
    _ drawing: [String], isLabelled: Bool = true
  ) throws -> RangeImageStatistics {
    var statistics = RangeImageStatistics(labelMap: try DrawnWindow.labelMap())
    statistics.add(
      try DrawnWindow.image(drawing, Self.legend, isLabelled: isLabelled))
    return statistics
  }

  @Test func neighboursWithAReturnGiveRangeSteps() throws {
    let found = try statistics(["rrs r"]).cells.rangeSteps
    #expect(found.total == 2)
    #expect(found.counts[0] == 1)
    #expect(found.counts[Binning.rangeSteps.index(of: 0.3)] == 1)
  }

  @Test func runsAreCountedByTheirLengths() throws {
    let found = try statistics(["r  r r", "zzrz  zzz"]).cells
    // To the right of what is drawn are 26 and 23 holes, and 62 rows are empty.
    #expect(found.holeRuns.counts[0] == 1 && found.holeRuns.counts[1] == 2)
    #expect(found.holeRuns.counts[16] == 64 && found.holeRuns.total == 67)
    #expect(found.zeroRuns.counts[0...3].elementsEqual([1, 1, 1, 0]))
    #expect(found.zeroRuns.total == 3)
  }

  @Test func theWeakAndTheMissingAreToldByTheirNeighbours() throws {
    let found = try statistics(["zzrz rr", "zrzrrrf"]).drops
    #expect(found.zero.hits == 6 && found.zero.trials == 13)
    #expect(found.zeroRightOfZero.hits == 1 && found.zeroRightOfZero.trials == 4)
    // Below the three zeros of the first row are a zero and two others.
    #expect(found.zeroBelowZero.hits == 1 && found.zeroBelowZero.trials == 3)
    #expect(found.hole.trials == 64 * 32 && found.hole.hits == 64 * 32 - 13)
    #expect(found.isolatedHole.hits == 1)
    #expect(found.holeRightOfHole.hits == 24 + 24 + 62 * 31)
    #expect(found.holeRightOfHole.trials == 1 + 24 + 24 + 62 * 31)
    #expect(found.zeroByBand.map(\.hits) == [0, 0, 5, 0, 0, 1, 0, 0])
  }

  @Test func whatIsMissingBetweenTwoCarCellsIsAHoleInTheCar() throws {
    let found = try statistics(["rc  cddc r"]).cars.all
    #expect(found.hole.hits == 2 && found.hole.trials == 7)
    #expect(found.holeRightOfHole.hits == 1 && found.holeRightOfHole.trials == 2)
    #expect(found.zero.hits == 2 && found.zero.trials == 5)
    #expect(found.zeroRightOfZero.hits == 1 && found.zeroRightOfZero.trials == 2)
    #expect(abs((found.intensity.value ?? 0) - 0.12) < 1e-6)
  }

  @Test func aGapThatIsTooWideOrTooDeepIsNotInACar() throws {
    let wide = String(repeating: " ", count: 24)
    let found = try statistics(["c\(wide)c", "c  e", "c\(wide.dropLast())c"]).cars.all
    #expect(found.hole.hits == 23)
  }

  @Test func whatIsSeenThroughACarIsNeitherHoleNorCar() throws {
    let found = try statistics(["c fc"]).cars.all
    #expect(found.hole.hits == 1 && found.hole.trials == 3)
    #expect(found.holeRightOfHole.trials == 0)
  }

  @Test func carsAreToldByTheirRange() throws {
    let found = try statistics(["c c", "e e", "e e"]).cars.byBand
    #expect(found.map(\.hole.trials) == [0, 3, 6, 0, 0, 0])
    #expect(found.map(\.hole.hits) == [0, 1, 2, 0, 0, 0])
  }

  @Test func objectsAreConnectedCellsOfOneKindWithoutAStepInRange() throws {
    let found = try statistics([
      "ccceee r ppp",
      "ccceeecrpppp",
      "       c    p",
    ])
    // The person's last cell touches it over a corner; the two cells of a car between are too few.
    #expect(found.sizes(of: .car).count == 2)
    #expect(found.sizes(of: .car).count(inBand: 1) == 1)
    #expect(found.sizes(of: .car).medianCells(inBand: 1) == 6)
    #expect(found.sizes(of: .car).count(inBand: 2) == 1)
    #expect(found.sizes(of: .person).medianCells(inBand: 1) == 8)
    #expect(found.sizes(of: .cyclist).count == 0)
  }

  @Test func splintersDoNotChangeTheTypicalSize() throws {
    let drawing = ["cccccccccc", "cccccccccc", "", "ccccc ccccc"]
    let found = try statistics(drawing).sizes(of: .car)
    #expect(found.count == 3)
    #expect(found.medianCells(inBand: 1) == 5)
    #expect(found.typicalCells(inBand: 1) == 20)
  }

  @Test func withoutLabelsNothingIsSaidOfCars() throws {
    let found = try statistics(["ccccc"], isLabelled: false)
    #expect(found.labelledWindows == 0 && found.windows == 1)
    #expect(found.cars.all.hole.value == nil && found.sizes(of: .car).count == 0)
  }

  @Test func rowsAreCountedEachForItself() throws {
    let found = try statistics(["rrrrrrrr", "", "zzzz"]).rows
    #expect(found[0...2].map(\.validity.value) == [0.25, 0, 0.125])
    #expect(found[0].intensity.value == 0.5 && found[1].intensity.value == nil)
    #expect(found[2].ranges.counts[Binning.ranges.index(of: 10)] == 4)
  }

  @Test func intensitiesAreFractionsOfAFullReturn() throws {
    var found = RangeImageStatistics(labelMap: try DrawnWindow.labelMap())
    let bytes: [Character: DrawnWindow.Cell] = ["r": .init(range: 10, intensity: 51)]
    found.add(try DrawnWindow.image(["rr"], bytes), intensityMaximum: 255)
    #expect(found.cells.intensities.counts[20] == 2)
  }

  @Test func theSumOfTwoPartsIsTheWhole() throws {
    let drawings = [["rc ccccc z", "ppppp"], ["ffzz dd  c", "eeeee"]]
    var whole = try statistics(drawings[0])
    whole.add(try DrawnWindow.image(drawings[1], Self.legend))
    #expect(try statistics(drawings[0]) + statistics(drawings[1]) == whole)
    #expect(whole.windows == 2)
  }
}
