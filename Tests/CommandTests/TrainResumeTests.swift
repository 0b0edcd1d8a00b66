import Foundation
import TestSupport
import Testing

/// Training runs that were stopped, by whatever, and taken up again.
@Suite struct TrainResumeTests {
  private let files: TrainFiles

  init() throws {
    files = try TrainFiles()
  }

  @Test func aRunThatWasKilledTwentyTimesEndsWithTheSameBytes() throws {
    let more = ["--resume", "auto", "--set", "steps=150", "--validation", files.path("shards")]
    let more2 = more + ["--set", "validation.steps=11"]
    #expect(try Program.start(files.arguments("whole", more2)).outcome(timeout: 120).status == 0)
    let killCount = min(fuzzRounds(usually: 20), 200)
    var random = SeededNumbers(seed: 5)
    var killed = 0
    for _ in 0..<20 * killCount where killed < killCount {
      let run = try Program.start(files.arguments("run", more2))
      Thread.sleep(forTimeInterval: Double.random(in: 0.02...0.45, using: &random))
      run.send(SIGKILL)
      let outcome = try run.outcome(timeout: 30)
      if outcome.status == 128 + SIGKILL {
        killed += 1
      } else {
        // It had come to its end; begin again.
        #expect(outcome.status == 0, "\(outcome.err)")
        #expect(try files.weights("run") == files.weights("whole"))
        try FileManager.default.removeItem(atPath: files.path("run"))
      }
    }
    #expect(killed == killCount)
    let end = try Program.start(files.arguments("run", more2)).outcome(timeout: 120)
    #expect(end.status == 0, "\(end.err)")
    #expect(try files.weights("run") == files.weights("whole"))
    #expect(try files.losses("run").keys.sorted() == files.losses("whole").keys.sorted())
  }

  @Test func aSignalStopsAfterTheStepWithACheckpoint() throws {
    let more = ["--set", "steps=4000", "--set", "checkpointSteps=100000"]
    let run = try Program.start(files.arguments("run", more))
    let metrics = files.path("run/metrics.jsonl")
    for _ in 0..<600 where (try? files.losses("run").count) ?? 0 < 2 {
      Thread.sleep(forTimeInterval: 0.02)
    }
    run.send(SIGINT)
    let outcome = try run.outcome(timeout: 60)
    #expect(outcome.status == 128 + SIGINT, "\(outcome.err)")
    let last = try files.losses("run").keys.max() ?? 0
    #expect(last > 0 && last < 4000 && FileManager.default.fileExists(atPath: metrics))
    let names = try FileManager.default.contentsOfDirectory(
      atPath: files.path("run/checkpoints"))
    #expect(names.contains(String(format: "step-%08d.safetensors", last)), "\(names)")
  }

  @Test func aFolderWithARunIsNotTrainedInAgainUnasked() throws {
    #expect(try files.train("run", "--set", "steps=5").status == 0)
    let again = try files.train("run", "--set", "steps=5")
    #expect(again.status == 5 && again.isOneErrorWithHint, "\(again.err)")
    #expect(again.err.contains("--resume auto"))
  }

  @Test func anotherRecipeOtherThreadsOrOtherKernelsAreRefused() throws {
    #expect(try files.train("run", "--set", "steps=5").status == 0)
    let recipe = try files.train("run", "--resume", "auto", "--set", "steps=6")
    #expect(recipe.status == 5 && recipe.isOneErrorWithHint, "\(recipe.err)")
    #expect(recipe.err.contains("steps: 5") && recipe.err.contains("steps: 6"))
    let threads = try files.train(
      "run", "--resume", "auto", "--set", "steps=5", "--threads", "1")
    #expect(threads.status == 5 && threads.err.contains("--threads 2"), "\(threads.err)")
    let kernels = try files.train(
      "run", "--resume", "auto", "--set", "steps=5", "--backend", "reference")
    #expect(kernels.status == 5 && kernels.err.contains("--backend"), "\(kernels.err)")
  }
}
