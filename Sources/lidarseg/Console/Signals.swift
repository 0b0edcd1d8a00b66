import Dispatch
import Foundation
import PointCloudIO

/// What the program does when it is told to stop.
enum Signals {
  /// Ends the program on SIGINT and SIGTERM, with 128 + the signal, once the file that is being
  /// written is whole; files that were written before stay.
  ///
  /// - Returns: what must be kept for as long as this shall hold.
  static func endBetweenFiles() -> [any DispatchSourceSignal] {
    [SIGINT, SIGTERM].compactMap { number in
      // What started the program may have decided that it shall not be interrupted.
      let ignored = 1
      guard unsafeBitCast(signal(number, SIG_IGN), to: Int.self) != ignored else { return nil }
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
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
