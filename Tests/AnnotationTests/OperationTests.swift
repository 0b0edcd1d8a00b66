import Foundation
import PointClouds
import Testing

@testable import Annotation

/// A sweep with two objects and some loose points, and every operation on it.
enum SmallSweep {
  static let box = OrientedBox(
    bottom: SIMD3(10, 4, -1.7), size: SIMD3(4, 2, 1.5), heading: 0.4)

  static let objects = [
    AnnotatedObject(id: 1, objectClass: .car, box: box, state: .predicted),
    AnnotatedObject(id: 2, objectClass: .person, box: nil, state: .confirmed),
  ]

  static func make() throws -> SweepAnnotation {
    var sweep = SweepAnnotation(labels: [PointLabel](repeating: .unlabelled, count: 20))
    for (object, points) in zip(objects, [0..<6, 8..<12]) {
      try SweepChange(.addObject(object, points: PointRuns(points)), in: sweep)
        .apply(to: &sweep)
    }
    return sweep
  }

  static let operations: [AnnotationOperation] = [
    .setClass(points: PointRuns([3, 4, 5, 15]), semantic: 99),
    .assign(points: PointRuns([9, 19, 18]), to: 1),
    .addObject(
      AnnotatedObject(id: 7, objectClass: .truck, box: box, state: .edited),
      points: PointRuns([5, 6, 7])),
    .addObjects([
      AddedObject(
        AnnotatedObject(id: 8, objectClass: .car, box: box, state: .predicted),
        points: PointRuns([4, 13])),
      AddedObject(
        AnnotatedObject(id: 9, objectClass: .person, box: nil, state: .predicted),
        points: PointRuns([13, 14])),
    ]),
    .splitObject(
      1, points: PointRuns([0, 1, 17]),
      new: AnnotatedObject(id: 3, objectClass: .cyclist, box: nil, state: .edited)),
    .mergeObjects([2], into: 1),
    .moveBox(1, by: SIMD3(1, -2, 0.5)),
    .resizeBox(1, to: SIMD3(5, 2.5, 2), keeping: SIMD2(-1, 1)),
    .rotateBox(1, by: 0.3),
    .setBox(2, box),
    .setBox(1, nil),
    .setObjectClass(1, .otherVehicle),
    .confirm(1),
    .confirmObjects([1, 2]),
    .delete(1),
  ]
}

@Suite struct OperationTests {
  @Test(arguments: SmallSweep.operations)
  func undoneAnOperationLeavesNoTrace(_ operation: AnnotationOperation) throws {
    let before = try SmallSweep.make()
    var sweep = before
    let change = try SweepChange(operation, in: sweep)
    change.apply(to: &sweep)
    #expect(sweep != before)
    let after = sweep
    change.undo(in: &sweep)
    #expect(sweep == before)
    change.apply(to: &sweep)
    #expect(sweep == after)
  }

  @Test(arguments: SmallSweep.operations)
  func anOperationIsAValueThatCanBeWritten(_ operation: AnnotationOperation) throws {
    let data = try JSONEncoder().encode(operation)
    #expect(try JSONDecoder().decode(AnnotationOperation.self, from: data) == operation)
  }

  @Test(arguments: SmallSweep.operations)
  func everyPointWithAnInstanceIsOfAnObjectOfItsClass(_ operation: AnnotationOperation) throws {
    var sweep = try SmallSweep.make()
    try SweepChange(operation, in: sweep).apply(to: &sweep)
    for label in sweep.labels where label.instance > 0 {
      #expect(sweep.objects[label.instance]?.label == label)
    }
  }

  @Test func aDocumentUndoesAndRedoesWithoutLimit() throws {
    var document = AnnotationDocument()
    try document.open("a/0", labels: SmallSweep.make().labels.map { _ in .unlabelled })
    try document.open("a/1", labels: [PointLabel](repeating: .unlabelled, count: 20))
    let start = document
    var states = [document.sweeps]
    for number in 1...200 {
      let object = AnnotatedObject(
        id: UInt16(number), objectClass: .car, box: SmallSweep.box, state: .edited)
      try document.perform(
        .addObject(object, points: PointRuns([number % 20])), in: "a/\(number % 2)")
      states.append(document.sweeps)
    }
    for state in states.dropLast().reversed() {
      document.undo()
      #expect(document.sweeps == state)
    }
    #expect(document.sweeps == start.sweeps && document.undoCount == 0)
    document.undo()
    for state in states.dropFirst() {
      document.redo()
      #expect(document.sweeps == state)
    }
    document.undo()
    try document.perform(.delete(1), in: "a/1")
    #expect(document.redoCount == 0)
  }

  private static let wrong: [(AnnotationOperation, String)] = [
    (.delete(9), "no object 9"), (.setClass(points: PointRuns([20]), semantic: 1), "sweep of 20"),
    (.setClass(points: PointRuns([-1]), semantic: 1), "sweep of 20"),
    (.addObject(SmallSweep.objects[0], points: PointRuns([])), "number 1"),
    (.moveBox(2, by: .zero), "no box"), (.resizeBox(1, to: .zero, keeping: .zero), "no size"),
    (.moveBox(1, by: SIMD3(.nan, 0, 0)), "no place"),
    (
      .splitObject(
        1, points: PointRuns([19]),
        new: AnnotatedObject(id: 3, objectClass: .car, box: nil, state: .edited)), "none of the"
    ),
    (.mergeObjects([1, 9], into: 2), "no object 9"),
    (
      .addObject(
        AnnotatedObject(id: 0, objectClass: .car, box: nil, state: .edited),
        points: PointRuns([])), "number 0"
    ),
  ]

  @Test(arguments: wrong)
  func whatMakesNoSenseIsRefused(_ operation: AnnotationOperation, _ words: String) throws {
    var document = AnnotationDocument()
    try document.open("a/0", labels: [PointLabel](repeating: .unlabelled, count: 20))
    for object in SmallSweep.objects {
      try document.perform(.addObject(object, points: PointRuns([Int(object.id)])), in: "a/0")
    }
    let before = document
    let error = #expect(throws: AnnotationError.self) {
      try document.perform(operation, in: "a/0")
    }
    #expect(error?.message.contains(words) == true, "\(String(describing: error))")
    #expect(document == before)
  }

  @Test func aBoxIsResizedAboutWhatStays() {
    let box = SmallSweep.box
    let resized = box.resized(to: SIMD3(6, 3, 2), keeping: SIMD2(-1, 1))
    let (old, new) = (box.corners[3], resized.corners[3])
    #expect(abs(old.x - new.x) < 1e-12 && abs(old.y - new.y) < 1e-12)
    #expect(resized.size == SIMD3(6, 3, 2) && resized.heading == box.heading)
  }

  @Test func runsKeepTheirPoints() throws {
    let runs = PointRuns([5, 1, 2, 9, 2, 3])
    #expect(runs.indices == [1, 2, 3, 5, 9] && runs.count == 5 && runs.runs.count == 3)
    let data = try JSONEncoder().encode(runs)
    #expect(String(decoding: data, as: UTF8.self) == "[1,3,5,1,9,1]")
    for text in ["[1]", "[1,0]", "[5,1,1,1]", "[1,9223372036854775807]", "[1,2,3,1]"] {
      #expect(throws: (any Error).self) {
        try JSONDecoder().decode(PointRuns.self, from: Data(text.utf8))
      }
    }
  }
}
