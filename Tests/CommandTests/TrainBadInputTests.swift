import Foundation
import TestSupport
import Testing

/// What cannot be trained is said, with the place and what to do.
@Suite struct TrainBadInputTests {
  private let files: TrainFiles

  init() throws {
    files = try TrainFiles()
  }

  @Test func aMisspeltKeyIsRefusedAndTheNearestOneNamed() throws {
    let setting = try files.train("run", "--set", "shedule.rate=1")
    #expect(setting.status == 5 && setting.isOneErrorWithHint, "\(setting.err)")
    #expect(setting.err.contains("schedule"))
    let recipe = try files.folder.write(
      Array("data:\n  - {path: a, wieght: 2}\n".utf8), to: "recipe.yaml")
    let nested = try files.train("run", "--recipe", recipe)
    #expect(nested.status == 5 && nested.err.contains("weight"), "\(nested.err)")
  }

  @Test func aTruncatedShardIsNamedWithItsOffset() throws {
    let path = files.path("shards/000001.npy")
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: path))
    let outcome = try files.train("run")
    #expect(outcome.status == 4 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("000001.npy:"))
  }

  @Test func aLossThatIsNoNumberEndsTheRunWithStepAndTensor() throws {
    let outcome = try files.train(
      "run", "--set", "schedule.rate=1e30", "--set", "optimizer.clipping=none",
      "--set", "network.order=normalizationThenActivation")
    #expect(outcome.status == 4 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("at step "), "\(outcome.err)")
    #expect(
      outcome.err.contains("gradient of") || outcome.err.contains("first at"), "\(outcome.err)")
  }

  @Test func aCheckpointOfAnotherNetworkIsRefusedWithItsTensors() throws {
    #expect(try files.train("run", "--set", "steps=5").status == 0)
    #expect(try files.train("other", "--set", "steps=5", "--set", "network.width=0.25").status == 0)
    let name = "checkpoints/step-00000005.safetensors"
    try FileManager.default.removeItem(atPath: files.path("run/\(name)"))
    try FileManager.default.copyItem(
      atPath: files.path("other/\(name)"), toPath: files.path("run/\(name)"))
    let outcome = try files.train("run", "--resume", "auto", "--set", "steps=5")
    #expect(outcome.status == 5 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("width"), "\(outcome.err)")
  }

  @Test func aWidthThatCannotBeIsSaid() throws {
    let outcome = try files.train("run", "--set", "network.width=0.2")
    #expect(outcome.status == 5 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("network.width"))
  }

  @Test func aDamagedCheckpointIsNamedAndNeverPassedOver() throws {
    #expect(try files.train("run", "--set", "steps=5").status == 0)
    let path = files.path("run/checkpoints/step-00000005.safetensors")
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count - 100] ^= 4
    try bytes.write(to: URL(fileURLWithPath: path))
    let outcome = try files.train("run", "--resume", "auto", "--set", "steps=5")
    #expect(outcome.status == 4 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("step-00000005.safetensors:"))
  }

  @Test func nothingToLearnFromIsSaid() throws {
    let outcome = try Program.run("train", "--out", files.path("run"))
    #expect(outcome.status == 5 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("--data"))
    let missing = try files.train("run", "--recipe", "squeezesegv3")
    #expect(missing.status == 3 && missing.err.contains("squeezesegv2-kitti4"), "\(missing.err)")
  }
}
