#if Viewer
import Foundation
import PointCloudIO
import PointClouds
import TestSupport
import Testing

/// The page of `annotate` as a command: starting, being killed, going on, and the files at the end.
@Suite struct AnnotatePageTests {
  private struct NotStarted: Error { var outcome: Program.Outcome }

  private let files: CommandFiles
  private let scans: String

  init() throws {
    files = try CommandFiles()
    scans = try files.scans("drive/velodyne", count: 3)
  }

  private var out: String { files.path("out") }

  private func arguments(_ more: [String] = []) -> [String] {
    [
      "annotate", scans, "--out", out, "--model", files.model, "--port", "0", "--json", "--quiet",
    ] + more
  }

  /// Starts the command, perhaps behind a line of shell, and claims the right to change something.
  private func start(shell line: String? = nil) throws -> (RunningProgram, LoopbackClient) {
    let program =
      try line.map { try Program.start(shell: $0, arguments()) } ?? Program.start(arguments())
    let end = Date(timeIntervalSinceNow: 60)
    while Date() < end {
      if let port = object(Data(program.outSoFar.utf8))["port"] as? Int {
        let client = LoopbackClient(port: port)
        let claim = try client.post("/api/writer", #"{"writer": "me", "takes": false}"#)
        #expect(claim.status == 200, "\(claim.text)")
        return (program, client)
      }
      Thread.sleep(forTimeInterval: 0.02)
    }
    program.send(SIGKILL)
    throw NotStarted(outcome: try program.outcome(timeout: 5))
  }

  private func object(_ data: Data) -> [String: Any] {
    (try? JSONSerialization.jsonObject(with: data)) as? [String: Any] ?? [:]
  }

  private func paint(_ client: LoopbackClient, from point: Int, in sweep: Int = 0) throws
    -> LoopbackClient.Answer
  {
    try client.post(
      "/api/steps",
      """
      {"writer": "me", "sweep": \(sweep), "action": {"change": {"_0":
        {"setClass": {"points": [\(point), 3], "semantic": 31}}}}}
      """)
  }

  private func steps(_ client: LoopbackClient, in sweep: Int = 0) throws -> (Int?, Int?) {
    let view = object(Data(try client.ask("/api/annotations/\(sweep)").body))
    return (view["undo"] as? Int, view["steps"] as? Int)
  }

  @Test func killedAtAnyTimeItGoesOnWithAllThatWasAnswered() throws {
    var done = 0
    var last: Int?
    for round in 0..<3 {
      let (program, client) = try start()
      let known = try steps(client)
      #expect(known.0 == done, "\(round)")
      if let last { #expect(known.1 == last) }
      for point in 0..<5 {
        #expect(try paint(client, from: 10 * point + round).status == 200)
        done += 1
      }
      last = try steps(client).1
      program.send(SIGKILL)
      _ = try program.outcome(timeout: 20)
    }
    let (program, client) = try start()
    #expect(try steps(client).0 == done)
    program.send(SIGINT)
    let outcome = try program.outcome(timeout: 20)
    #expect(outcome.status == 0, "\(outcome.err)")
    let labels = try LabelFile.read(out + "/drive/labels/000000.label")
    #expect(labels.count == 500 && labels.prefix(3).allSatisfy { $0.semantic == 31 })
    #expect(!FileManager.default.fileExists(atPath: out + "/drive/labels/000001.label"))
  }

  @Test func aFullDiskIsSaidAndNothingThatWasAnsweredIsLost() throws {
    let (program, client) = try start(shell: "ulimit -f 24; exec \"$0\" \"$@\"")
    var done = 0
    var full: LoopbackClient.Answer?
    while full == nil, done < 2_000 {
      let answer = try paint(client, from: done % 400)
      if answer.status == 200 { done += 1 } else { full = answer }
    }
    let refusal = try #require(full)
    #expect(refusal.status == 507 && done > 0, "\(refusal.status) after \(done)")
    #expect(refusal.text.contains("annotation.journal") && refusal.text.contains("remedy"))
    #expect(try steps(client).0 == done)
    program.send(SIGKILL)
    _ = try program.outcome(timeout: 20)
    let (second, again) = try start()
    #expect(try steps(again).0 == done)
    #expect(try paint(again, from: 7).status == 200)
    second.send(SIGINT)
    #expect(try second.outcome(timeout: 20).status == 0)
  }

  @Test func theFolderIsOneProcesssAtATime() throws {
    let (program, _) = try start()
    let second = try Program.start(arguments()).outcome(timeout: 30)
    #expect(second.status == 3 && second.isOneErrorWithHint && second.out.isEmpty, "\(second.err)")
    #expect(second.err.contains("annotation.lock"))
    program.send(SIGTERM)
    #expect(try program.outcome(timeout: 20).status == 0)
  }

  @Test func truthIsNeverTheFolderThatIsWrittenTo() throws {
    let labels = files.path("drive/labels")
    try FileManager.default.createDirectory(
      atPath: labels, withIntermediateDirectories: true)
    for frame in ["000000", "000001", "000002"] {
      try LabelFile.write(
        .init(repeating: .unlabelled, count: 500), to: "\(labels)/\(frame).label")
    }
    for folder in [files.path("drive"), files.folder.url.path] {
      let outcome = try Program.run(
        "annotate", files.path("drive"), "--out", folder, "--model", files.model, "--port", "0")
      #expect(outcome.status == 5 && outcome.isOneErrorWithHint, "\(outcome.err)")
    }
  }

  @Test func whereItWroteIsSaid() throws {
    let program = try Program.start(
      ["annotate", scans, "--out", out, "--model", files.model, "--port", "0"])
    let end = Date(timeIntervalSinceNow: 60)
    while !program.outSoFar.hasSuffix("\n"), Date() < end { Thread.sleep(forTimeInterval: 0.02) }
    let line = program.outSoFar
    #expect(line.hasPrefix("http://127.0.0.1:") && line.split(separator: "\n").count == 1)
    program.send(SIGINT)
    let outcome = try program.outcome(timeout: 20)
    #expect(outcome.status == 0 && outcome.out == line)
    #expect(outcome.err.contains("annotations of 0 sweeps: \(out)"), "\(outcome.err)")
  }
}
#endif
