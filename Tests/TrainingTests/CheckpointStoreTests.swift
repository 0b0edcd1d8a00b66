import Foundation
import TestSupport
import Testing
import Training

@Suite struct CheckpointStoreTests {
  private let folder: TemporaryFolder
  private let store: CheckpointStore

  init() throws {
    folder = try TemporaryFolder()
    store = CheckpointStore(folder: folder.url.path)
  }

  private var names: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    }
  }

  @Test func anEmptyStoreHasNoCheckpoint() throws {
    #expect(try store.latest() == nil)
    #expect(try store.list().isEmpty)
  }

  @Test func theTwoNewestAreKeptAndTheLinkNamesTheLast() throws {
    for step in [8, 9, 10, 1200] { try store.write(.sample(step: step)) }
    #expect(
      try names == ["latest", "step-00000010.safetensors", "step-00001200.safetensors"])
    #expect(try store.list().map(\.step) == [10, 1200])
    #expect(try store.latest() == .sample(step: 1200))
    let link = try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("latest"))
    #expect(link == "step-00001200.safetensors")
    #expect(try Checkpoint(path: folder.path("latest")) == .sample(step: 1200))
  }

  @Test func whatAKilledRunLeftUndoneIsDoneLater() throws {
    for step in [1, 2] { try store.write(.sample(step: step)) }
    let other = try TemporaryFolder()
    try CheckpointStore(folder: other.url.path).write(.sample(step: 3))
    let name = "step-00000003.safetensors"
    try FileManager.default.copyItem(atPath: other.path(name), toPath: folder.path(name))
    try store.tidy()
    #expect(try names == ["latest", "step-00000002.safetensors", name])
    #expect(try Checkpoint(path: folder.path("latest")) == .sample(step: 3))
  }

  @Test func stepsAreOrderedAsNumbersBeyondEightDigits() throws {
    for step in [99_999_999, 100_000_000] { try store.write(.sample(step: step)) }
    #expect(try store.list().map(\.step) == [99_999_999, 100_000_000])
  }

  @Test func theSameStepIsWrittenAgain() throws {
    try store.write(.sample(step: 5))
    var again = Checkpoint.sample(step: 5)
    again.state.bestScore = 0.9
    try store.write(again)
    #expect(try store.latest() == again)
    #expect(try store.list().count == 1)
  }

  @Test func anEarlierStepIsNotWrittenBesideLaterOnes() throws {
    for step in [5, 6] { try store.write(.sample(step: step)) }
    let error = #expect(throws: TrainingError.self) { try store.write(.sample(step: 4)) }
    #expect(error?.code == .mismatched)
    #expect(error?.path == folder.path("step-00000006.safetensors"))
    #expect(try store.list().map(\.step) == [5, 6])
  }

  @Test func aFullDiskLeavesTheOldOnes() throws {
    for step in [1, 2] { try store.write(.sample(step: step)) }
    // Everything written to this device meets a full disk.
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("step-00000003.safetensors"), withDestinationPath: "/dev/full")
    let error = #expect(throws: TrainingError.self) { try store.write(.sample(step: 3)) }
    #expect(error?.code == .exhausted)
    try FileManager.default.removeItem(atPath: folder.path("step-00000003.safetensors"))
    #expect(try store.list().map(\.step) == [1, 2])
    #expect(try store.latest() == .sample(step: 2))
    #expect(try Checkpoint(path: folder.path("latest")) == .sample(step: 2))
  }

  @Test func aDamagedNewestIsAnErrorAndItsRemedyWorks() throws {
    for step in [1, 2] { try store.write(.sample(step: step)) }
    let path = folder.path("step-00000002.safetensors")
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: TrainingError.self) { try store.latest() }
    #expect(error?.code == .damaged)
    #expect(error?.path == path)
    try FileManager.default.removeItem(atPath: path)
    #expect(try store.latest() == .sample(step: 1))
  }

  @Test func aRenamedCheckpointIsNotTakenForAnother() throws {
    try store.write(.sample(step: 1))
    try FileManager.default.moveItem(
      atPath: folder.path("step-00000001.safetensors"),
      toPath: folder.path("step-00000009.safetensors"))
    let error = #expect(throws: TrainingError.self) { try store.latest() }
    #expect(error?.code == .damaged)
  }

  @Test func otherFilesAreLeftAlone() throws {
    let others = ["notes.txt", "step-3.safetensors", "step-00000001.safetensors.old"]
    for name in others { _ = try folder.write([1], to: name) }
    for step in [1, 2, 3] { try store.write(.sample(step: step)) }
    #expect(try Set(others).isSubset(of: names))
    #expect(try store.list().map(\.step) == [2, 3])
  }
}
