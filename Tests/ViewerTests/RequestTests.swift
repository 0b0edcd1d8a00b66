#if Viewer
import Foundation
import TestSupport
import Testing
import Viewer

/// Who is answered, and what with.
@Suite struct RequestTests {
  private let sweeps: MadeUpSweeps

  init() throws { sweeps = try MadeUpSweeps() }

  private func serve(
    at address: ListenAddress = .loopback(port: 0)
  ) throws -> (client: LoopbackClient, server: ViewerServer) {
    let server = try ViewerServer(try sweeps.stored(), at: address)
    return (LoopbackClient(port: server.port), server)
  }

  @Test func thePageItsFilesAndTheSourceAreThere() throws {
    let (client, server) = try serve()
    defer { server.stop() }
    let page = try client.ask("/")
    #expect(page.status == 200 && page.text.contains("<title>lidarseg</title>"))
    #expect(page.headers["content-type"] == "text/html; charset=utf-8")
    #expect(page.headers["content-security-policy"]?.contains("default-src 'self'") == true)
    for name in PageFiles().names { #expect(try client.ask("/\(name)").status == 200) }
    let source = try client.ask("/api/source")
    let json = try JSONSerialization.jsonObject(with: Data(source.body)) as? [String: Any]
    #expect(json?["kind"] as? String == "stored" && json?["protocol"] as? Int == 1)
    #expect((json?["sweeps"] as? [String])?.count == 3)
    #expect((json?["classes"] as? [[String: Any]])?.first?["name"] as? String == "unlabelled")
  }

  @Test func filesAreSentOnceAndAskedForAgain() throws {
    let (client, server) = try serve()
    defer { server.stop() }
    let first = try client.ask("/main.js")
    let tag = try #require(first.headers["etag"])
    #expect(first.headers["cache-control"] == "no-cache")
    let again = try client.ask("/main.js", ["If-None-Match": tag])
    #expect(again.status == 304 && again.body.isEmpty)
    #expect(try client.ask("/api/sweeps/0").headers["cache-control"] == "no-store")
  }

  @Test func aSweepComesWholeAndWhatIsWrongInWords() throws {
    let (client, server) = try serve()
    defer { server.stop() }
    let sweep = try client.ask("/api/sweeps/0")
    #expect(sweep.status == 200 && sweep.body.count == 64 + 20 * 200)
    // All but the time at which it came.
    let other = try sweeps.sweep(0).bytes
    #expect(sweep.body[..<40] == other[..<40] && sweep.body[48...] == other[48...])
    let damaged = try client.ask("/api/sweeps/1")
    #expect(damaged.status == 422 && damaged.text.contains("frame 1: the file is gone"))
    #expect(try client.ask("/api/sweeps/2").status == 200)
    for number in ["3", "-1", "99999999999999999999"] {
      #expect(try client.ask("/api/sweeps/\(number)").status == 404, "\(number)")
    }
  }

  @Test(arguments: [
    "evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example",
    "192.168.0.9", "[::2]", "localhost:80:80", "127.0.0.1:99999", "@localhost", "",
  ])
  func otherHostNamesAreRefused(_ host: String) throws {
    let (client, server) = try serve()
    defer { server.stop() }
    for path in ["/", "/api/source", "/api/sweeps/0", "/api/events", "/nothing"] {
      let answer = try client.ask(path, ["Host": host])
      #expect(answer.status == 421 || answer.status == 400, "\(path) \(answer.status)")
      #expect(!answer.text.contains("classes"))
    }
  }

  @Test(arguments: ["localhost", "LOCALHOST:9000", "127.0.0.1", "[::1]:8420"])
  func thisMachinesNamesAreAccepted(_ host: String) throws {
    let (client, server) = try serve()
    defer { server.stop() }
    #expect(try client.ask("/api/source", ["Host": host]).status == 200)
  }

  @Test(arguments: ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"])
  func otherOriginsAreRefused(_ origin: String) throws {
    let (client, server) = try serve()
    defer { server.stop() }
    #expect(try client.ask("/api/source", ["Origin": origin]).status == 403)
    #expect(try client.ask("/", ["Origin": origin]).status == 403)
    let own = ["Origin": "http://127.0.0.1:\(client.port)"]
    #expect(try client.ask("/api/source", own).status == 200)
    #expect(try client.ask("/api/source", own).headers["access-control-allow-origin"] == nil)
  }

  @Test(arguments: ["cross-site", "same-site"]) func otherSitesMayLinkHereAndNoMore(
    _ site: String
  ) throws {
    let (client, server) = try serve()
    defer { server.stop() }
    let visit = ["Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"]
    #expect(try client.ask("/", visit).status == 200)
    #expect(try client.ask("/api/source", visit).status == 403)
    #expect(try client.ask("/main.js", ["Sec-Fetch-Site": site]).status == 403)
    #expect(try client.ask("/api/source", ["Sec-Fetch-Site": "same-origin"]).status == 200)
  }

  @Test(arguments: [
    "/../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/api/sweeps/../../etc/passwd",
    "/api/sweeps/%2e%2e%2f0", "/api/sweeps/0/../1", "//etc/passwd", "/viewer/main.js", "/.git",
    "/api/sweeps/0%00", "/main.js/",
  ])
  func pathsLeadNowhereElse(_ path: String) throws {
    let (client, server) = try serve()
    defer { server.stop() }
    let answer = try client.ask(path)
    #expect(!answer.text.contains("root:"))
    // What is found is one of the page's own files.
    #expect(answer.status == 404 || path == "/main.js/", "\(answer.status)")
  }

  @Test(arguments: ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
  func nothingCanBeChanged(_ method: String) throws {
    let (client, server) = try serve()
    defer { server.stop() }
    for path in ["/", "/api/source", "/api/sweeps/0"] {
      #expect(try client.ask(path, method: method).status == 405, "\(path)")
    }
    #expect(try client.ask("/api/source", method: "HEAD").status == 200)
  }

  @Test func otherMachinesNeedTheToken() throws {
    let (client, server) = try serve(at: ListenAddress(host: "0.0.0.0", port: 0))
    defer { server.stop() }
    let token = try #require(server.token?.text)
    #expect(token.count == 32 && server.url.hasSuffix("/?token=\(token)"))
    for path in ["/", "/main.js", "/api/source", "/api/sweeps/0", "/api/events", "/nothing"] {
      #expect(try client.ask(path).status == 401, "\(path)")
    }
    let wrong = String(repeating: "0", count: 32)
    #expect(try client.ask("/?token=\(wrong)").status == 401)
    #expect(try client.ask("/api/source?token=\(token)").status == 401)
    let visit = try client.ask("/?token=\(token)")
    #expect(visit.status == 303 && visit.headers["location"] == "/")
    let cookie = try #require(visit.headers["set-cookie"])
    #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
    let pair = String(cookie.prefix { $0 != ";" })
    #expect(try client.ask("/", ["Cookie": pair]).status == 200)
    #expect(try client.ask("/api/source", ["Cookie": pair]).status == 200)
    for wrong in [pair + "0", String(pair.dropLast()), String(pair.dropLast(32))] {
      #expect(try client.ask("/api/source", ["Cookie": wrong]).status == 401, "\(wrong)")
    }
    #expect(try client.ask("/api/source", ["Lidarseg-Token": token]).status == 200)
    let byName = ["Host": "evil.example", "Cookie": pair]
    #expect(try client.ask("/api/source", byName).status == 421)
    let byNumber = ["Host": "192.168.0.9:8420", "Cookie": pair]
    #expect(try client.ask("/api/source", byNumber).status == 200)
  }

  @Test func aPortThatIsTakenIsSaid() throws {
    let (client, server) = try serve()
    defer { server.stop() }
    let error = #expect(throws: ViewerError.self) {
      try ViewerServer(try sweeps.stored(), at: .loopback(port: client.port))
    }
    #expect(error?.message.contains("\(client.port)") == true)
    #expect(throws: ViewerError.self) {
      try ViewerServer(try sweeps.stored(), at: ListenAddress(host: "192.0.2.1", port: 0))
    }
  }
}
#endif
