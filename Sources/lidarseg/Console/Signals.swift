import Dispatch
import Foundation
import PointCloudIO
import Synchronization

/// What the program does when it is told to stop.
enum Signals {
  /// What a job that can stop in an orderly way asks; a process has one set of signals, so there is
  /// one of these.
  static let stopRequest = StopRequest()

  /// Ends the program on SIGINT and SIGTERM, with 128 + the signal, once the file that is being
  /// written is whole; files that were written before stay.
  ///
  /// A job that claimed `stopRequest` is asked
  /// to stop first; a second signal ends it as any other.
  ///
  /// - Returns: what must be kept for as long as this shall hold.
  static func endBetweenFiles() -> [any DispatchSourceSignal] {
    [SIGINT, SIGTERM].compactMap { number in
      // What started the program may have decided that it shall not be interrupted.
      let ignored = 1
      guard unsafeBitCast(signal(number, SIG_IGN), to: Int.self) != ignored else { return nil }
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        if stopRequest.isTaken(signal: number) { return }
        Console().warn("stopped by a signal; the files that were written are whole")
        AtomicFile.endProcess(status: 128 + number)
      }
      source.resume()
      return source
    }
  }

  /// Opens the standard streams that are closed, so that no other file is taken for one of them.
  static func openStandardStreams() {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
      // The lowest free number is given: this stream's.
      _ = open("/dev/null", stream == STDIN_FILENO ? O_RDONLY : O_WRONLY)
    }
  }
}

/// Whether a job was told to stop, and by which signal.
final class StopRequest: Sendable {
  private let isClaimed = Atomic<Bool>(false)
  private let signal = Atomic<Int32>(0)

  /// From now on the first signal only asks.
  func claim() { isClaimed.store(true, ordering: .sequentiallyConsistent) }

  /// The signal that asked, if one did.
  var askingSignal: Int32? {
    let number = signal.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Takes a signal for a question where nobody asked before.
  fileprivate func isTaken(signal number: Int32) -> Bool {
    guard isClaimed.load(ordering: .sequentiallyConsistent) else { return false }
    let isFirst = signal.compareExchange(
      expected: 0, desired: number, ordering: .sequentiallyConsistent
    ).exchanged
    if isFirst { Console().warn("stopping after this step; once more to end at once") }
    return isFirst
  }
}
