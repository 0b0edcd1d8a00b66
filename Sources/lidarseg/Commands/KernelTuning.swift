import Execution
import Foundation
import Kernels

/// Measures which kernels are the fastest for a session, and remembers them.
struct KernelTuning {
  let rounds: Int
  let verb: VerbOptions

  func run(_ session: Session) throws {
    var kernels = try TunedKernels()
    let timings = session.timeKernels(rounds: rounds) { _ in }
    try kernels.remember(timings)
    let changed = timings.filter { $0.best != $0.candidates.first?.variant }
    for timing in timings { verb.console.talk(Self.line(timing)) }
    verb.console.talk(
      "\(timings.count) nodes measured, \(changed.count) with another kernel than the shipped one: "
        + TunedKernels.path)
  }

  private static func line(_ timing: KernelTiming) -> String {
    let times = timing.candidates.map { candidate in
      String(format: "\(candidate.variant.rawValue) %.3f", candidate.milliseconds)
    }
    return "\(timing.node): " + times.joined(separator: ", ") + " ms"
  }
}
