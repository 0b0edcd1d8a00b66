import Foundation
import Randomness
import RangeImages
import Testing

@testable import Training

/// What becomes of an image that is varied.
@Suite struct AugmentationTests {
  private let image = SampleImages.image(SampleImages.window, seed: 1)
  private let sweep = SampleImages.image(SampleImages.sweep, seed: 2)
  private let key = RandomKey(seed: 8)

  private func varied(_ change: (inout Augmentation) -> Void) -> LabelledImage {
    var augmentation = Augmentation.none
    change(&augmentation)
    var image = image
    augmentation.apply(to: &image, key: key, bank: .empty)
    return image
  }

  @Test func flippingTwiceChangesNothing() {
    var twice = image
    twice.flip()
    #expect(twice != image)
    twice.flip()
    #expect(twice == image)
  }

  @Test(arguments: [SampleImages.window, SampleImages.sweep])
  func aFlippedImageIsTheSceneInAMirror(geometry: ImageGeometry) {
    let image = SampleImages.image(geometry, seed: 3)
    var flipped = image
    flipped.flip()
    #expect(flipped.geometry == geometry)
    for cell in 0..<image.count {
      let (row, column) = cell.quotientAndRemainder(dividingBy: image.columns)
      let other = row * image.columns + image.columns - 1 - column
      #expect(flipped.x[cell] == image.x[other] && flipped.y[cell] == -image.y[other])
      #expect(flipped.classes[cell] == image.classes[other])
      guard flipped.isOccupied(cell) else { continue }
      #expect(abs(SampleImages.column(of: cell, in: flipped) - Double(column) - 0.5) < 0.01)
    }
  }

  @Test(arguments: [1, 17, 63]) func rotationKeepsRangesAndHeights(shift: Int) {
    var turned = sweep
    turned.rotate(byColumns: shift)
    for cell in 0..<sweep.count {
      let other = cell / 64 * 64 + (cell % 64 + shift) % 64
      #expect(turned.range[cell] == sweep.range[other] && turned.z[cell] == sweep.z[other])
      #expect(turned.classes[cell] == sweep.classes[other])
      guard turned.isOccupied(cell) else { continue }
      #expect(abs(SampleImages.column(of: cell, in: turned) - Double(cell % 64) - 0.5) < 0.01)
      #expect(
        abs(hypot(turned.x[cell], turned.y[cell]) - hypot(sweep.x[other], sweep.y[other])) < 1e-4)
    }
  }

  @Test func windowsAreNotRotated() {
    #expect(varied { $0.rotation = 1 } == image)
  }

  @Test func aCutImageHoldsAdjacentColumnsAsTheyWere() {
    let cut = varied { $0.cropColumns = 5 }
    #expect(cut.columns == 5 && cut.count == 20 && cut.x.count == 20 && cut.classes.count == 20)
    let first = (0...11).filter { first in
      (0..<20).allSatisfy { cell in
        let whole = cell / 5 * 16 + first + cell % 5
        return cut.x[cell] == image.x[whole] && cut.classes[cell] == image.classes[whole]
      }
    }
    #expect(first.count == 1)
    for cell in 0..<20 where cut.isOccupied(cell) {
      #expect(abs(SampleImages.column(of: cell, in: cut) - Double(cell % 5) - 0.5) < 0.01)
    }
  }

  @Test func droppedPointsLeaveEmptyCellsAndNoOtherChange() {
    let dropped = varied { $0.pointDrop = loss(0.9) }
    let lost = (0..<image.count).filter { image.isOccupied($0) && !dropped.isOccupied($0) }
    #expect(!lost.isEmpty && dropped.range.contains { $0 > 0 })
    for cell in 0..<image.count where dropped.isOccupied(cell) {
      #expect(dropped.x[cell] == image.x[cell] && dropped.classes[cell] == image.classes[cell])
    }
    for cell in lost {
      #expect(dropped.x[cell] == 0 && dropped.y[cell] == 0 && dropped.z[cell] == 0)
      #expect(dropped.intensity[cell] == 0 && dropped.classes[cell] == LabelledImage.ignoredClass)
    }
  }

  private func loss(_ maximum: Float) -> Augmentation.Loss {
    var loss = Augmentation.Loss(maximum: maximum)
    loss.probability = 1
    return loss
  }

  @Test func beamsAreLostAsAWhole() {
    var image = image
    image.dropBeams(probability: 0.5, key: RandomKey(seed: 2))
    let rows = (0..<4).map { row in image.range[row * 16..<(row + 1) * 16].count { $0 > 0 } }
    let whole = (0..<4).map { row in self.image.range[row * 16..<(row + 1) * 16].count { $0 > 0 } }
    #expect(zip(rows, whole).allSatisfy { $0 == 0 || $0 == $1 })
    #expect(rows.contains(0) && rows.contains { $0 > 0 })
  }

  @Test func jitterMovesPointsAlongTheirRays() {
    var moved = image
    moved.jitterRanges(deviation: 0.1, key: key)
    var square: Float = 0
    let occupied = (0..<image.count).filter { image.isOccupied($0) }
    for cell in occupied {
      let error = moved.range[cell] - image.range[cell]
      square += error * error
      #expect(abs(error) < 0.36)
      let factor = moved.range[cell] / image.range[cell]
      #expect(abs(moved.x[cell] - image.x[cell] * factor) < 1e-4)
      #expect(abs(moved.y[cell] - image.y[cell] * factor) < 1e-4)
      #expect(abs(moved.z[cell] - image.z[cell] * factor) < 1e-4)
    }
    let deviation = (square / Float(occupied.count)).squareRoot()
    #expect((0.06...0.14).contains(deviation))
  }

  @Test func intensitiesAreLostOrChangedWithinTheirRange() {
    let without = varied { $0.intensityDropout = 1 }
    #expect(without.intensity.allSatisfy { $0 == 0 } && without.x == image.x)
    let changed = varied {
      $0.intensity.probability = 1
      $0.intensity.scale = 0.9
    }
    #expect(changed.intensity != image.intensity && changed.range == image.range)
    #expect(changed.intensity.allSatisfy { (0...1).contains($0) })
    for cell in 0..<image.count where !image.isOccupied(cell) {
      #expect(changed.intensity[cell] == 0)
    }
  }

  @Test func oneWayDoesNotChangeWhatAnotherDraws() {
    let alone = varied { $0.pointDrop = loss(0.5) }
    let both = varied {
      $0.pointDrop = loss(0.5)
      $0.intensityDropout = 1
      $0.rangeJitter.probability = 1
    }
    #expect(alone.range.map { $0 > 0 } == both.range.map { $0 > 0 })
  }

  @Test func noneChangesNothing() {
    #expect(varied { _ in } == image)
  }

  @Test func aFieldOutOfItsRangeIsNamed() {
    var augmentation = Augmentation()
    augmentation.beamDrop.maximum = 1.5
    let error = #expect(throws: TrainingError.self) { try augmentation.validate() }
    #expect(error?.message.contains("beamDrop.maximum") == true)
  }
}
