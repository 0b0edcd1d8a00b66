#if Viewer
import Annotation
import Foundation
import TestSupport
import Testing
import Viewer

/// Who may have something changed, and what with.
@Suite struct AnnotationRequestTests {
  private let drive: AnnotatedDrive
  private static let paths = ["/api/steps", "/api/writer", "/api/saves"]
  private static let claim = #"{"writer": "me", "takes": false}"#

  init() throws { drive = try AnnotatedDrive(count: 2) }

  private func serve(
    at address: ListenAddress = .loopback(port: 0)
  ) throws -> (client: LoopbackClient, server: ViewerServer) {
    let server = try ViewerServer(annotating: try drive.desk(), at: address)
    return (LoopbackClient(port: server.port), server)
  }

  private func object(_ answer: LoopbackClient.Answer) -> [String: Any] {
    (try? JSONSerialization.jsonObject(with: Data(answer.body))) as? [String: Any] ?? [:]
  }

  @Test func thePageClaimsClicksAndWritesFiles() throws {
    let (client, server) = try serve()
    defer { server.stop() }
    let page = try client.ask("/")
    #expect(page.status == 200 && page.text.contains("annotate/main.js"))
    #expect(try client.ask("/annotate/main.js").status == 200)
    let source = object(try client.ask("/api/source"))
    #expect(source["kind"] as? String == "annotated" && source["annotation"] != nil)
    #expect(try client.post("/api/writer", Self.claim).status == 200)
    #expect(object(try client.ask("/api/annotations/0"))["candidates"] != nil)
    let point = AnnotatedDrive.point(near: AnnotatedDrive.place(0), in: 0)
    let step = try client.post(
      "/api/steps",
      """
      {"writer": "me", "sweep": 0, "action": {"click": {"point": \(point), "objectClass": "car"}}}
      """)
    #expect(step.status == 200 && object(step)["selected"] as? Int == 1, "\(step.text)")
    let saved = try client.post("/api/saves", #"{"writer": "me"}"#)
    #expect(saved.status == 200 && object(saved)["written"] as? Int == 1)
    let list = try client.ask("/api/list")
    #expect(list.status == 200 && list.text.contains("\"isChanged\":true"))
  }

  @Test(arguments: ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1", ""])
  func pagesOfOtherOriginsChangeNothing(_ origin: String) throws {
    let (client, server) = try serve()
    defer { server.stop() }
    for path in Self.paths {
      let answer = try client.post(path, Self.claim, ["Origin": origin])
      #expect(answer.status == 403, "\(path) \(answer.status)")
    }
    for path in ["/", "/api/list", "/api/annotations/0", "/api/images/0"] where !origin.isEmpty {
      #expect(try client.ask(path, ["Origin": origin]).status == 403, "\(path)")
    }
    #expect(try client.post("/api/saves", #"{"writer": "me"}"#).status == 409)
  }

  @Test(arguments: ["evil.example", "127.0.0.1.evil.example", "192.168.0.9"])
  func otherHostNamesChangeNothing(_ host: String) throws {
    let (client, server) = try serve()
    defer { server.stop() }
    for path in Self.paths {
      for origin in ["http://\(host)", "http://127.0.0.1:\(client.port)"] {
        let answer = try client.post(path, Self.claim, ["Host": host, "Origin": origin])
        #expect(answer.status == 421, "\(path) \(answer.status)")
      }
    }
    #expect(try client.ask("/api/annotations/0", ["Host": host]).status == 421)
  }

  @Test(arguments: ["cross-site", "same-site"]) func otherSitesChangeNothing(
    _ site: String
  ) throws {
    let (client, server) = try serve()
    defer { server.stop() }
    for path in Self.paths {
      let own = try client.post(path, Self.claim, ["Sec-Fetch-Site": site])
      #expect(own.status == 403, "\(path)")
    }
  }

  @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
  func formsChangeNothing(_ type: String) throws {
    let (client, server) = try serve()
    defer { server.stop() }
    for path in Self.paths {
      #expect(try client.post(path, Self.claim, ["Content-Type": type]).status == 415, "\(path)")
    }
  }

  @Test func otherMachinesNeedTheTokenForEachRequest() throws {
    let (client, server) = try serve(at: ListenAddress(host: "0.0.0.0", port: 0))
    defer { server.stop() }
    let token = try #require(server.token?.text)
    for path in Self.paths {
      #expect(try client.post(path, Self.claim).status == 401, "\(path)")
      #expect(try client.post("\(path)?token=\(token)", Self.claim).status == 401)
    }
    for path in ["/", "/api/list", "/api/annotations/0", "/api/images/0"] {
      #expect(try client.ask(path).status == 401, "\(path)")
    }
    let known = ["Lidarseg-Token": token]
    #expect(try client.post("/api/writer", Self.claim, known).status == 200)
    #expect(try client.ask("/api/list", known).status == 200)
  }

  @Test(arguments: [
    "", "{", "[]", "{}", #"{"writer": "me"}"#,
    #"{"writer": "me", "sweep": 0, "action": {"fly": {}}}"#,
    #"{"writer": "me", "sweep": 0, "action": {"gather": {"points": [5, -1], "objectClass": "car"}}}"#,
    #"{"writer": "me", "sweep": 0, "action": {"click": {"point": 1e99, "objectClass": "car"}}}"#,
  ])
  func whatIsNoStepIsRefused(_ body: String) throws {
    let (client, server) = try serve()
    defer { server.stop() }
    _ = try client.post("/api/writer", Self.claim)
    #expect(try client.post("/api/steps", body).status == 400)
    #expect(object(try client.ask("/api/annotations/0"))["undo"] as? Int == 0)
  }

  @Test func sweepsAndObjectsThatAreNotThereAreSaidInWords() throws {
    let (client, server) = try serve()
    defer { server.stop() }
    _ = try client.post("/api/writer", Self.claim)
    let far = try client.post(
      "/api/steps", #"{"writer": "me", "sweep": 9, "action": {"undo": {}}}"#)
    #expect(far.status == 404 && far.text.contains("remedy"))
    let absent = try client.post(
      "/api/steps",
      #"{"writer": "me", "sweep": 0, "action": {"change": {"_0": {"delete": {"_0": 7}}}}}"#)
    #expect(absent.status == 422 && absent.text.contains("object 7"), "\(absent.text)")
    let last = try client.post(
      "/api/steps", #"{"writer": "me", "sweep": 1, "action": {"carry": {}}}"#)
    #expect(last.status == 404)
    let beyond = try client.post(
      "/api/steps", #"{"writer": "me", "sweep": 9223372036854775807, "action": {"carry": {}}}"#)
    #expect(beyond.status == 404)
  }

  @Test(arguments: [
    "/api/images/../../../etc/passwd", "/api/images/%2e%2e%2fetc%2fpasswd", "/api/images/-1",
    "/api/images/0/../../source", "/api/annotations/..%2f..%2fetc%2fpasswd", "/api/images/0",
    "/annotate/../../etc/passwd", "/api/annotations/99",
  ])
  func pathsLeadToNothingBesideTheScans(_ path: String) throws {
    let (client, server) = try serve()
    defer { server.stop() }
    let answer = try client.ask(path)
    #expect(answer.status == 404 && !answer.text.contains("root:"), "\(answer.status)")
  }

  @Test func theCamerasImageIsShownWithItsCalibration() throws {
    let calibration = """
      P2: 700 0 600 0 0 700 180 0 0 0 1 0
      R0_rect: 1 0 0 0 1 0 0 0 1
      Tr_velo_to_cam: 0 -1 0 0 0 0 -1 0 1 0 0 0
      """
    let scans = drive.folder.url.appending(path: "scans/drive")
    for part in ["image_2", "calib"] {
      try FileManager.default.createDirectory(
        at: scans.appending(path: part), withIntermediateDirectories: true)
    }
    // The first bytes of a PNG, which say that it is 1242 x 375.
    let image = Data(
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
        + [0, 0, 4, 0xDA, 0, 0, 1, 0x77])
    try image.write(to: scans.appending(path: "image_2/000000.png"))
    try Data(calibration.utf8).write(to: scans.appending(path: "calib/000000.txt"))
    let (client, server) = try serve()
    defer { server.stop() }
    let camera = object(try client.ask("/api/annotations/0"))["camera"] as? [String: Any]
    #expect(camera?["width"] as? Double == 1242 && camera?["height"] as? Double == 375)
    // What is 10 m ahead, 1 m to the left and 1 m up is left of and above the middle.
    let matrix = try #require(camera?["matrix"] as? [Double])
    let place = [10.0, 1, 1, 1]
    let pixel = (0..<3).map { row in (0..<4).reduce(0) { $0 + matrix[4 * row + $1] * place[$1] } }
    #expect(abs(pixel[0] / pixel[2] - 530) < 1e-6 && abs(pixel[1] / pixel[2] - 110) < 1e-6)
    let answer = try client.ask("/api/images/0")
    #expect(answer.status == 200 && answer.headers["content-type"] == "image/png")
    #expect(Data(answer.body) == image)
    #expect(try client.ask("/api/images/1").status == 404)
  }

  @Test func thePageThatWritesFreesItsPlaceWhenItGoes() throws {
    let (client, server) = try serve()
    defer { server.stop() }
    _ = try client.exchange(
      "GET /api/events?page=me HTTP/1.1\r\nHost: localhost\r\n\r\n",
      enough: { bytes in
        guard String(decoding: bytes, as: UTF8.self).contains("event: state") else { return false }
        return (try? client.post("/api/writer", Self.claim).status) == 200
      })
    let other = #"{"writer": "other", "takes": false}"#
    let end = Date(timeIntervalSinceNow: 10)
    var status = 0
    while status != 200, Date() < end {
      status = try client.post("/api/writer", other).status
      Thread.sleep(forTimeInterval: 0.05)
    }
    #expect(status == 200)
  }
}
#endif
