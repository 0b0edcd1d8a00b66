#if Viewer
import Foundation
import HTTPTypes
import Hummingbird

/// Answers in JSON.
enum JSONAnswer {
  /// A value.
  static func of(
    _ value: some Encodable, status: HTTPResponse.Status = .ok
  ) throws -> Response {
    Response(
      status: status,
      headers: [
        .contentType: "application/json; charset=utf-8", .cacheControl: "no-store",
      ], body: ResponseBody(byteBuffer: ByteBuffer(string: try text(of: value))))
  }

  /// What an act gives; what it cannot do, in words.
  static func of(_ act: () async throws -> some Encodable) async throws -> Response {
    do {
      return try of(try await act())
    } catch let fault as SweepFault {
      return try of(fault)
    } catch is CancellationError {
      // Whoever asked is gone, or the server is about to be.
      throw HTTPError(.serviceUnavailable)
    }
  }

  /// A fault.
  static func of(_ fault: SweepFault) throws -> Response {
    try of(["error": fault], status: fault.status)
  }

  static func text(of value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

extension SweepFault {
  fileprivate var status: HTTPResponse.Status {
    switch kind {
    case .absent: .notFound
    case .gone: .gone
    case .failed, .refused: .unprocessableContent
    case .taken: .conflict
    case .full: HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
    }
  }
}
#endif
