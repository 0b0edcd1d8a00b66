import Foundation
import PointClouds
import Randomness
import RangeImages
import Testing

@testable import Training

/// Objects that are put into other images.
@Suite struct AugmentationPasteTests {
  private let geometry = ImageGeometry(rows: 16, columns: 64, left: 45, right: -45, rowRule: .ring)

  /// Level ground 1.7 m below, with a person of 4 x 3 cells 8 m away.
  private func scene(column: Int? = nil) -> LabelledImage {
    var image = LabelledImage(geometry)
    for cell in 0..<image.count {
      let (row, number) = cell.quotientAndRemainder(dividingBy: 64)
      let elevation = -0.02 - 0.02 * Float(row)
      let isPerson = column.map { (6..<10).contains(row) && ($0..<$0 + 3).contains(number) }
      let range = isPerson == true ? 8 : -1.7 / sin(elevation)
      let azimuth = Float((45 - (Double(number) + 0.5) * 90 / 64) * .pi / 180)
      image.x[cell] = range * cos(elevation) * cos(azimuth)
      image.y[cell] = range * cos(elevation) * sin(azimuth)
      image.z[cell] = range * sin(elevation)
      image.range[cell] = range
      image.intensity[cell] = isPerson == true ? 0.5 : 0.2
      image.classes[cell] = isPerson == true ? 2 : 0
    }
    return image
  }

  private func person() throws -> ImageObject {
    let objects = ImageObject.all(in: scene(column: 20), classes: [2, 3], minimumCells: 5)
    #expect(objects.count == 1)
    return try #require(objects.first)
  }

  @Test func anObjectIsCutOutWithAllItsCells() throws {
    let person = try person()
    #expect(person.cells.count == 12 && person.firstColumn == 20 && person.width == 3)
    #expect(person.classPosition == 2 && person.cells.allSatisfy { $0.range == 8 })
  }

  @Test func whatASideMayCutOffIsNoObject() {
    let objects = ImageObject.all(in: scene(column: 0), classes: [2], minimumCells: 5)
    #expect(objects.isEmpty)
    #expect(ImageObject.all(in: scene(column: 20), classes: [2], minimumCells: 13).isEmpty)
  }

  @Test(arguments: [0, 5, 33, 61]) func aMovedObjectLiesInItsColumns(column: Int) throws {
    var image = scene()
    image.paste(try person().moved(toColumn: column, columnAngle: image.columnAngle))
    let cells = (0..<image.count).filter { image.classes[$0] == 2 }
    #expect(cells.count == 12)
    for cell in cells {
      #expect((column..<column + 3).contains(cell % 64))
      #expect(abs(SampleImages.column(of: cell, in: image) - Double(cell % 64) - 0.5) < 0.01)
      #expect(image.range[cell] == 8 && image.intensity[cell] == 0.5)
    }
    // Where the object is not, nothing changed: it hides what is behind it and no more.
    for cell in 0..<image.count where image.classes[cell] != 2 {
      #expect(image.range[cell] == scene().range[cell])
    }
  }

  @Test func aPastedObjectNeverHidesANearerPoint() throws {
    let bank = ObjectBank(objects: [[try person()]])
    for seed in 0..<200 as Range<UInt64> {
      // A wall of random distances in a third of the cells.
      var before = scene()
      var random = RandomKey(seed: seed + 1000).stream
      for cell in 0..<before.count where random.chance(0.3) {
        let factor = random.uniform(2...20) / before.range[cell]
        before.x[cell] *= factor
        before.y[cell] *= factor
        before.z[cell] *= factor
        before.range[cell] *= factor
        before.classes[cell] = 1
      }
      var after = before
      bank.paste(upTo: 4, into: &after, key: RandomKey(seed: seed))
      for cell in 0..<after.count where after.range[cell] != before.range[cell] {
        #expect(after.range[cell] < before.range[cell] && after.classes[cell] == 2)
      }
    }
  }

  @Test func objectsStandOnTheGroundAndAreSeen() throws {
    let person = try person()
    let ground = scene()
    let hasRoom = ground.hasRoom(for: person, atColumn: 40)
    #expect(hasRoom)
    var wall = ground
    var abyss = ground
    var nothing = ground
    for cell in 0..<ground.count {
      wall.range[cell] = min(wall.range[cell], 4)
      abyss.range[cell] = 60
      nothing.range[cell] = 0
    }
    for other in [wall, abyss, nothing] {
      let hasRoom = other.hasRoom(for: person, atColumn: 40)
      #expect(!hasRoom)
    }
  }

  @Test func theBankDoesNotDependOnThreads() throws {
    let mix = try SourceMix([.init(PeopleSource(suite: self), order: .sequential(count: 30))])
    var paste = Augmentation.ObjectPaste()
    (paste.minimumCells, paste.bankSize, paste.bankImages) = (5, 10, 100)
    let banks = try [1, 3].map { threads in
      try ObjectBank(of: mix, paste, key: RandomKey(seed: 1), threadCount: threads)
    }
    #expect(banks[0].objects == banks[1].objects)
    #expect(banks[0].objects.map(\.count) == [10])
    #expect(banks[0].objects[0].map(\.firstColumn) == (1...10).map { 2 * $0 })
  }

  @Test func aSampleHoldsMorePeopleThanItsImage() throws {
    let mix = try SourceMix([.init(PeopleSource(suite: self), order: .sequential(count: 30))])
    var augmentation = Augmentation.none
    augmentation.paste.probability = 1
    let samples = try SampleSequence(mix, augmentation: augmentation, seed: 4)
    var image = LabelledImage(geometry)
    var people = 0
    for number in 1..<30 {
      try samples.read(number, into: &image)
      people += image.classes.count { $0 == 2 }
    }
    #expect(people > 29 * 12 * 2)
  }

  fileprivate func image(_ index: Int) -> LabelledImage { scene(column: index * 2) }
}

/// Scenes with a person each, at another place.
private struct PeopleSource: SampleSource {
  let suite: AugmentationPasteTests
  let labelMap: LabelMap
  let geometry: ImageGeometry
  var name: String { "people" }
  var count: Int? { 30 }

  init(suite: AugmentationPasteTests) throws {
    self.suite = suite
    labelMap = try SampleImages.labelMap()
    geometry = suite.image(0).geometry
  }

  func read(_ index: Int, key: RandomKey, into image: inout LabelledImage) throws {
    image = suite.image(index)
  }
}
