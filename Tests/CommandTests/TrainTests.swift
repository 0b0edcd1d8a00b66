import Exchange
import Foundation
import RangeImages
import TestSupport
import Testing

/// Training runs from their first step to their model.
@Suite struct TrainTests {
  private let files: TrainFiles

  init() throws {
    files = try TrainFiles()
  }

  @Test func trainingMakesTheLossSmallAndLeavesAModel() throws {
    let outcome = try files.train("run", "--json", "--validation", files.path("shards"))
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(outcome.json["step"] as? Int == 60)
    #expect(outcome.json["bestScore"] as? Double ?? 0 > 0.5)
    let losses = try files.losses("run")
    #expect(losses[60] ?? 9 < (losses[5] ?? 0) / 2, "\(losses)")
    let model = try ModelFile.read(files.path("run/best.safetensors"))
    #expect(model.description.geometry.rows == 8 && model.description.geometry.columns == 32)
    for name in ["recipe.yaml", "machine.json", "curves.png", "events", "checkpoints/latest"] {
      #expect(FileManager.default.fileExists(atPath: files.path("run/\(name)")), "\(name)")
    }
  }

  @Test func theSameSeedGivesTheSameBytesAndAnotherOneOthers() throws {
    #expect(try files.train("a").status == 0)
    #expect(try files.train("b").status == 0)
    #expect(try files.train("c", "--set", "seed=2").status == 0)
    #expect(try files.weights("a") == files.weights("b"))
    #expect(try files.weights("a")[1] != files.weights("c")[1])
  }

  @Test func recomputedActivationsChangeNothing() throws {
    #expect(try files.train("a").status == 0)
    #expect(try files.train("b", "--checkpoint-activations").status == 0)
    #expect(try files.weights("a")[1] == files.weights("b")[1])
  }

  /// A network without batch normalisation, whose rounding does not grow from step to step.
  @Test func twoProcessesFollowTheLossesOfOne() throws {
    let (one, two) = try losses(["--set", "network.architecture=squeezeseg", "--set", "steps=20"])
    #expect(Set(one.keys) == Set(two.keys) && one.count == 20)
    for (step, loss) in one {
      #expect(abs((two[step] ?? 0) - loss) < 1e-5 * loss, "step \(step)")
    }
  }

  /// With batch normalisation over few pixels any other order of adding up, by threads as by processes,
  /// moves the first loss in its fifth digit; without a common mean it would be in its first.
  @Test func twoProcessesShareTheStatisticsOfTheirBatch() throws {
    let (one, two) = try losses(["--set", "steps=1"])
    let (loss, other) = (try #require(one[1]), try #require(two[1]))
    #expect(abs(loss - other) < 5e-4 * loss, "\(loss), \(other)")
  }

  /// The losses of one process and of two that share each batch.
  private func losses(_ more: [String]) throws -> ([Int: Double], [Int: Double]) {
    let more = more + ["--set", "metricsSteps=1"]
    #expect(try Program.start(files.arguments("one", more)).outcome(timeout: 120).status == 0)
    let line = "exec mpirun --allow-run-as-root --oversubscribe --bind-to none -n 2 \"$0\" \"$@\""
    let outcome = try Program.shell(line, files.arguments("two", more), timeout: 120)
    try #require(outcome.status != 127, "mpirun is missing: tools/setup installs openmpi-bin")
    #expect(outcome.status == 0, "\(outcome.err)")
    return (try files.losses("one"), try files.losses("two"))
  }

  @Test func progressForMachinesIsOneObjectALine() throws {
    var arguments = files.arguments("run", ["--progress", "json", "--set", "steps=10"])
    arguments.removeAll { $0 == "--quiet" }
    let outcome = try Program.start(arguments).outcome(timeout: 120)
    let lines = outcome.err.split(separator: "\n").filter { $0.hasPrefix("{") }
    #expect(lines.count == 2, "\(outcome.err)")
    for line in lines {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(object?["loss"] is Double && object?["steps"] as? Int == 10)
    }
  }
}
