public import ArgumentParser
public import Segmentation
public import Streams

/// How a stream is taken in.
struct StreamOptions: ParsableArguments {
  @Option(help: "Of a stream: sweeps that may wait for the network.")
  var queue = 4

  @Option(
    help:
      "Of a stream: what becomes of one more, \(QueueOverflow.list); a port drops, files block.")
  var overflow: QueueOverflow?

  @Option(
    help: "Of a stream: what becomes of sweeps with lost packets: \(IncompleteSweeps.list).")
  var incomplete = IncompleteSweeps.emit

  @Flag(help: "Of a capture: replay it as fast as it was recorded.")
  var realtime = false

  @Option(help: "Of a capture: replay it so many times as fast as it was recorded.")
  var rate: Double?

  func validate() throws {
    guard (1...1000).contains(queue) else {
      throw ValidationError("--queue \(queue) is not in 1...1000")
    }
    if let rate, !(rate > 0 && rate.isFinite) {
      throw ValidationError("--rate \(rate) is not above 0")
    }
    guard !realtime || rate == nil else {
      throw ValidationError("--realtime is --rate 1; give one of them")
    }
  }

  /// How many times as fast as it was recorded a capture is replayed; nothing for as fast as can be.
  var pace: Double? { realtime ? 1 : rate }
}

extension QueueOverflow: ExpressibleByArgument {}
extension IncompleteSweeps: ExpressibleByArgument {}
