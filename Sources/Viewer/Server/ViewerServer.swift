#if Viewer
import Foundation
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// Serves the page and the sweeps of one source, until it is stopped.
package final class ViewerServer: Sendable {
  /// What a browser is told to open, with the token where one is asked for.
  package let url: String
  /// The port that it listens on.
  package let port: Int
  /// What a browser on another machine must know, where the address is not of this machine only.
  package let token: AccessToken?
  private let task: Task<Void, any Error>
  private let threads = ServerThreads()

  /// Starts to show sweeps, and returns once requests are answered.
  ///
  /// - Throws: `ViewerError.unreachable` where the address or the port is not to be had.
  package convenience init(
    _ shelf: any SweepShelf, at address: ListenAddress
  ) throws(ViewerError) {
    try self.init(shelf, desk: nil, page: "index.html", at: address)
  }

  /// Starts to let sweeps be annotated, and returns once requests are answered.
  ///
  /// - Throws: `ViewerError.unreachable` where the address or the port is not to be had.
  package convenience init(
    annotating desk: AnnotationDesk, at address: ListenAddress
  ) throws(ViewerError) {
    try self.init(desk, desk: desk, page: "annotate.html", at: address)
  }

  private init(
    _ shelf: any SweepShelf, desk: AnnotationDesk?, page: String, at address: ListenAddress
  ) throws(ViewerError) {
    let token = address.isLoopback ? nil : AccessToken.random()
    let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: RequestGate(address: address, token: token, takesSteps: desk != nil))
    PageRoutes(files: PageFiles(), token: token, page: page).add(to: router)
    SweepRoutes(shelf: shelf).add(to: router)
    if let desk { AnnotationRoutes(desk: desk).add(to: router) }
    let start = Start()
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(
        address: .hostname(address.host, port: address.port), serverName: "lidarseg"),
      onServerRunning: { start.succeed(port: $0.localAddress?.port ?? address.port) },
      logger: Logger(label: "viewer") { _ in SwiftLogNoOpLogHandler() })
    task = Task.detached(executorPreference: threads) {
      do {
        try await application.run()
      } catch {
        start.fail(error)
        throw error
      }
    }
    switch start.wait() {
    case .success(let port):
      (self.port, self.token) = (port, token)
      url = address.url(port: port) + (token.map { "?token=\($0.text)" } ?? "")
    case .failure(let error): throw Self.error(error, address)
    }
  }

  /// Ends all connections, and returns when nothing listens any more, or after some seconds.
  package func stop() {
    task.cancel()
    let end = DispatchSemaphore(value: 0)
    Task.detached(executorPreference: threads) { [task] in
      _ = await task.result
      end.signal()
    }
    _ = end.wait(timeout: .now() + 5)
  }

  private static func error(_ error: any Error, _ address: ListenAddress) -> ViewerError {
    let place = "\(address.host):\(address.port)"
    guard let number = (error as? IOError)?.errnoCode else {
      return ViewerError(
        .unreachable, "\(place) cannot be listened to: \(error)",
        remedy: "name an address of this machine, such as 127.0.0.1:0")
    }
    let isTaken = number == EADDRINUSE
    return ViewerError(
      .unreachable, "\(place) cannot be listened to: \(String(cString: strerror(number)))",
      remedy: isTaken
        ? "name another port, or 0 for any that is free"
        : "name an address of this machine and a port above 1023, or 0 for any that is free")
  }
}

/// How the start of a server ended, for the thread that waits for it.
private final class Start: Sendable {
  private let result = Mutex<Result<Int, any Error>?>(nil)
  private let isKnown = DispatchSemaphore(value: 0)

  func succeed(port: Int) { tell(.success(port)) }

  func fail(_ error: any Error) { tell(.failure(error)) }

  func wait() -> Result<Int, any Error> {
    isKnown.wait()
    return result.withLock { $0 } ?? .failure(CancellationError())
  }

  private func tell(_ outcome: Result<Int, any Error>) {
    let isFirst = result.withLock { result in
      guard result == nil else { return false }
      result = outcome
      return true
    }
    if isFirst { isKnown.signal() }
  }
}
#endif
