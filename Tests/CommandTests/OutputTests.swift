import Foundation
import TestSupport
import Testing

/// What is written where, and what happens when it cannot be.
@Suite struct OutputTests {
  private let files: CommandFiles

  init() throws {
    files = try CommandFiles()
  }

  @Test func everyFormatHoldsEveryPoint() throws {
    let scan = try files.scan(points: 300)
    let outcome = try Program.run(
      "segment", scan, "--model", files.model, "--out", files.path("o"), "--format",
      "label,pcd,ply,npy", "--from", "kitti-bin")
    #expect(outcome.status == 0 && outcome.out.isEmpty, "\(outcome.err)")
    #expect(files.count("o/scan.label") == 1200)
    for format in ["pcd", "ply"] {
      let info = try Program.run("info", files.path("o/scan.\(format)"), "--json")
      let first = info.json["firstScan"] as? [String: Any]
      #expect(first?["points"] as? Int == 300, "\(info.out)")
      #expect((first?["labels"] as? [String: Int])?.values.reduce(0, +) == 300)
    }
  }

  @Test(arguments: ["info", "project", "segment", "convert", "render"])
  func jsonIsAllThatStdoutHolds(_ verb: String) throws {
    let scan = try files.scan()
    let more = [
      "project": ["--projection", "spherical", "--report"],
      "segment": ["--model", files.model, "--out", files.path("o")],
      "render": ["--model", files.model, "--out", files.path("p.png")],
    ]
    let arguments =
      verb == "convert" ? [verb, scan, files.path("c"), "--to", "pcd"] : [verb, scan]
    let outcome = try Program.start(
      arguments + ["--json", "--from", "kitti-bin"] + (more[verb] ?? [])
    ).outcome(timeout: 60)
    #expect(outcome.status == 0 && !outcome.json.isEmpty, "\(outcome.err)\(outcome.out)")
  }

  @Test func quietSaysNothingOfWhatWentWell() throws {
    let outcome = try Program.run(
      "convert", try files.scan(), files.path("c"), "--to", "ply", "--from", "kitti-bin", "-q")
    #expect(outcome.status == 0 && outcome.out.isEmpty && outcome.err.isEmpty, "\(outcome.err)")
  }

  @Test(arguments: ["segment", "convert", "render"])
  func anOutputThatCannotBeMadeIsUnwritable(_ verb: String) throws {
    let scan = try files.scan()
    let blocked = try files.write([1], to: "blocked")
    for out in [blocked, "\(blocked)/below", "/proc/nosuch/out"] {
      let arguments =
        switch verb {
        case "segment": ["segment", scan, "--model", files.model, "--out", out]
        case "convert": ["convert", scan, out, "--to", "semantickitti"]
        default: ["render", scan, "--model", files.model, "--out", "\(out)/p.png"]
        }
      let outcome = try Program.start(arguments + ["--from", "kitti-bin"]).outcome(timeout: 60)
      #expect(outcome.status == 3, "\(outcome.err)")
      #expect(outcome.err.contains("lidarseg: error: ") && outcome.err.contains("\nhint: "))
      #expect(outcome.err.contains(out), "\(outcome.err)")
    }
  }

  @Test(arguments: ["segment", "convert"])
  func aFullDiskEndsTheJobAndLeavesNothingHalfWritten(_ verb: String) throws {
    let folder = try files.scans("many", count: 3, points: 20_000)
    let arguments =
      verb == "segment"
      ? [verb, folder, "--model", files.model, "--out", files.path("o")]
      : [verb, folder, files.path("o"), "--to", "kitti-bin"]
    // No file may have more than 64 blocks.
    let outcome = try Program.shell(
      "ulimit -f 64; exec \"$0\" \"$@\"", arguments + ["--from", "kitti-bin"])
    #expect(outcome.status == 7, "\(outcome.err)")
    #expect(outcome.err.contains("no room"))
    #expect(files.files("o").allSatisfy { !$0.contains(".") })
  }

  @Test func aFullStdoutIsAnError() throws {
    let outcome = try Program.shell("exec \"$0\" \"$@\" > /dev/full", ["sensors"])
    #expect(outcome.status == 7 && outcome.isOneErrorWithHint, "\(outcome.err)")
  }

  @Test func aReaderThatHasSeenEnoughIsNoError() throws {
    let outcome = try Program.shell("\"$0\" sensors --json | head -c 10; exit 0", [])
    #expect(outcome.err.isEmpty && outcome.out.count == 10)
  }

  @Test func closedStreamsDoNotSpoilFiles() throws {
    let scan = try files.scan(points: 300)
    let outcome = try Program.shell(
      "exec \"$0\" \"$@\" <&- >&- 2>&-",
      [
        "segment", scan, "--model", files.model, "--out", files.path("o"), "--json", "--from",
        "kitti-bin",
      ])
    #expect(outcome.status == 0)
    #expect(files.count("o/scan.label") == 1200)
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func aSignalEndsTheJobBetweenTwoFiles(_ signal: Int32) throws {
    let folder = try files.scans("many", count: 400, points: 20_000)
    let run = try Program.start([
      "segment", folder, "--model", files.model, "--out", files.path("o"), "--from", "kitti-bin",
      "--format", "label,ply",
    ])
    for _ in 0..<600 where files.files("o").count < 6 { Thread.sleep(forTimeInterval: 0.05) }
    run.send(signal)
    let outcome = try run.outcome(timeout: 30)
    #expect(outcome.status == 128 + signal, "\(outcome.err)")
    let written = files.files("o").filter { $0.contains(".") }
    #expect(!written.isEmpty && written.count < 800)
    #expect(written.allSatisfy { $0.hasSuffix(".label") || $0.hasSuffix(".ply") })
    for name in written where name.hasSuffix(".label") {
      #expect(files.count("o/\(name)") == 80_000)
    }
  }
}
