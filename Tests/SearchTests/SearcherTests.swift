import Foundation
import Tensors
import TestSupport
import Testing
import Training

@testable import Search

@Suite(.serialized) struct SearcherTests {
  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func theBlockThatHelpsIsFoundAndTheOneThatDoesNotIsLeftOut(_ seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let searcher = try FarEcho.searcher(
      FarEcho.configuration(seed: seed), folder: folder.path("run"))
    let outcome = try searcher.run(report: { _ in }, shouldStop: { false })
    #expect(outcome.isDone)
    let best = try Derivation(outcome.architecture, FarEcho.latencies, target: 2)
      .networks(count: 1, seed: 1)
    #expect(best == [[1, 0]], "\(outcome.architecture.shares)")
  }

  @Test(arguments: OptimizerConfiguration.Method.allCases)
  func theArchitectureLearnsByItsOwnRule(_ method: OptimizerConfiguration.Method) throws {
    var configuration = FarEcho.configuration(seed: 1)
    configuration.training.optimizer.method = method
    configuration.schedule.steps = 24
    configuration.schedule.warmupSteps = 6
    let folder = try TemporaryFolder()
    let architecture = try FarEcho.searcher(configuration, folder: folder.path("run"))
      .run(report: { _ in }, shouldStop: { false }).architecture
    #expect(architecture.logits.allSatisfy { $0.contains { abs($0) > 0.01 } })
  }

  @Test func aSearchThatWasStoppedEndsWithTheSameNumbers() throws {
    var configuration = FarEcho.configuration(seed: 1)
    configuration.schedule.steps = 24
    configuration.schedule.warmupSteps = 6
    let (whole, parts) = (try TemporaryFolder(), try TemporaryFolder())
    let expected = try FarEcho.searcher(configuration, folder: whole.path("run"))
      .run(report: { _ in }, shouldStop: { false })
    var steps = 0
    let stopped = try FarEcho.searcher(configuration, folder: parts.path("run")).run(
      report: { _ in },
      shouldStop: {
        steps += 1
        return steps == 13
      })
    #expect(!stopped.isDone)
    let found = try FarEcho.searcher(
      configuration, folder: parts.path("run"), resumes: true
    ).run(report: { _ in }, shouldStop: { false })
    #expect(found.isDone && found.seconds > stopped.seconds)
    #expect(found.architecture == expected.architecture)
    #expect(found.architecture.logits.contains { $0.contains { $0 != 0 } })
    #expect(
      try Self.checkpoint(in: whole.path("run")).tensors
        == Self.checkpoint(in: parts.path("run")).tensors)
  }

  private static func checkpoint(in folder: String) throws -> Checkpoint {
    try #require(try CheckpointStore(folder: "\(folder)/checkpoints").latest())
  }

  @Test func theWeightsOfAnotherSearchStayAndTheArchitectureIsLearnedAnew() throws {
    let folder = try TemporaryFolder()
    var configuration = FarEcho.configuration(seed: 1)
    _ = try FarEcho.searcher(configuration, folder: folder.path("one/search"))
      .run(report: { _ in }, shouldStop: { false })
    configuration.weightsOf = folder.path("one")
    let outcome = try FarEcho.searcher(configuration, folder: folder.path("two"))
      .run(report: { _ in }, shouldStop: { false })
    #expect(outcome.isDone)
    let best = try Derivation(outcome.architecture, FarEcho.latencies, target: 2)
      .networks(count: 1, seed: 1)
    #expect(best == [[1, 0]], "\(outcome.architecture.shares)")
    let first = try Self.checkpoint(in: folder.path("one/search"))
    let second = try Self.checkpoint(in: folder.path("two"))
    let isOwn = { (name: String) in name.hasSuffix("/architecture") }
    for (name, tensor) in first.tensors where name.hasPrefix("weights/") && !isOwn(name) {
      #expect(second.tensors[name] == tensor, "\(name)")
    }
    #expect(first.tensors.keys.contains(where: isOwn))
  }

  @Test(arguments: [true, false])
  func weightsOfNoSearchOrOfAnotherSpaceAreRefused(_ isThere: Bool) throws {
    let folder = try TemporaryFolder()
    var configuration = FarEcho.configuration(seed: 1)
    if isThere {
      let other = Checkpoint(
        state: CheckpointState(
          step: 3, recipe: "", seed: 1, ranks: 1, threads: 1, backend: nil, program: "test"),
        tensors: ["weights/stem/kernels": Tensor([2], [1, 2])])
      let checkpoints = folder.path("one/search/checkpoints")
      try FileManager.default.createDirectory(
        atPath: checkpoints, withIntermediateDirectories: true)
      try CheckpointStore(folder: checkpoints).write(other)
    }
    configuration.weightsOf = folder.path("one")
    let error = #expect(throws: SearchError.self) {
      _ = try FarEcho.searcher(configuration, folder: folder.path("two"))
    }
    #expect(error?.code == .mismatched && error?.path == folder.path("one"))
    #expect(error?.message.contains(isThere ? "has no weights" : "no search") == true)
    #expect(!FileManager.default.fileExists(atPath: folder.path("two")))
  }

  @Test func aRunLeavesAPictureATableAndMetrics() throws {
    var configuration = FarEcho.configuration(seed: 2)
    configuration.schedule.steps = 10
    configuration.schedule.warmupSteps = 2
    configuration.training.metricsSteps = 2
    let folder = try TemporaryFolder()
    _ = try FarEcho.searcher(configuration, folder: folder.path("run"))
      .run(report: { _ in }, shouldStop: { false })
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("run"))
    #expect(
      Set(names).isSuperset(of: [
        "architecture.png", "architecture.md", "curves.png", "metrics.jsonl",
      ]))
    let table = try String(contentsOfFile: folder.path("run/architecture.md"), encoding: .utf8)
    #expect(table.contains("| stage1_1 |") && table.contains("context"))
  }

  @Test(arguments: ["architectureRate", "latency table"])
  func anotherSearchIsNotGoneOnWith(_ difference: String) throws {
    var configuration = FarEcho.configuration(seed: 1)
    configuration.schedule.steps = 4
    configuration.schedule.warmupSteps = 1
    let folder = try TemporaryFolder()
    _ = try FarEcho.searcher(configuration, folder: folder.path("run"))
      .run(report: { _ in }, shouldStop: { false })
    var latencies = FarEcho.latencies
    if difference == "latency table" {
      latencies = CandidateLatencies(byPlace: [[0, 1], [0, 1.5]], rest: 1)
    } else {
      configuration.schedule.architectureRate = 0.5
    }
    let error = #expect(throws: TrainingError.self) {
      _ = try FarEcho.searcher(
        configuration, folder: folder.path("run"), resumes: true, latencies: latencies)
    }
    #expect(error?.code == .mismatched && error?.message.contains(difference) == true)
  }
}
