import Foundation

/// Times the units of some networks where they stand: on the memory that the network gives them and right
/// behind what comes before them.
///
/// A machine that lends its processors to others is now faster, now slower: every run counts as much as it
/// would have taken in a round of middling speed.
public struct LatencyMeasurement {
  /// What something took in one of the rounds, in milliseconds.
  private struct Run {
    var round: Int
    var milliseconds: Double
  }

  /// The networks that units are timed in.
  private let sessions: [Session]
  /// Networks that are timed as a whole, in the same rounds.
  private let whole: [Session]
  private var unitRuns: [String: [Run]] = [:]
  /// Whole runs of `sessions`, then of `whole`.
  private var wholeRuns: [[Run]]
  private var round = -1

  /// A measurement of units in `sessions`, and of the networks `whole`.
  public init(of sessions: [Session], whole: [Session] = []) {
    (self.sessions, self.whole) = (sessions, whole)
    wholeRuns = (sessions + whole).map { _ in [] }
  }

  /// Runs every network some times more, in an order of the round's own.
  ///
  /// Each runs once before it is timed, so that its weights and images are in the caches that hold them.
  public mutating func addRound(using generator: inout some RandomNumberGenerator) {
    round += 1
    let all = sessions + whole
    for index in all.indices.shuffled(using: &generator) {
      let session = all[index]
      session.compute()
      let duration = ContinuousClock().measure { session.compute() }
      wholeRuns[index].append(Run(round: round, milliseconds: duration / .milliseconds(1)))
      guard index < sessions.count else { continue }
      for (step, milliseconds) in zip(session.steps, session.timedCompute()) {
        unitRuns[step.unit.key, default: []].append(
          Run(round: round, milliseconds: milliseconds))
      }
    }
  }

  /// What is to be multiplied with in each round.
  private var paces: [Double] {
    var sums = Array(repeating: 0.0, count: round + 1)
    for runs in wholeRuns {
      for run in runs { sums[run.round] += run.milliseconds }
    }
    let middling = sums.sorted()[sums.count / 2]
    return sums.map { middling / $0 }
  }

  private func entry(of runs: [Run], _ paces: [Double]) -> LatencyTable.Entry? {
    LatencyTable.Entry(of: runs.map { $0.milliseconds * paces[$0.round] })
  }

  /// What has been measured of the units so far, in milliseconds.
  public var entries: [String: LatencyTable.Entry] {
    guard round >= 0 else { return [:] }
    let paces = paces
    return unitRuns.compactMapValues { entry(of: $0, paces) }
  }

  /// What passes between one unit and the next, in milliseconds: what networks take as a whole beyond their
  /// units, the median over those that units were timed in.
  public var betweenUnits: Double {
    guard round >= 0 else { return 0 }
    let (entries, paces) = (entries, paces)
    let rests = zip(sessions, wholeRuns).compactMap { session, runs -> Double? in
      guard let whole = entry(of: runs, paces), !session.steps.isEmpty else { return nil }
      let units = session.steps.reduce(0) { $0 + (entries[$1.unit.key]?.median ?? 0) }
      return (whole.median - units) / Double(session.steps.count)
    }
    return LatencyTable.Entry(of: rests)?.median ?? 0
  }

  /// What the networks took as a whole, in milliseconds, in their order.
  public var wholeEntries: [LatencyTable.Entry] {
    guard round >= 0 else { return [] }
    let paces = paces
    return wholeRuns.dropFirst(sessions.count).compactMap { entry(of: $0, paces) }
  }
}
