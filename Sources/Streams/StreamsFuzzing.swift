import Glibc

/// Reads any bytes as what comes through standard input: a capture, MCAP, or lidarseg's own stream.
///
/// Nothing that they hold may stop the program. More than a pipe holds at once is left out.
package func fuzzStreams(_ bytes: [UInt8]) {
  var ends: [Int32] = [-1, -1]
  guard bytes.count <= 1 << 16, pipe(&ends) == 0 else { return }
  let written = bytes.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) }
  dup2(ends[0], STDIN_FILENO)
  for end in ends { close(end) }
  guard written == bytes.count else { return }
  do throws(StreamsError) {
    var source = try SweepOrigin.standardInput.open(PacketOptions())
    while try source.next(until: { false }) != nil {}
  } catch {
    // What is wrong with the bytes does not matter, only that it is said.
  }
}
