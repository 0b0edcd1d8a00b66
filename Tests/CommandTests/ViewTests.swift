#if Viewer
import Foundation
import TestSupport
import Testing

/// The page's server as a command: starting, answering, stopping.
@Suite struct ViewTests {
  private struct NotStarted: Error { var outcome: Program.Outcome }

  private let files: CommandFiles

  init() throws { files = try CommandFiles() }

  /// Starts the command and waits until it said where its page is.
  private func start(_ arguments: [String]) throws -> (
    program: RunningProgram, client: LoopbackClient
  ) {
    let program = try Program.start(
      ["view"] + arguments + ["--model", files.model, "--port", "0", "--json", "--quiet"])
    let end = Date(timeIntervalSinceNow: 60)
    while Date() < end {
      let report = object(Data(program.outSoFar.utf8))
      if let port = report["port"] as? Int {
        #expect(report["url"] as? String == "http://127.0.0.1:\(port)/")
        return (program, LoopbackClient(port: port))
      }
      Thread.sleep(forTimeInterval: 0.02)
    }
    program.send(SIGKILL)
    throw NotStarted(outcome: try program.outcome(timeout: 5))
  }

  private func object(_ answer: LoopbackClient.Answer) -> [String: Any] {
    object(Data(answer.body))
  }

  private func object(_ data: Data) -> [String: Any] {
    (try? JSONSerialization.jsonObject(with: data)) as? [String: Any] ?? [:]
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func scansAreServedUntilASignalComes(_ signal: Int32) throws {
    let (program, client) = try start([try files.scans("scans", count: 3)])
    #expect(try client.ask("/").status == 200)
    let source = object(try client.ask("/api/source"))
    #expect(source["sweeps"] as? [String] == ["000000", "000001", "000002"])
    #expect(source["kind"] as? String == "stored" && source["model"] as? String == "tiny")
    for number in [2, 0, 1] {
      let sweep = try client.ask("/api/sweeps/\(number)")
      #expect(sweep.status == 200 && sweep.body.count == 64 + 20 * 500)
    }
    program.send(signal)
    let outcome = try program.outcome(timeout: 20)
    #expect(outcome.status == 0)
    #expect(throws: LoopbackClient.Failure.self) { try client.ask("/") }
  }

  @Test func itStopsWhileAPageListens() throws {
    let (program, client) = try start([try files.scan()])
    let bytes = try client.exchange(
      "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n",
      enough: { bytes in
        if String(decoding: bytes, as: UTF8.self).contains("event: state") { program.send(SIGINT) }
        return false
      })
    #expect(!bytes.isEmpty)
    #expect(try program.outcome(timeout: 20).status == 0)
  }

  @Test func scansThatAreDamagedOrGoneAreSaidAndTheOthersShown() throws {
    let (program, client) = try start([try files.scans("scans", count: 3)])
    try FileManager.default.removeItem(atPath: files.path("scans/000000.bin"))
    _ = try files.write(Array(repeating: 7, count: 16 * 40 + 3), to: "scans/000001.bin")
    let gone = try client.ask("/api/sweeps/0")
    #expect(gone.status == 422)
    let error = object(gone)["error"] as? [String: Any]
    #expect((error?["message"] as? String)?.contains("000000") == true)
    #expect((error?["remedy"] as? String)?.isEmpty == false)
    // What can be read of the second one is shown, with a word on the rest.
    let cut = try client.ask("/api/sweeps/1")
    #expect(cut.status == 422 || cut.headers["lidarseg-damage"] != nil, "\(cut.status)")
    #expect(try client.ask("/api/sweeps/2").status == 200)
    program.send(SIGINT)
    #expect(try program.outcome(timeout: 20).status == 0)
  }

  @Test func aStreamIsFollowed() throws {
    let scans = try files.scans("scans", count: 6)
    let written = try Program.run(
      "segment", scans, "--model", files.model, "--format", "frames", "--out", files.path("out"))
    #expect(written.status == 0, "\(written.err)")
    let (program, client) = try start([files.path("out/segmented.frames"), "--follow"])
    #expect(object(try client.ask("/api/source"))["kind"] as? String == "live")
    let bytes = try client.exchange(
      "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n",
      enough: { String(decoding: $0, as: UTF8.self).contains("\"latest\":5") })
    #expect(String(decoding: bytes, as: UTF8.self).contains("\"received\":6"))
    #expect(try client.ask("/api/sweeps/5").body.count == 64 + 20 * 500)
    #expect(try client.ask("/api/sweeps/0").status == 410)
    program.send(SIGINT)
    #expect(try program.outcome(timeout: 20).status == 0)
  }

  @Test func aPortThatIsTakenIsOneErrorWithAHint() throws {
    let scan = try files.scan()
    let (program, client) = try start([scan])
    let second = try Program.run(
      "view", scan, "--model", files.model, "--port", "\(client.port)")
    #expect(second.status == 3 && second.isOneErrorWithHint && second.out.isEmpty, "\(second.err)")
    #expect(second.err.contains(":\(client.port)"))
    program.send(SIGINT)
    #expect(try program.outcome(timeout: 20).status == 0)
  }

  @Test func whatIsNotThereIsOneErrorWithAHint() throws {
    let absent = try Program.run("view", files.path("absent"), "--model", files.model)
    #expect(absent.status == 3 && absent.isOneErrorWithHint, "\(absent.err)")
    let model = try Program.run("view", try files.scan(), "--model", "nosuch")
    #expect(model.status == 5 && model.isOneErrorWithHint, "\(model.err)")
    let option = try Program.run("view", try files.scan(), "--model", files.model, "--realtime")
    #expect(option.status == 2 && option.isOneErrorWithHint, "\(option.err)")
  }

  @Test func theUrlIsTheOneLineOfData() throws {
    let program = try Program.start(
      ["view", try files.scan(), "--model", files.model, "--listen", "0.0.0.0:0"])
    let end = Date(timeIntervalSinceNow: 60)
    while !program.outSoFar.hasSuffix("\n"), Date() < end { Thread.sleep(forTimeInterval: 0.02) }
    let line = program.outSoFar
    #expect(line.hasPrefix("http://127.0.0.1:") && line.split(separator: "\n").count == 1)
    #expect(line.contains("/?token="))
    program.send(SIGTERM)
    let outcome = try program.outcome(timeout: 20)
    #expect(outcome.status == 0 && outcome.out == line && outcome.err.contains("Ctrl-C"))
  }
}
#endif
