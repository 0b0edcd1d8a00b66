import Foundation
import TestSupport
import Testing

/// Scans through recordings, pipes, files that grow, and a port.
@Suite struct StreamSourcesTests {
  private let files: CommandFiles
  private let scans: String

  init() throws {
    files = try CommandFiles()
    scans = try files.scans("drive", count: 3, points: 400)
  }

  private func segment(_ source: String, _ more: String...) throws -> Program.Outcome {
    try Program.start(
      ["segment", source, "--model", files.model, "--progress", "none"] + more
    ).outcome(timeout: 60)
  }

  private func content(_ name: String) throws -> Data {
    try Data(contentsOf: files.folder.url.appending(path: name))
  }

  private func frames() throws -> Data {
    let line = "\"$0\" \"$@\" > \(files.path("all.frames"))"
    let outcome = try Program.shell(
      line, ["segment", scans, "--model", files.model, "--format", "frames", "--out", "-"])
    #expect(outcome.status == 0, "\(outcome.err)")
    return try content("all.frames")
  }

  @Test func framesInAPipeKeepPointsAndLabels() throws {
    #expect(try segment(scans, "--out", files.path("labels")).status == 0)
    #expect(try frames().count == 3 * (32 + 400 * 20))
    let outcome = try Program.shell(
      "cat \(files.path("all.frames")) | \"$0\" \"$@\"",
      ["convert", "-", files.path("back"), "--to", "semantickitti"])
    #expect(outcome.status == 0, "\(outcome.err)")
    for frame in 0..<3 {
      let name = String(format: "%06d", frame)
      #expect(try content("back/velodyne/\(name).bin") == content("drive/\(name).bin"))
      #expect(try content("back/labels/\(name).label") == content("labels/drive/\(name).label"))
    }
  }

  @Test func aPipeThatBreaksOffGivesWhatCameAndSaysWhere() throws {
    let bytes = try frames()
    let cut = try files.write([UInt8](bytes.dropLast(100)), to: "cut.frames")
    let outcome = try Program.shell(
      "cat \(cut) | \"$0\" \"$@\"",
      ["segment", "-", "--model", files.model, "--out", files.path("o"), "--json"])
    #expect(outcome.status == 4 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("-:\(2 * (32 + 400 * 20))"))
    #expect(files.files("o").count { $0.hasSuffix(".label") } == 2)
    let other = try Program.shell(
      "echo something else | \"$0\" \"$@\"", ["segment", "-", "--model", files.model])
    #expect(other.status == 4 && other.isOneErrorWithHint, "\(other.err)")
  }

