#if Viewer
import HTTPTypes
import Hummingbird

/// The page and its files.
struct PageRoutes {
  var files: PageFiles
  var token: AccessToken?
  /// The one that stands at the root.
  var page: String

  func add<Context: RequestContext>(to router: Router<Context>) {
    router.get("/") { request, _ in
      if let token, let given = request.uri.queryParameters["token"] {
        return try signIn(String(given), token)
      }
      return try answer(request, page)
    }
    for name in files.names {
      router.get(RouterPath(name)) { request, _ in try answer(request, name) }
    }
  }

  /// Browsers ask each time whether a file is still the same, and need not load it again.
  private func answer(_ request: Request, _ name: String) throws(HTTPError) -> Response {
    guard let file = files[name] else { throw HTTPError(.notFound) }
    var headers: HTTPFields = [.cacheControl: "no-cache", .eTag: file.tag]
    if request.headers[.ifNoneMatch] == file.tag {
      return Response(status: .notModified, headers: headers)
    }
    headers[.contentType] = file.type
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: file.content))
  }

  /// Takes the token out of the URL, where others may see it, and into a cookie.
  private func signIn(_ given: String, _ token: AccessToken) throws(HTTPError) -> Response {
    guard token.matches(given) else {
      throw HTTPError(.unauthorized, message: "this is not the token that the program printed")
    }
    return Response(
      status: .seeOther,
      headers: [
        .location: "/", .cacheControl: "no-store",
        .setCookie: "\(token.cookieName)=\(token.text); Path=/; HttpOnly; SameSite=Strict",
      ])
  }
}
#endif
