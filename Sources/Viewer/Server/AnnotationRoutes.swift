#if Viewer
import Foundation
import HTTPTypes
import Hummingbird

/// What a page that annotates asks for, and what it has done.
struct AnnotationRoutes {
  /// How long a step may be, in bytes: a stroke over all points of a large sweep.
  private static let longestStep = 8 << 20

  var desk: AnnotationDesk

  func add<Context: RequestContext>(to router: Router<Context>) {
    router.get("api/list") { _, _ in try await JSONAnswer.of { try await desk.list() } }
    router.get("api/annotations/:number") { _, context in
      let number = try Self.number(context)
      return try await JSONAnswer.of { try await desk.view(number) }
    }
    router.get("api/images/:number") { _, context in try await image(try Self.number(context)) }
    router.post("api/steps") { request, _ in
      let step = try await Self.read(AnnotationRequest.self, of: request)
      return try await JSONAnswer.of { try await desk.perform(step) }
    }
    router.post("api/writer") { request, _ in
      let claim = try await Self.read(WriterRequest.self, of: request)
      return try await JSONAnswer.of {
        try desk.claim(claim.writer, takes: claim.takes)
        return desk.state
      }
    }
    router.post("api/saves") { request, _ in
      let save = try await Self.read(SaveRequest.self, of: request)
      return try await JSONAnswer.of { try await desk.save(for: save.writer) }
    }
  }

  private static func number(_ context: some RequestContext) throws(HTTPError) -> Int {
    guard let number = context.parameters.get("number", as: Int.self) else {
      throw HTTPError(.notFound, message: "sweeps have numbers")
    }
    return number
  }

  private static func read<Value: Decodable>(
    _ type: Value.Type, of request: Request
  ) async throws -> Value {
    let body = try await request.body.collect(upTo: longestStep)
    do {
      return try JSONDecoder().decode(type, from: Data(body.readableBytesView))
    } catch {
      throw HTTPError(.badRequest, message: "this is no such request: \(error)")
    }
  }

  /// The image lies where the scan's drive has it; nothing of the path comes from the request.
  private func image(_ number: Int) async throws -> Response {
    do {
      guard let path = try await desk.imagePath(number),
        let bytes = FileManager.default.contents(atPath: path)
      else { throw HTTPError(.notFound, message: "there is no image beside this scan") }
      let type = path.hasSuffix(".png") ? "image/png" : "image/jpeg"
      return Response(
        status: .ok, headers: [.contentType: type, .cacheControl: "private, max-age=600"],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    } catch let fault as SweepFault {
      return try JSONAnswer.of(fault)
    }
  }
}
#endif
