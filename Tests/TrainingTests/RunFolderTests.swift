import Foundation
import TestSupport
import Testing
import Training

@Suite struct RunFolderTests {
  private let folder: TemporaryFolder
  private let path: String
  private let machine = ["processor": "one"]

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("runs/first")
  }

  private func open(resuming: Bool = false, recipe: String = "rate: 1\n") throws -> RunFolder {
    try RunFolder(path: path, resuming: resuming, recipe: recipe, machine: machine)
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test(arguments: [false, true])
  func aNewRunGetsItsFolder(resuming: Bool) throws {
    let run = try open(resuming: resuming)
    #expect(!run.isResumed)
    #expect(try text(run.recipePath) == "rate: 1\n")
    let json = try JSONDecoder().decode(
      [String: String].self, from: Data(text(run.machinePath).utf8))
    #expect(json == machine)
    #expect(try run.checkpoints.list().isEmpty)
    #expect(FileManager.default.fileExists(atPath: run.eventsFolder))
    #expect(run.metricsPath == path + "/metrics.jsonl")
    #expect(run.bestPath == path + "/best.safetensors")
    #expect(run.curvesPath == path + "/curves.png")
  }

  @Test func aRunIsNotBegunAgainUnlessItIsToBeResumed() throws {
    try open().checkpoints.write(.sample(step: 3))
    let error = #expect(throws: TrainingError.self) { try open() }
    #expect(error?.code == .mismatched)
    #expect(error?.remedy.contains("--resume auto") == true)
    let run = try open(resuming: true)
    #expect(run.isResumed)
    #expect(try run.checkpoints.latest()?.state.step == 3)
  }

  @Test func aRunOfAnotherRecipeIsNotResumed() throws {
    _ = try open()
    let error = #expect(throws: TrainingError.self) {
      try open(resuming: true, recipe: "rate: 2\n")
    }
    #expect(error?.code == .mismatched)
    #expect(error?.message.contains("\"rate: 1\"") == true)
    #expect(try text(path + "/recipe.yaml") == "rate: 1\n")
  }

  @Test(arguments: [false, true])
  func aFolderWithSomethingElseIsRefusedAndLeftAsItWas(resuming: Bool) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data("rate: 9\n".utf8).write(to: URL(fileURLWithPath: path + "/recipe.yaml"))
    let error = #expect(throws: TrainingError.self) { try open(resuming: resuming) }
    #expect(error?.code == .mismatched)
    #expect(error?.path == path)
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["recipe.yaml"])
  }

  @Test func aFileInPlaceOfTheFolderIsRefused() throws {
    _ = try folder.write([1], to: "runs")
    let error = #expect(throws: TrainingError.self) { try open() }
    #expect(error?.code == .unwritable)
  }

  @Test func twoTrainingsNeverShareAFolder() throws {
    let first = try open()
    let error = #expect(throws: TrainingError.self) { try open(resuming: true) }
    #expect(error?.code == .mismatched)
    #expect(error?.message.contains("is training in this folder") == true)
    withExtendedLifetime(first) {}
  }

  @Test func whatAKilledProcessLeftUnfinishedIsRemoved() throws {
    let store = try open().checkpoints
    let leftovers = [path + "/.7-1.partial", store.folder + "/.7-2.partial"]
    for leftover in leftovers { try Data([1]).write(to: URL(fileURLWithPath: leftover)) }
    let run = try open(resuming: true)
    #expect(leftovers.allSatisfy { !FileManager.default.fileExists(atPath: $0) })
    #expect(FileManager.default.fileExists(atPath: run.recipePath))
  }

  @Test func aProcessKilledRightAfterTheLockLeavesAnEmptyFolder() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data().write(to: URL(fileURLWithPath: path + "/.lock"))
    #expect(try !open().isResumed)
  }
}
