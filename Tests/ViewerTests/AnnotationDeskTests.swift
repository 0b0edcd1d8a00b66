#if Viewer
import Annotation
import Datasets
import Foundation
import PointCloudIO
import PointClouds
import TestSupport
import Testing
import Viewer

/// What steps do, who may ask for them, and what is left of them.
@Suite struct AnnotationDeskTests {
  private let drive: AnnotatedDrive

  init() throws { drive = try AnnotatedDrive() }

  @Test func aClickMakesAnObjectWithItsBoxAndItsPoints() async throws {
    let desk = try drive.claimedDesk()
    let before = try await desk.view(0)
    #expect(before.objects.isEmpty && before.undo == 0 && before.candidates != nil)
    let view = try await desk.click()
    #expect(view.selected == 1 && view.undo == 1 && view.steps == before.steps + 1)
    let object = try #require(view.objects.first)
    #expect(object.objectClass == .car && object.state == .edited)
    let offset = try #require(object.box).place - AnnotatedDrive.place(0)
    #expect((offset * offset).sum().squareRoot() < 0.4, "\(offset)")
    let words = try #require(Data(base64Encoded: view.changes))
    #expect(words.count % 12 == 0 && words.count > 0)
    #expect(view.milliseconds > 0)
  }

  @Test func whereNothingStandsAClickIsRefusedInWords() async throws {
    let desk = try drive.claimedDesk()
    let road = AnnotatedDrive.point(near: SIMD2(8, -9), in: 0, isGround: true)
    let nothing = await fault {
      try await desk.step(.click(point: road, objectClass: .car))
    }
    #expect(nothing?.kind == .refused && nothing?.message.contains("nothing stands") == true)
    try await desk.click()
    // The same again: all of its points are the object's.
    let refusal = await fault { try await desk.click() }
    #expect(refusal?.kind == .refused && refusal?.remedy.isEmpty == false)
    let absent = await fault { try await desk.step(.click(point: 10_000_000, objectClass: .car)) }
    #expect(absent?.kind == .refused)
    #expect(try await desk.view(0).undo == 1)
  }

  @Test func tracksCarryObjectsOnAndNeverIntoWhatSomebodyChanged() async throws {
    let desk = try drive.claimedDesk()
    try await desk.click()
    for sweep in 0..<3 {
      let carried = try await desk.step(.carry, sweep)
      #expect(carried.sweep == sweep + 1)
      let object = try #require(carried.objects.first { $0.id == 1 })
      #expect(object.state == .predicted)
      let offset = try #require(object.box).place - AnnotatedDrive.place(sweep + 1)
      #expect((offset * offset).sum().squareRoot() < 0.5, "\(sweep): \(offset)")
    }
    // Removed by hand, it does not come back.
    try await desk.step(.change(.delete(1)), 3)
    #expect(try await desk.step(.carry, 2).objects.isEmpty)
    // The number of a track is nobody else's in the drive.
    let other = AnnotatedDrive.point(near: SIMD2(14, -5), in: 3)
    #expect(try await desk.step(.click(point: other, objectClass: .car), 3).selected == 2)
  }

  @Test func undoAndRedoGoToTheSweepThatTheyBelongTo() async throws {
    let desk = try drive.claimedDesk()
    try await desk.click()
    try await desk.step(.carry)
    try await desk.step(.change(.confirmObjects([1])), 1)
    let undone = try await desk.step(.undo, 3)
    #expect(undone.sweep == 1 && undone.objects.first?.state == .predicted)
    #expect(try await desk.step(.undo, 3).objects.isEmpty)
    let first = try await desk.step(.undo, 3)
    #expect(first.sweep == 0 && first.objects.isEmpty && first.redo == 3)
    let redone = try await desk.step(.redo, 3)
    #expect(redone.sweep == 0 && redone.objects.count == 1)
    #expect(try await desk.step(.undo, 0).remark == nil)
    #expect(try await desk.step(.undo, 0).remark != nil)
  }

