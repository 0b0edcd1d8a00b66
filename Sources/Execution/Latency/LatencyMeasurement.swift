import Foundation

/// Times the units of some networks where they stand: on the memory that the network gives them and right
/// behind what comes before them.
public struct LatencyMeasurement {
  /// The networks that units are timed in.
  private let sessions: [Session]
  /// Networks that are timed as a whole, in the same rounds.
  private let whole: [Session]
  private var runs: [String: [Double]] = [:]
  private var wholeRuns: [[Double]]

  /// A measurement of units in `sessions`, and of the networks `whole`.
  public init(of sessions: [Session], whole: [Session] = []) {
    (self.sessions, self.whole) = (sessions, whole)
    wholeRuns = whole.map { _ in [] }
  }

  /// Runs every network once more, in an order of its own: a machine whose speed drifts does all of them good
  /// or harm.
  ///
  /// Each runs once before it is timed, so that its weights and images are in the caches that hold them.
  public mutating func addRound(using generator: inout some RandomNumberGenerator) {
    let count = sessions.count + whole.count
    for index in (0..<count).shuffled(using: &generator) {
      if index < sessions.count {
        time(sessions[index])
      } else {
        time(wholeAt: index - sessions.count)
      }
    }
  }

  private mutating func time(_ session: Session) {
    session.compute()
    for (step, milliseconds) in zip(session.steps, session.timedCompute()) {
      runs[step.unit.key, default: []].append(milliseconds)
    }
  }

  private mutating func time(wholeAt index: Int) {
    let session = whole[index]
    session.compute()
    wholeRuns[index].append(ContinuousClock().measure { session.compute() } / .milliseconds(1))
  }

  /// What has been measured of the units so far, in milliseconds.
  public var entries: [String: LatencyTable.Entry] {
    runs.compactMapValues(LatencyTable.Entry.init(of:))
  }

  /// What the networks took as a whole, in milliseconds, in their order.
  public var wholeEntries: [LatencyTable.Entry] {
    wholeRuns.compactMap(LatencyTable.Entry.init(of:))
  }
}