  @Test(arguments: ["frames", "mcap"])
  func aFileThatGrowsIsFollowedUntilASignal(format: String) throws {
    let made = try Program.shell(
      "\"$0\" \"$@\" > \(files.path("whole"))",
      ["segment", scans, "--model", files.model, "--format", format, "--out", "-"])
    #expect(made.status == 0, "\(made.err)")
    // Without its end, as what is still written to.
    let bytes = try content("whole").dropLast(format == "mcap" ? 200 : 0)
    let path = try files.write([UInt8](bytes.prefix(5000)), to: "grows")
    let run = try Program.start([
      "segment", path, "--follow", "--model", files.model, "--out", files.path("o"), "--json",
    ])
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: bytes.dropFirst(5000))
    try file.close()
    let deadline = Date() + 20
    while files.files("o").count < 3, Date() < deadline { usleep(50_000) }
    run.send(SIGINT)
    let outcome = try run.outcome(timeout: 20)
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect((outcome.json["sweeps"] as? [String: Int])?["written"] == 3)
  }

  @Test func labelledScansGoThroughMCAP() throws {
    let outcome = try segment(scans, "--format", "mcap,label,png", "--out", files.path("o"))
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(files.files("o/drive").count { $0.hasSuffix(".png") } == 3)
    let info = try Program.run("info", files.path("o/segmented.mcap"), "--json")
    let first = try #require(info.json["firstSweep"] as? [String: Any])
    let fields = try #require(first["fields"] as? [[String: Any]]).compactMap { $0["name"] }
    #expect("\(fields)".contains("confidence") && "\(fields)".contains("rgb"))
    let back = try Program.run(
      "convert", files.path("o/segmented.mcap"), files.path("back"), "--to", "semantickitti")
    #expect(back.status == 0, "\(back.err)")
    for frame in ["000000", "000001", "000002"] {
      #expect(try content("back/velodyne/\(frame).bin") == content("drive/\(frame).bin"))
      #expect(try content("back/labels/\(frame).label") == content("o/drive/\(frame).label"))
    }
  }

  @Test func whatIsCutIsExaminedAndWhatIsReadableConverted() throws {
    let whole = files.path("whole.mcap")
    #expect(try Program.run("convert", scans, whole, "--to", "mcap").status == 0)
    let healthy = try Program.run("doctor", whole, "--json")
    #expect(healthy.status == 0 && healthy.json["scans"] as? Int == 3, "\(healthy.err)")
    let bytes = [UInt8](try content("whole.mcap"))
    let cut = try files.write(Array(bytes.prefix(bytes.count * 2 / 3)), to: "cut.mcap")
    let sick = try Program.run("doctor", cut, "--json")
    let faults = try #require(sick.json["faults"] as? [[String: Any]])
    #expect(sick.status == 4 && faults.count == 1 && faults[0]["offset"] as? Int != nil)
    let saved = try Program.run("convert", cut, files.path("saved"), "--to", "pcd", "--json")
    #expect(saved.status == 4 && saved.json["scans"] as? Int == sick.json["scans"] as? Int)
    let missing = try Program.run(
      "convert", whole, files.path("none"), "--to", "pcd", "--topic", "/nobody")
    #expect(missing.status == 5 && missing.isOneErrorWithHint, "\(missing.err)")
  }

  @Test func theDoctorNamesEveryDamagedScanOfAFolder() throws {
    _ = try files.write([1, 2, 3], to: "drive/000001.bin")
    let outcome = try Program.run("doctor", scans, "--json", "--from", "kitti-bin")
    #expect(outcome.status == 4, "\(outcome.err)")
    let faults = try #require(outcome.json["faults"] as? [[String: Any]])
    #expect(faults.count == 1 && "\(faults[0]["path"] ?? "")".hasSuffix("000001.bin"))
    #expect(outcome.json["points"] as? Int == 800)
  }

  @Test func standardOutputTakesOneStreamOnly() throws {
    for formats in ["label", "mcap,frames", "jsonl"] {
      #expect(try segment(scans, "--out", "-", "--format", formats).status == 2)
    }
    #expect(try segment(scans, "--out", "-", "--format", "mcap", "--json").status == 2)
  }

  @Test func packetsThatAreSentToAPortAreAllLabelled() throws {
    let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Datasets/Examples/street.bin").standardizedFileURL.path
    let outcome = try Program.run(
      "bench", "streaming", example, "--model", "front-small", "--sweeps", "4", "--rate", "2",
      "--port", "\(Int.random(in: 20_000...40_000))", "--json")
    #expect(outcome.status == 0, "\(outcome.err)")
    let stream = try #require(outcome.json["stream"] as? [String: Any])
    #expect((stream["sweeps"] as? [String: Int])?["written"] == 5)
  }

  @Test func sweepsThatASlowTakerCannotHaveAreCounted() throws {
    let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Datasets/Examples/street.bin").standardizedFileURL.path
    let outcome = try Program.run(
      "bench", "streaming", example, "--model", "front-small", "--sweeps", "20", "--rate", "4",
      "--delay", "900", "--port", "\(Int.random(in: 20_000...40_000))", "--json")
    #expect(outcome.status == 0, "\(outcome.err)")
    let stream = try #require(outcome.json["stream"] as? [String: Any])
    let dropped = try #require((stream["sweeps"] as? [String: Int])?["dropped"])
    #expect(dropped > 0 && outcome.json["takenSweeps"] as? Int == 21 - dropped)
    let memory = try #require(outcome.json["memory"] as? [String: Double])
    #expect(try #require(memory["lowest"]) > 10)
  }

  @Test(arguments: [
    ["segment", "--rate", "2"], ["segment", "--queue", "3"], ["segment", "--incomplete", "drop"],
    ["convert", "--topic", "points"], ["info", "--metadata", "sensor.json"],
    ["doctor", "--calibration", "db.xml"],
  ])
  func whatIsSaidOfStreamsIsRefusedForScans(_ arguments: [String]) throws {
    var arguments = arguments
    arguments.insert(scans, at: 1)
    if arguments[0] == "convert" { arguments += [files.path("converted"), "--to", "pcd"] }
    let outcome = try Program.start(arguments).outcome(timeout: 60)
    #expect(outcome.status == 2 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains(arguments[2]))
  }
}
