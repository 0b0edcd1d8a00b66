import Annotation
import Datasets
import Foundation
import Testing

@Suite struct OrientedBoxTests {
  private static let box = OrientedBox(
    bottom: SIMD3(10, 4, -1.7), size: SIMD3(4, 2, 1.5), heading: 0.4)

  @Test func aBoxOverlapsItselfWhollyAndWhatIsFarAwayNotAtAll() {
    let box = Self.box
    #expect(abs(box.overlap(box) - 1) < 1e-12 && abs(box.overlapFromAbove(box) - 1) < 1e-12)
    var far = box
    far.bottom.x += 10
    #expect(far.overlap(box) == 0 && far.overlapFromAbove(box) == 0)
  }

  @Test(arguments: [0.0, 0.5, 1.0, 2.0, 3.5])
  func aBoxMovedAlongItsLengthOverlapsByWhatIsLeft(_ shift: Double) {
    let box = Self.box
    var moved = box
    moved.bottom.x += shift * cos(box.heading)
    moved.bottom.y += shift * sin(box.heading)
    let expected = (4 - shift) / (4 + shift)
    #expect(abs(box.overlapFromAbove(moved) - expected) < 1e-12)
    #expect(abs(moved.overlapFromAbove(box) - expected) < 1e-12)
    moved.bottom.z += 0.75
    let volume = (4 - shift) * 2 * 0.75
    #expect(abs(box.overlap(moved) - volume / (24 - volume)) < 1e-12)
  }

  @Test func aCrossOverlapsByItsMiddle() {
    let box = Self.box
    var cross = box
    cross.heading += .pi / 2
    #expect(abs(box.overlapFromAbove(cross) - 4.0 / 12) < 1e-12)
  }

  @Test func aTurnedSquareOverlapsByAnOctagon() {
    let square = OrientedBox(bottom: .zero, size: SIMD3(2, 2, 1), heading: 0)
    var turned = square
    turned.heading = .pi / 4
    let octagon = 8 * (2.0.squareRoot() - 1)
    #expect(abs(square.overlapFromAbove(turned) - octagon / (8 - octagon)) < 1e-12)
  }

  @Test func pointsAreHeldUpToTheFacesAndTheMargin() {
    let box = Self.box
    let front = box.bottom + SIMD3(2 * cos(0.4), 2 * sin(0.4), 0.5)
    #expect(box.holds(front - SIMD3(cos(0.4), sin(0.4), 0) * 1e-9))
    #expect(!box.holds(front + SIMD3(cos(0.4), sin(0.4), 0) * 0.1))
    #expect(box.holds(front + SIMD3(cos(0.4), sin(0.4), 0) * 0.1, margin: 0.11))
    #expect(!box.holds(box.bottom + SIMD3(0, 0, 1.6)))
    let place = box.objectBox(.car).place(
      x: Float(front.x), y: Float(front.y), z: Float(front.z))
    #expect(abs(place.x - 2) < 1e-6 && abs(place.y) < 1e-6 && abs(place.z - 0.5) < 1e-6)
  }
}
