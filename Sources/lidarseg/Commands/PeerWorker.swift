import Exchange
import Execution
import Foundation
import Graphs
import Tensors

/// Answers a harness that times several engines in turn: one JSON line when ready, then, for each
/// number of runs on stdin, one JSON line with their times.
struct PeerWorker {
  let bench: BenchCommand.Inference

  private struct Ready: Encodable {
    var ready = "lidarseg"
    var version = "lidarseg \(Lidarseg.version)"
    var relativeError: Double
    var agreement: Double
    var first: Double
    var megabytes: Double
    var megabytesBefore: Double

    private enum CodingKeys: String, CodingKey {
      case ready
      case version
      case relativeError = "rel_l2"
      case agreement = "argmax_agree"
      case first = "first_ms"
      case megabytes = "rss_mb"
      case megabytesBefore = "rss_import_mb"
    }
  }

  private struct Burst: Encodable {
    var times: [Double]
    var processorSeconds: Double
    var seconds: Double
    var megabytes: Double

    private enum CodingKeys: String, CodingKey {
      case times = "t"
      case processorSeconds = "cpu"
      case seconds = "wall"
      case megabytes = "rss_mb"
    }
  }

  func run() throws {
    guard let folder = bench.vectors else {
      throw ErrorReport(
        status: .usage, message: "--worker needs --vectors DIR", remedy: "run tools/bench inference"
      )
    }
    let before = megabytes
    let vectors = try NPZArchive(path: "\(folder)/lidarseg_vectors_\(bench.peer.width).npz")
    let session = try bench.makeSession()
    try bench.fill(session)
    let clock = ContinuousClock()
    let first = clock.measure { session.compute() }
    let (error, agreement) = compare(session.output("scores"), try vectors.float32("scores"))
    for _ in 0..<5 { session.compute() }
    try say(
      Ready(
        relativeError: error, agreement: agreement, first: first / .milliseconds(1),
        megabytes: megabytes, megabytesBefore: before))
    while let line = readLine(), let count = Int(line), count > 0 {
      let (start, cpu) = (ContinuousClock.now, Machine.processorSeconds)
      let times = (0..<count).map { _ in clock.measure { session.compute() } / .milliseconds(1) }
      try say(
        Burst(
          times: times, processorSeconds: Machine.processorSeconds - cpu,
          seconds: (ContinuousClock.now - start) / .seconds(1), megabytes: megabytes))
    }
  }

  private var megabytes: Double { Double(Machine.peakResidentBytes) / 1_048_576 }

  private func say(_ value: some Encodable) throws {
    try Console().data(String(decoding: JSONEncoder().encode(value), as: UTF8.self))
  }

  /// Relative error in the Euclidean norm, and the share of cells of equal best class.
  private func compare(_ found: Tensor<Float>, _ expected: Tensor<Float>) -> (Double, Double) {
    let (a, b) = (found.elements, expected.elements)
    guard a.count == b.count else { return (.infinity, 0) }
    let difference = zip(a, b).reduce(0.0) { $0 + pow(Double($1.0 - $1.1), 2) }
    let norm = b.reduce(0.0) { $0 + pow(Double($1), 2) }
    let channels = found.shape.channels
    let cells = a.count / channels
    let agreeing = (0..<cells).count { cell in
      let range = (cell * channels)..<((cell + 1) * channels)
      return range.max { a[$0] < a[$1] } == range.max { b[$0] < b[$1] }
    }
    return ((difference / norm).squareRoot(), Double(agreeing) / Double(cells))
  }
}
