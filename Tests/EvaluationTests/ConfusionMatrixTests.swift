import Evaluation
import Foundation
import Testing

@Suite struct ConfusionMatrixTests {
  /// Truth by row: 3 of a seen as a, 1 as b, 1 as none; 2 of b as a, 4 as b; c never occurs.
  private var example: ConfusionMatrix {
    var matrix = ConfusionMatrix(classes: ["a", "b", "c"])
    matrix.add(truth: 0, prediction: 0, count: 3)
    matrix.add(truth: 0, prediction: 1)
    matrix.add(truth: 0, prediction: nil)
    matrix.add(truth: 1, prediction: 0, count: 2)
    matrix.add(truth: 1, prediction: 1, count: 4)
    return matrix
  }

  @Test func scoresFollowTheirDefinitions() {
    #expect(example.scored == 11)
    #expect(example.iou(0) == 3.0 / 7)
    #expect(example.precision(0) == 3.0 / 5)
    #expect(example.recall(0) == 3.0 / 5)
    #expect(example.iou(1) == 4.0 / 7)
    #expect(example.precision(1) == 4.0 / 5)
    #expect(example.recall(1) == 4.0 / 6)
  }

  @Test func aClassThatOccursNowhereHasNoScoreAndIsLeftOutOfTheMean() {
    #expect(example.iou(2) == nil)
    #expect(example.precision(2) == nil)
    #expect(example.recall(2) == nil)
    #expect(example.meanIoU(over: [1, 2]) == 4.0 / 7)
    #expect(example.meanIoU(over: [2]) == nil)
  }

  @Test func aClassThatIsOnlyPredictedHasAnIoUOfZero() {
    var matrix = example
    matrix.add(truth: 0, prediction: 2)
    #expect(matrix.iou(2) == 0)
    #expect(matrix.recall(2) == nil)
  }

  @Test func sumsAreTheCountsOfBoth() {
    var sum = example
    sum += example
    #expect(sum.scored == 22)
    #expect(sum.counts == example.counts.map { 2 * $0 })
    #expect(sum.missed == example.missed.map { 2 * $0 })
    #expect(sum.iou(0) == example.iou(0))
  }

  @Test(arguments: 1...20)
  func renamingTheClassesRenamesTheScores(seed: UInt64) {
    var generator = Generator(state: seed)
    let order = [0, 1, 2, 3].shuffled(using: &generator)
    var matrix = ConfusionMatrix(classes: ["a", "b", "c", "d"])
    var renamed = matrix
    for _ in 0..<200 {
      let truth = Int.random(in: 0..<4, using: &generator)
      let prediction = Int.random(in: 0..<4, using: &generator)
      matrix.add(truth: truth, prediction: prediction)
      renamed.add(truth: order[truth], prediction: order[prediction])
    }
    for position in 0..<4 {
      #expect(matrix.iou(position) == renamed.iou(order[position]))
      #expect(matrix.precision(position) == renamed.precision(order[position]))
      #expect(matrix.recall(position) == renamed.recall(order[position]))
    }
  }

  @Test func aMatrixSurvivesJSON() throws {
    let data = try JSONEncoder().encode(example)
    #expect(try JSONDecoder().decode(ConfusionMatrix.self, from: data) == example)
  }
}

/// Numbers that are the same in every run.
struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
