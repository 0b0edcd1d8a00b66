#if Simulator
import Foundation
import TestSupport
import Testing

/// Simulations that were interrupted, and folders that hold something.
@Suite struct SimulateResumeTests {
  private let files: SimulateFiles

  init() throws {
    files = try SimulateFiles()
  }

  private func simulate(_ out: String, _ more: String...) throws -> Program.Outcome {
    try Program.start(files.arguments(out, ["--scenes", "4", "--json"] + more))
      .outcome(timeout: 60)
  }

  @Test func aSequenceWithoutItsTimesIsMadeAgain() throws {
    #expect(try simulate("o").status == 0)
    let whole = try files.content("o")
    try FileManager.default.removeItem(atPath: files.path("o/sequences/02/times.txt"))
    try FileManager.default.removeItem(atPath: files.path("o/sequences/02/poses.txt"))
    _ = try files.folder.write([1, 2, 3], to: "o/sequences/02/velodyne/000000.bin")
    let resumed = try simulate("o", "--resume")
    #expect(resumed.status == 0, "\(resumed.err)")
    #expect(resumed.json["written"] as? Int == 1 && resumed.json["kept"] as? Int == 3)
    #expect(try files.content("o") == whole)
  }

  @Test func resumingWhatIsCompleteWritesNoScan() throws {
    #expect(try simulate("o").status == 0)
    let before = try files.writings("o").filter { $0.key.hasPrefix("sequences") }
    #expect(before.count == 24)
    let resumed = try simulate("o", "--resume")
    #expect(resumed.status == 0 && resumed.json["kept"] as? Int == 4, "\(resumed.err)")
    #expect(try files.writings("o").filter { $0.key.hasPrefix("sequences") } == before)
  }

  @Test func aShardThatIsMissingIsMadeAgain() throws {
    let more = ["--scenes", "18", "--format", "shards", "--columns", "64", "--json"]
    func run(_ flags: String...) throws -> Program.Outcome {
      try Program.start(files.arguments("o", more + flags)).outcome(timeout: 60)
    }
    #expect(try run().json["written"] as? Int == 2)
    let whole = try files.content("o")
    try FileManager.default.removeItem(atPath: files.path("o/shards/000000.npy"))
    let resumed = try run("--resume")
    #expect(resumed.json["written"] as? Int == 1 && resumed.json["kept"] as? Int == 1)
    #expect(try files.content("o") == whole)
  }

  @Test func resumingAddsScenes() throws {
    #expect(try files.simulate("o", "--scenes", "2").status == 0)
    #expect(try simulate("o", "--resume").json["kept"] as? Int == 2)
    #expect(try simulate("whole").status == 0)
    #expect(try files.content("o") == (try files.content("whole")))
  }

  @Test func aRunThatASignalEndedIsResumedToWhatItWouldHaveBeen() throws {
    let more = ["--scenes", "16", "--set", "frames=3", "--threads", "1"]
    let run = try Program.start(files.arguments("o", more))
    let second = files.path("o/sequences/01/times.txt")
    for _ in 0..<600 where !FileManager.default.fileExists(atPath: second) {
      Thread.sleep(forTimeInterval: 0.02)
    }
    run.send(SIGTERM)
    #expect(try run.outcome(timeout: 30).status == 128 + SIGTERM)
    let names = files.names("o")
    #expect((2..<16).contains(names.count { $0.hasSuffix("times.txt") }))
    #expect(names.allSatisfy { !$0.contains("partial") })
    let resumed = try Program.start(files.arguments("o", more + ["--resume", "--json"]))
      .outcome(timeout: 60)
    #expect((2..<16).contains(resumed.json["kept"] as? Int ?? 0), "\(resumed.err)")
    #expect(try Program.start(files.arguments("whole", more)).outcome(timeout: 60).status == 0)
    #expect(try files.content("o") == (try files.content("whole")))
  }

  @Test func overwritingLeavesNothingOfWhatWas() throws {
    #expect(try files.simulate("o", "--scenes", "6", "--seed", "5").status == 0)
    #expect(try simulate("o", "--overwrite").status == 0)
    #expect(try simulate("fresh").status == 0)
    #expect(try files.content("o") == (try files.content("fresh")))
  }

  @Test(arguments: [[], ["--resume"], ["--overwrite"]])
  func aFolderOfSomethingElseIsLeftAlone(_ flags: [String]) throws {
    let folder = try TemporaryFolder()
    _ = try folder.write([7], to: "treasure")
    let outcome = try Program.start(
      ["simulate", folder.url.path, "--sensor", files.sensor, "--scenes", "1"] + flags
    ).outcome(timeout: 60)
    #expect(outcome.status == 3 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains(folder.url.path) && outcome.out.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["treasure"])
  }

  @Test func whatCannotBeSimulatedOverwritesNothing() throws {
    #expect(try simulate("o").status == 0)
    let before = try files.writings("o")
    let impossible = [
      ["--set", "frames=5", "--format", "shards"], ["--set", "frames=0"], ["--sensor", "hdl65"],
    ]
    for more in impossible {
      let outcome = try Program.start(files.arguments("o", ["--overwrite"] + more))
        .outcome(timeout: 60)
      #expect(outcome.status != 0 && outcome.isOneErrorWithHint, "\(outcome.err)")
      #expect(try files.writings("o") == before)
    }
  }

  @Test(arguments: [
    [], ["--resume", "--seed", "2"], ["--resume", "--set", "physics.glass=false"],
    ["--resume", "--sensor", "vlp16"],
  ])
  func anotherSimulationInTheFolderIsKept(_ flags: [String]) throws {
    #expect(try simulate("o").status == 0)
    let before = try files.writings("o")
    let outcome = try Program.start(files.arguments("o", ["--scenes", "5"] + flags))
      .outcome(timeout: 60)
    #expect(outcome.status == 3 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("--overwrite"))
    #expect(try files.writings("o") == before)
  }
}
#endif
