#if Simulator
import Foundation
import TestSupport
import Testing

/// What `simulate` writes, whoever does the work.
@Suite struct SimulateTests {
  private let files: SimulateFiles

  init() throws {
    files = try SimulateFiles()
  }

  @Test func aSequenceIsWrittenForEachScene() throws {
    let outcome = try files.simulate("o", "--scenes", "2", "--set", "frames=3", "--json")
    #expect(outcome.status == 0 && outcome.err.isEmpty, "\(outcome.err)")
    #expect(outcome.json["written"] as? Int == 2 && outcome.json["scans"] as? Int == 6)
    #expect(outcome.json["kept"] as? Int == 0)
    let frames = ["000000", "000001", "000002"]
    let sequence =
      frames.map { "velodyne/\($0).bin" } + frames.map { "labels/\($0).label" }
      + frames.map { "label_2/\($0).txt" } + ["poses.txt", "times.txt", "calib.txt"]
    let names = ["00", "01"].flatMap { scene in sequence.map { "sequences/\(scene)/\($0)" } }
    #expect(files.names("o") == (names + ["simulation.yaml"]).sorted())
    let content = try files.content("o")
    let points = try names.filter { $0.hasSuffix(".bin") }.map { name in
      let (scan, labels) = (
        try #require(content[name]),
        try #require(
          content[name.replacing("velodyne", with: "labels").replacing(".bin", with: ".label")])
      )
      #expect(scan.count == 4 * labels.count && scan.count % 16 == 0)
      return scan.count / 16
    }
    #expect(outcome.json["points"] as? Int == points.reduce(0, +))
    #expect(outcome.json["fewestPoints"] as? Int == points.min())
  }

  @Test func threadsDoNotChangeWhatIsWritten() throws {
    for threads in ["1", "2"] {
      let outcome = try files.simulate(
        threads, "--scenes", "5", "--set", "frames=2", "--threads", threads)
      #expect(outcome.status == 0, "\(outcome.err)")
    }
    let single = try files.content("1")
    #expect(single.count == 5 * 9 + 1)
    #expect(single == (try files.content("2")))
  }

  /// Two processes as `mpirun` starts them; the second begins long before the first.
  private static let twoProcesses = """
    export OMPI_COMM_WORLD_SIZE=2 OMPI_MCA_ess_base_jobid=4711
    OMPI_COMM_WORLD_RANK=1 "$0" "$@" &
    sleep 0.3
    OMPI_COMM_WORLD_RANK=0 "$0" "$@" && wait $!
    """

  @Test func processesThatShareTheWorkWriteWhatOneWrites() throws {
    let more = ["--scenes", "5", "--quiet"]
    let shared = try Program.shell(Self.twoProcesses, files.arguments("shared", more))
    #expect(shared.status == 0 && shared.err.isEmpty, "\(shared.err)")
    #expect(try files.simulate("alone", "--scenes", "5").status == 0)
    #expect(try files.content("shared") == (try files.content("alone")))
  }

  @Test func processesThatShareTheWorkOverwriteTogether() throws {
    #expect(try files.simulate("o", "--scenes", "7", "--seed", "9").status == 0)
    let more = ["--scenes", "5", "--quiet", "--overwrite"]
    let shared = try Program.shell(Self.twoProcesses, files.arguments("o", more))
    #expect(shared.status == 0, "\(shared.err)")
    #expect(try files.simulate("alone", "--scenes", "5").status == 0)
    #expect(try files.content("o") == (try files.content("alone")))
  }

  @Test func shardsAreTheSameWhoeverWritesThem() throws {
    let more = ["--scenes", "18", "--format", "shards", "--columns", "64", "--quiet"]
    let shared = try Program.shell(Self.twoProcesses, files.arguments("shared", more))
    #expect(shared.status == 0 && shared.err.isEmpty, "\(shared.err)")
    let alone = try Program.start(files.arguments("alone", more)).outcome(timeout: 60)
    #expect(alone.status == 0, "\(alone.err)")
    let content = try files.content("alone")
    #expect(
      content.keys.sorted() == ["shards/000000.npy", "shards/000001.npy", "simulation.yaml"])
    #expect(content == (try files.content("shared")))
  }

  @Test func aSettingWinsOverTheRecipeAndAFlagOverBoth() throws {
    let recipe = try files.folder.write(
      "labels: box\nframes: 3\nphysics: {glass: false}\n".utf8, to: "recipe.yaml")
    let outcome = try files.simulate(
      "o", "--scenes", "1", "--recipe", recipe, "--set", "frames=2", "--labels", "surface")
    #expect(outcome.status == 0, "\(outcome.err)")
    let record = String(
      decoding: try #require(try files.content("o")["simulation.yaml"]), as: UTF8.self)
    for line in ["labels: surface", "frames: 2", "glass: false", "seed: 1", "sensor: "] {
      #expect(record.contains(line), "\(line)")
    }
  }

  @Test func theHelpHasAnExampleAndTheFlags() throws {
    let help = try Program.run("simulate", "--help")
    #expect(help.status == 0 && help.err.isEmpty)
    for words in ["Example: lidarseg simulate", "--scenes", "--resume", "--set", "--threads"] {
      #expect(help.out.contains(words), "\(words)")
    }
  }

  @Test func aPictureIsDrawn() throws {
    let picture = files.path("p.png")
    let outcome = try files.simulate("o", "--scenes", "2", "--preview", picture)
    #expect(outcome.status == 0 && outcome.err.contains(picture), "\(outcome.err)")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: picture))
    #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
  }
}
#endif
