#if Simulator
import Foundation
import TestSupport
import Testing

/// What cannot be simulated, and places that cannot be written to.
@Suite struct SimulateBadInputTests {
  private let files: SimulateFiles

  init() throws {
    files = try SimulateFiles()
  }

  private func expectRefusal(
    _ arguments: [String], status: Int32, saying words: String
  ) throws {
    let outcome = try Program.start(["simulate", files.path("o")] + arguments).outcome(timeout: 60)
    #expect(outcome.status == status && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains(words), "\(outcome.err)")
    #expect(outcome.out.isEmpty && !FileManager.default.fileExists(atPath: files.path("o")))
  }

  @Test(arguments: [
    (["--scenes", "0"], "--scenes 0 is not in 1..."), (["--scenes", "-1"], "scenes"),
    (["--scenes", "many"], "scenes"), (["--seed", "-1"], "seed"),
    (["--resume", "--overwrite"], "one of them"), (["--beside", "x"], "--preview"),
    (["--labels", "colour"], "'surface' and 'box'"), (["--threads", "0"], "--threads 0"),
    (["--format", "las"], "shards"), (["--format", "shards", "--columns", "15"], "--columns 15"),
    (["--format", "shards", "--preview", "p.png"], "--preview"),
    (["--format", "shards", "--set", "frames=5"], "at most 4 frames"),
  ])
  func aWrongCommandLineIsUsage(_ arguments: [String], _ words: String) throws {
    try expectRefusal(arguments, status: 2, saying: words)
  }

  @Test(arguments: [
    ("physics.glas=false", "did you mean \"physics.glass\"?"),
    ("frames=two", "frames"), ("physics.glass=3", "physics.glass"),
    ("streets=[1, 2]", "streets is not a list of keys"), ("frames=0", "frames is 0"),
    ("frames=10001", "1 to 10000"), ("frames=201", "at most 200 frames"),
    ("physics.rangeNoise=-0.1", "physics.rangeNoise"),
    ("physics.rangeNoise=.nan", "physics.rangeNoise"), ("physics.randomDrop=1.5", "0.0 to 1.0"),
    ("physics.pointingNoise=1e9", "0.0 to 20.0"), ("sensorHeight=0", "sensorHeight is 0.0"),
    ("sensorPitch=.inf", "sensorPitch"), ("streets.people=11", "0.0 to 10.0"),
    ("physics.returnMode=last", "physics.returnMode"),
    ("streets.styles={residential: 0, city: 0, arterial: 0, campus: 0}", "styles"),
    ("labels=colour", "labels"), ("frames", "key=value"),
  ])
  func aSettingThatCannotBeIsRefused(_ setting: String, _ words: String) throws {
    try expectRefusal(
      ["--sensor", files.sensor, "--set", setting], status: 5, saying: words)
  }

  @Test(arguments: [
    ("phisics: {}\n", 5, "did you mean \"physics\"?"), ("frames: [1]\n", 5, "frames"),
    ("sensorHeight: 9\n", 5, "0.2 to 5"), ("frames: [", 5, "YAML"),
  ])
  func aRecipeThatCannotBeIsRefused(_ yaml: String, _ status: Int32, _ words: String) throws {
    let recipe = try files.folder.write(yaml.utf8, to: "recipe.yaml")
    try expectRefusal(
      ["--sensor", files.sensor, "--recipe", recipe], status: status, saying: words)
  }

  @Test func aMissingRecipeIsUnreadable() throws {
    try expectRefusal(["--recipe", files.path("none.yaml")], status: 3, saying: "none.yaml")
  }

  @Test(arguments: [
    ("elevation_deg: -3", "elevation_deg: .nan", 4, "elevation_deg"),
    ("elevation_deg: -3", "elevation_deg: -30", 4, "not below beam"),
    ("elevation_deg: -3", "elevation_deg: three", 4, "elevation_deg"),
    ("maximum_m: 100", "maximum_m: -1", 4, "range.maximum_m"),
    ("azimuth_steps: [{step_deg: 1, share: 1}],", "", 5, "azimuth_steps"),
    ("step_deg: 1", "step_deg: 1.0e-3", 5, "times per turn"),
    ("step_deg: 1", "step_deg: 90", 5, "times per turn"),
  ])
  func aSensorFileThatCannotBeIsRefused(
    _ part: String, _ other: String, _ status: Int32, _ words: String
  ) throws {
    let text = SimulateFiles.table.replacing(part, with: other)
    #expect(text != SimulateFiles.table)
    let sensor = try files.folder.write(text.utf8, to: "other.yaml")
    try expectRefusal(["--sensor", sensor], status: status, saying: words)
  }

  @Test func anUnknownOrMissingSensorIsRefused() throws {
    try expectRefusal(["--sensor", "hdl65"], status: 5, saying: "hdl64e-kitti")
    try expectRefusal(["--sensor", files.path("none.yaml")], status: 3, saying: "none.yaml")
  }

  @Test func aFolderThatCannotBeMadeIsUnwritable() throws {
    let blocked = try files.folder.write([1], to: "blocked")
    for out in [blocked, "\(blocked)/below", "/proc/nosuch/out"] {
      let outcome = try Program.run("simulate", out, "--sensor", files.sensor, "--scenes", "1")
      #expect(outcome.status == 3 && outcome.isOneErrorWithHint, "\(outcome.err)")
      #expect(outcome.err.contains(out), "\(outcome.err)")
    }
  }

  @Test func aFullDiskEndsTheJobAndLeavesNothingHalfWritten() throws {
    // No file may have more than 64 blocks.
    let outcome = try Program.shell(
      "ulimit -f 64; exec \"$0\" \"$@\"",
      ["simulate", files.path("o"), "--sensor", "vlp16", "--scenes", "3", "--quiet"])
    #expect(outcome.status == 7 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("no room") && outcome.err.contains("velodyne/000000.bin"))
    #expect(files.names("o") == ["simulation.yaml"])
    let resumed = try Program.run(
      "simulate", files.path("o"), "--sensor", "vlp16", "--scenes", "3", "--resume", "--json")
    #expect(resumed.status == 0 && resumed.json["written"] as? Int == 3, "\(resumed.err)")
  }

  @Test func aFolderInTheWayOfASequenceIsUnwritable() throws {
    #expect(try files.simulate("o", "--scenes", "1").status == 0)
    let times = files.path("o/sequences/00/times.txt")
    try FileManager.default.removeItem(atPath: times)
    try FileManager.default.removeItem(atPath: files.path("o/sequences/00/labels/000000.label"))
    try FileManager.default.createDirectory(
      atPath: files.path("o/sequences/00/labels/000000.label"), withIntermediateDirectories: true)
    let outcome = try files.simulate("o", "--scenes", "1", "--resume")
    #expect(outcome.status == 3 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(!FileManager.default.fileExists(atPath: times))
  }

  @Test func aPictureThatCannotBeWrittenIsSaid() throws {
    let outcome = try files.simulate(
      "o", "--scenes", "1", "--quiet", "--preview", "/proc/nosuch/p.png")
    #expect(outcome.status == 3 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(files.names("o").contains("sequences/00/times.txt"))
  }
}
#endif
