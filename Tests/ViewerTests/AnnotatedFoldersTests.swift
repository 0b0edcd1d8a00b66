#if Viewer
import Annotation
import Datasets
import Foundation
import PointCloudIO
import PointClouds
import TestSupport
import Testing
import Viewer

/// Files that come and go under the annotators' hands, and those that they write.
@Suite struct AnnotatedFoldersTests {
  private let drive: AnnotatedDrive

  init() throws { drive = try AnnotatedDrive() }

  private func scan(_ number: Int) -> URL {
    drive.folder.url.appending(path: "scans/drive/velodyne/00000\(number).bin")
  }

  @Test func filesAreWrittenOfWhatWasChangedAndAreADataSet() async throws {
    let desk = try drive.claimedDesk()
    try await desk.click()
    _ = try await desk.view(2)
    let report = try await desk.save(for: "me")
    #expect(report.written == 1 && report.sweeps == 1 && report.faults.isEmpty)
    let written = try Dataset.open(path: drive.out)
    // A sweep that somebody only looked at is none of it.
    #expect(written.scans.map(\.frame) == ["000000"] && written.labelledCount == 1)
    let labels = try #require(try written.scans[0].labels(of: try written.scans[0].read().scan))
    #expect(labels.count { $0 == PointLabel(semantic: 10, instance: 1) } > 50)
    #expect(try await desk.save(for: "me").written == 0)
    try await desk.step(.carry)
    let again = try desk.save()
    #expect(again.written == 1 && again.sweeps == 2 && again.predicted == 1)
  }

  @Test func aSweepWithoutObjectsCanBeSaidToBeRight() async throws {
    let desk = try drive.claimedDesk()
    try await desk.step(.change(.confirmObjects([])), 1)
    #expect(try await desk.save(for: "me").sweeps == 1)
    #expect(try await desk.list()[1].isChanged)
  }

  @Test(arguments: ["labels/000000.label", "boxes/000000.json", "label_2/000000.txt"])
  func filesOfOthersAreNotWrittenOver(_ name: String) async throws {
    let file = drive.folder.url.appending(path: "out/drive/\(name)")
    try drive.folder.write(text: "precious", to: "out/drive/\(name)")
    let desk = try drive.claimedDesk()
    try await desk.click()
    let report = try await desk.save(for: "me")
    #expect(report.written == 0 && report.faults.count == 1)
    #expect(report.faults.first?.message.contains(name) == true)
    #expect(report.faults.first?.remedy.isEmpty == false)
    #expect(try Data(contentsOf: file) == Data("precious".utf8))
    try FileManager.default.removeItem(at: file)
    #expect(try await desk.save(for: "me").written == 1)
  }

  @Test func aScanThatIsGoneIsSaidAndItsAnnotationStays() async throws {
    var desk: AnnotationDesk? = try drive.claimedDesk()
    try await desk?.click()
    desk = nil
    let bytes = try Data(contentsOf: scan(0))
    try FileManager.default.removeItem(at: scan(0))
    let second = try await drive.reopenedDesk()
    let gone = await fault { _ = try await second.view(0) }
    #expect(gone?.message.contains("000000.bin") == true && gone?.remedy.isEmpty == false)
    #expect(try await second.view(1).objects.isEmpty)
    try bytes.write(to: scan(0))
    #expect(try await second.view(0).objects.count == 1)
  }

  @Test func anAnnotatedSweepWhoseScanIsGoneAtTheStartIsSaidWhenFilesAreWritten() async throws {
    var desk: AnnotationDesk? = try drive.claimedDesk()
    try await desk?.click()
    desk = nil
    try FileManager.default.removeItem(at: scan(0))
    var later = drive
    later.dataset = try Dataset.open(path: drive.folder.path("scans"))
    let report = try await later.reopenedDesk().save()
    #expect(report.written == 0 && report.faults.count == 1)
    #expect(report.faults.first?.message.contains("drive/000000") == true)
    #expect(report.faults.first?.remedy.isEmpty == false)
  }

  @Test func aScanOfAnotherLengthIsSaidAndItsAnnotationStays() async throws {
    var desk: AnnotationDesk? = try drive.claimedDesk()
    try await desk?.click()
    desk = nil
    let bytes = try Data(contentsOf: scan(0))
    try bytes.prefix(16 * 5_000).write(to: scan(0))
    let second = try await drive.reopenedDesk()
    let other = await fault { _ = try await second.view(0) }
    #expect(other?.message.contains("5000") == true, "\(String(describing: other))")
    #expect(await fault { try await second.click() } != nil)
    try bytes.write(to: scan(0))
    #expect(try await second.view(0).objects.count == 1)
  }

  @Test func confidencesOfAllSweepsAreFoundOutWhileNobodyWaits() async throws {
    let desk = try drive.claimedDesk()
    let end = ContinuousClock.now + .seconds(30)
    var known: [Float] = []
    // Whoever asks holds it up for a second.
    while known.count < 4, ContinuousClock.now < end {
      try await Task.sleep(for: .seconds(2))
      known = try await desk.list().compactMap(\.confidence)
    }
    #expect(known == [1, 0.9, 0.8, 0.7])
  }
}
#endif
