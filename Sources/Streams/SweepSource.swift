/// Where sweeps come from, one after the other.
public protocol SweepSource {
  /// The next sweep, after waiting for it.
  ///
  /// - Parameter isStopped: asked several times a second while nothing comes; once it says so, what came
  ///   is given out, and then nothing.
  /// - Returns: nothing at the end, or where the source is damaged: see `damage`.
  /// - Throws: `StreamsError` where nothing that follows can be given out either.
  mutating func next(until isStopped: () -> Bool) throws(StreamsError) -> StreamSweep?

  /// What became of the packets so far, where sweeps are made of packets.
  var packets: PacketReport? { get }

  /// What was wrong with the source, and left out or not read beyond.
  var damage: StreamsError? { get }
}
