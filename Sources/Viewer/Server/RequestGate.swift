#if Viewer
import HTTPTypes
import Hummingbird

/// Lets in what the page itself asks for, and nothing that other sites' pages have a browser send.
struct RequestGate<Context: RequestContext>: RouterMiddleware {
  var address: ListenAddress
  var token: AccessToken?
  /// Whether the page may have something changed.
  var takesSteps = false

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response: Response
    do {
      try check(request)
      response = try await next(request, context)
    } catch let error as any HTTPResponseError {
      response = try error.response(from: request, context: context)
    }
    // What the page may load and who may show it in a frame: only itself, and nobody.
    for (name, value) in Self.headers { response.headers[name] = value }
    return response
  }

  private static var headers: [(HTTPField.Name, String)] {
    [
      (
        "Content-Security-Policy",
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
      ),
      ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
      ("Cross-Origin-Resource-Policy", "same-origin"),
      ("Cross-Origin-Opener-Policy", "same-origin"),
    ].compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }
  }

  private func check(_ request: Request) throws(HTTPError) {
    guard let host = request.head.authority, address.accepts(hostHeader: host) else {
      throw HTTPError(
        .misdirectedRequest, message: "this server is not called so; open the URL that it printed")
    }
    if let origin = request.headers[.origin], origin != "http://\(host)" {
      throw HTTPError(.forbidden, message: "pages of other sites get nothing here")
    }
    if isOfAnotherSite(request) {
      throw HTTPError(.forbidden, message: "other sites get nothing here")
    }
    try checkMethod(request, host)
    guard let token, !isSigningIn(request) else { return }
    let given = request.headers[AccessToken.field] ?? request.cookies[token.cookieName]?.value
    guard token.matches(given) else {
      throw HTTPError(
        .unauthorized, message: "open the URL that the program printed: it holds the token")
    }
  }

  /// Browsers tell the origin of whatever may change something; a form of another site, or a program
  /// that does not know better, cannot send JSON in its name.
  private func checkMethod(_ request: Request, _ host: String) throws(HTTPError) {
    guard request.method != .get, request.method != .head else { return }
    guard takesSteps, request.method == .post else {
      throw HTTPError(
        .methodNotAllowed, headers: [.allow: takesSteps ? "GET, HEAD, POST" : "GET, HEAD"])
    }
    guard request.headers[.origin] == "http://\(host)" else {
      throw HTTPError(.forbidden, message: "only the page itself may change something")
    }
    guard request.headers[.contentType]?.hasPrefix("application/json") == true else {
      throw HTTPError(.unsupportedMediaType, message: "steps are JSON")
    }
  }

  /// Following a link to the page itself is all that another site's visitor may do.
  private func isOfAnotherSite(_ request: Request) -> Bool {
    guard let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ request.headers[$0] }) else {
      return false
    }
    let mode = HTTPField.Name("Sec-Fetch-Mode").flatMap { request.headers[$0] }
    let isVisit = request.uri.path == "/" && mode == "navigate"
    return site != "same-origin" && site != "none" && !isVisit
  }

  /// Whether it is the first visit, whose token stands in the URL; `PageRoutes` checks it.
  private func isSigningIn(_ request: Request) -> Bool {
    request.uri.path == "/" && request.uri.queryParameters["token"] != nil
  }
}

extension AccessToken {
  /// The header by which programs give it.
  static var field: HTTPField.Name { HTTPField.Name("Lidarseg-Token") ?? .authorization }

  /// The cookie by which browsers give it; all ports of a machine share their cookies, and each run of
  /// the program has its own.
  var cookieName: String { "lidarseg-\(text.prefix(8))" }
}
#endif