  @Test func whatWasDoneIsThereAgainAfterwards() async throws {
    var desk: AnnotationDesk? = try drive.claimedDesk()
    try await desk?.click()
    try await desk?.step(.carry)
    let steps = try #require(try await desk?.view(1)).steps
    desk = nil
    let again = try await drive.reopenedDesk()
    let view = try await again.view(1)
    #expect(view.steps == steps && view.undo == 2 && view.objects.first?.state == .predicted)
    // What tracks know comes from the annotations: nothing of it was in the memory only.
    #expect(try await again.step(.carry, 1).objects.first?.id == 1)
  }

  @Test func whatIsOnlyLookedAtOrWrittenIsNoStep() async throws {
    let desk = try drive.claimedDesk()
    let steps = try await desk.click().steps
    #expect(try await desk.view(2).steps == steps)
    #expect(try await desk.save(for: "me").written == 1)
    #expect(try await desk.view(0).steps == steps && desk.state.annotation?.steps == steps)
  }

  @Test func onePageWritesAndOthersMayTakeOver() async throws {
    let desk = try drive.claimedDesk()
    #expect(throws: SweepFault.self) { try desk.claim("other", takes: false) }
    #expect(throws: SweepFault.self) { try desk.claim("", takes: true) }
    try desk.claim("other", takes: true)
    #expect(desk.state.annotation?.writer == "other")
    let refusal = await fault { try await desk.click() }
    #expect(refusal?.kind == .taken)
    #expect(await fault { _ = try await desk.save(for: "me") }?.kind == .taken)
    // Who only looked on leaves the right where it is.
    desk.left("me")
    #expect(desk.state.annotation?.writer == "other")
    desk.left("other")
    #expect(desk.state.annotation?.writer == nil)
    #expect(await fault { try await desk.click() }?.kind == .taken)
    try desk.claim("me", takes: false)
    try await desk.click()
  }

  @Test func objectsAreMovedFittedSplitMergedAndGathered() async throws {
    let desk = try drive.claimedDesk()
    try await desk.click()
    let point = AnnotatedDrive.point(near: SIMD2(14, -5), in: 0)
    let second = try #require(try await desk.step(.click(point: point, objectClass: .car)).selected)
    let moved = try await desk.step(.change(.moveBox(second, by: SIMD3(0.5, 0, 0))))
    let shifted = try #require(moved.objects.first { $0.id == second }?.box)
    let fitted = try await desk.step(.fit(id: second))
    let box = try #require(fitted.objects.first { $0.id == second }?.box)
    #expect(box.place.x < shifted.place.x)
    let split = try await desk.step(.split(id: second, points: PointRuns([point])))
    #expect(split.selected == 3 && split.objects.count == 3)
    let merged = try await desk.step(.change(.mergeObjects([3], into: second)))
    #expect(merged.objects.count == 2)
    let painted = try await desk.step(
      .gather(points: PointRuns(90_000..<90_004), objectClass: .person))
    #expect(painted.objects.last?.objectClass == .person)
  }

  @Test(arguments: [PointRuns([200_000_000]), PointRuns([-5])])
  func pointsThatAreNotThereAreRefused(_ points: PointRuns) async throws {
    let desk = try drive.claimedDesk()
    let gathered = await fault {
      try await desk.step(.gather(points: points, objectClass: .car))
    }
    #expect(gathered?.kind == .refused)
    let changed = await fault {
      try await desk.step(.change(.setClass(points: points, semantic: 10)))
    }
    #expect(changed != nil)
    #expect(try await desk.view(0).undo == 0)
  }

  @Test func pointsWithoutAPositionMakeNoObject() async throws {
    let file = drive.folder.url.appending(path: "scans/drive/velodyne/000000.bin")
    var bytes = try Data(contentsOf: file)
    // The first x is no number.
    bytes.replaceSubrange(0..<4, with: [0, 0, 0xC0, 0x7F])
    try bytes.write(to: file)
    let desk = try drive.claimedDesk()
    let refusal = await fault {
      try await desk.step(.gather(points: PointRuns([0]), objectClass: .car))
    }
    #expect(refusal?.kind == .refused)
    let standing = AnnotatedDrive.point(near: AnnotatedDrive.place(0), in: 0)
    let view = try await desk.step(
      .gather(points: PointRuns([0, standing, standing + 1]), objectClass: .car))
    #expect(view.objects.count == 1)
  }
}
#endif
