import Execution
import Kernels
import Networks
import Search

/// Measures the units of a space, and networks whose latency they predict.
struct LatencyJob {
  let space: SearchSpace
  let backend: Backend
  let rounds: Int
  let verifyCount: Int
  let verb: VerbOptions

  /// A network that was predicted and measured, in milliseconds.
  struct Network: Encodable {
    var predicted: Double
    var measured: Double
    /// How far the prediction is off, as a share of what was measured.
    var error: Double { predicted / measured - 1 }
  }

  struct Outcome {
    var table: LatencyTable
    var networks: [Network]
    var logarithmicSize: Double

    /// How far the worst prediction is off.
    var worst: Double { networks.map { abs($0.error) }.max() ?? 0 }

    func report(path: String) -> Report {
      Report(
        path: path, processor: table.processor, kernels: table.kernels, threads: table.threads,
        units: table.entries.count, worst: worst, networks: networks)
    }
  }

  struct Report: Encodable {
    var path: String
    var processor: String
    var kernels: String
    var threads: Int
    var units: Int
    var worst: Double
    var networks: [Network]
  }

  func run() throws -> Outcome {
    let measured = try sessions(space.measuredChoices())
    let whole = try sessions(space.randomChoices(count: verifyCount, seed: 2))
    // Whatever the table will lack is known before anything is measured.
    let known = Set(measured.flatMap { $0.steps.map(\.unit.key) })
    for session in whole { try check(session, isMadeOf: known) }
    var measurement = LatencyMeasurement(of: measured, whole: whole)
    let progress = Progress(style: verb.progress, total: rounds, noun: "rounds")
    var generator = SystemRandomNumberGenerator()
    for round in 1...rounds {
      measurement.addRound(using: &generator)
      progress.advance(to: round)
    }
    progress.finish()
    let table = LatencyTable(
      processor: Machine.processorName, kernels: backend.rawValue, threads: verb.threadCount,
      betweenUnits: measurement.betweenUnits, entries: measurement.entries)
    let networks = try zip(whole, measurement.wholeEntries).map { session, entry in
      Network(
        predicted: try table.prediction(for: session.steps.map(\.unit)), measured: entry.median)
    }
    return Outcome(
      table: table, networks: networks, logarithmicSize: space.configuration.logarithmicSize)
  }

  private func check(_ session: Session, isMadeOf units: Set<String>) throws(SearchError) {
    guard let stranger = session.steps.map(\.unit.key).first(where: { !units.contains($0) }) else {
      return
    }
    throw SearchError(
      .table, "a random network of the space computes \(stranger), which no measured network does",
      remedy: "measure without --verify, and report the recipe's space")
  }

  private func sessions(_ choices: [[Int]]) throws -> [Session] {
    try choices.map {
      try space.session($0, backend: backend, threadCount: verb.threadCount)
    }
  }
}
