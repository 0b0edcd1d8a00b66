#if Viewer
import Foundation
import HTTPTypes
import Hummingbird

/// What the source is, its sweeps, and what happens with it.
struct SweepRoutes {
  var shelf: any SweepShelf

  func add<Context: RequestContext>(to router: Router<Context>) {
    router.get("api/source") { _, _ in try JSONAnswer.of(shelf.description) }
    router.get("api/sweeps/:number") { request, context in
      guard let number = context.parameters.get("number", as: Int.self) else {
        throw HTTPError(.notFound, message: "sweeps have numbers")
      }
      return try await sweep(number, for: request)
    }
    router.get("api/events") { request, _ in events(for: request) }
  }

  private func sweep(_ number: Int, for request: Request) async throws -> Response {
    do {
      let sweep = try await request.body.consumeWithCancellationOnInboundClose { [shelf] _ in
        try await shelf.sweep(number)
      }
      var headers: HTTPFields = [
        .contentType: "application/octet-stream", .cacheControl: "no-store",
      ]
      if let damage = sweep.damage, let name = HTTPField.Name("Lidarseg-Damage") {
        headers[name] = damage.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
      }
      return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: sweep.buffer))
    } catch let fault as SweepFault {
      return try JSONAnswer.of(fault)
    } catch is CancellationError {
      // Whoever asked is gone, or the server is about to be.
      throw HTTPError(.serviceUnavailable)
    }
  }

  /// Server-sent events: the whole state each time it changed, and every ten seconds, so that either
  /// side notices when the other is gone.
  private func events(for request: Request) -> Response {
    let shelf = shelf
    let page = request.uri.queryParameters["page"].map { String($0) }
    let body = ResponseBody { writer in
      let changes = shelf.changes()
      let pulse = Task {
        while !Task.isCancelled {
          try await Task.sleep(for: .seconds(10))
          changes.continuation.yield()
        }
      }
      defer {
        pulse.cancel()
        changes.continuation.finish()
        if let page { shelf.left(page) }
      }
      try await request.body.consumeWithInboundCloseHandler { _ in
        for await _ in changes.stream {
          let state = try JSONAnswer.text(of: shelf.state)
          try await writer.write(ByteBuffer(string: "event: state\ndata: \(state)\n\n"))
        }
        try await writer.finish(nil)
      } onInboundClosed: {
        changes.continuation.finish()
      }
    }
    return Response(
      status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
      body: body)
  }
}
#endif
