import ArgumentParser
import Exchange
import Foundation
import Graphs
import Kernels
import PCLBridge
import Segmentation
import Sensors
import Tensors

struct SelftestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "selftest", abstract: "Check that lidarseg works on this machine.",
    discussion: "Ends with 6 where a check fails.")

  @OptionGroup var verb: VerbOptions

  /// One thing that was checked.
  struct Check: Encodable {
    var name: String
    var passed: Bool
    var found: String
    var remedy: String?
  }

  func run() throws {
    let checks = [checkBLAS(), checkPCL(), checkSensors()] + checkModels() + checkKernels()
    if verb.json {
      try verb.console.data(json: ["checks": checks])
    } else {
      for check in checks {
        try verb.console.data(
          "\(check.passed ? "ok    " : "FAILED") \(check.name): \(check.found)")
        if !check.passed, let remedy = check.remedy {
          try verb.console.data("       hint: \(remedy)")
        }
      }
    }
    guard checks.allSatisfy(\.passed) else {
      throw ExitCode(ErrorReport.Status.checkFailed.rawValue)
    }
  }

  private func checkBLAS() -> Check {
    let threading = OpenBLAS.threading.map { "\($0)" } ?? "unknown"
    return Check(
      name: "OpenBLAS", passed: OpenBLAS.threading == .openMP,
      found: "\(threading) build, \(OpenBLAS.core) kernels",
      remedy: "install libopenblas0-openmp and let libopenblas.so.0 point at it: tools/setup")
  }

  private func checkPCL() -> Check {
    Check(name: "PCL", passed: PCL.version.hasPrefix("1."), found: PCL.version)
  }

  private func checkSensors() -> Check {
    let count = SensorCatalogue.bundled.tables.count
    return Check(name: "sensors", passed: count > 0, found: "\(count) tables")
  }

  private func checkModels() -> [Check] {
    BundledModels.names.map { name in
      do {
        let model = try BundledModels.model(named: name)
        _ = try SegmentationPipeline(
          model, configuration: SegmentationConfiguration(threadCount: verb.threadCount))
        return Check(name: "model \(name)", passed: true, found: "loads and plans")
      } catch {
        return Check(name: "model \(name)", passed: false, found: ErrorReport(error).message)
      }
    }
  }

  /// Runs every operation's samples on the fast path and on the reference.
  private func checkKernels() -> [Check] {
    Graphs.Operation.Kind.allCases.map { kind in
      let errors = kind.samples.map { KernelComparison(sample: $0).largestError }
      let worst = errors.max() ?? .infinity
      return Check(
        name: "kernel \(kind.rawValue)", passed: worst <= 1e-4,
        found: "largest difference to the reference \(worst)",
        remedy: "run with --backend reference, and report the processor")
    }
  }
}
