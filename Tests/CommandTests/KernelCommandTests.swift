import Foundation
import TestSupport
import Testing

/// Which kernels compute a model: shown, measured, remembered.
@Suite struct KernelCommandTests {
  @Test func describeCountsEveryLayer() throws {
    let report = try Program.run("describe", "front-small", "--json").json
    let layers = try #require(report["layers"] as? [[String: Any]])
    let total = layers.reduce(0) { $0 + ($1["megaMultiplyAccumulates"] as? Double ?? 0) }
    let giga = try #require(report["gigaMultiplyAccumulates"] as? Double)
    #expect(abs(total / 1000 - giga) < 1e-9 && layers.count > 40)
    #expect(layers.allSatisfy { $0["milliseconds"] == nil })
  }

  @Test func describeNamesKernelsAndTheirShareOfThePeak() throws {
    let report = try Program.run(
      "describe", "front-small", "--kernels", "--rounds", "1", "--threads", "1", "--backend",
      "portable", "--json"
    ).json
    let layers = try #require(report["layers"] as? [[String: Any]])
    #expect(layers.allSatisfy { $0["kernel"] is String && $0["milliseconds"] is Double })
    let shares = layers.compactMap { $0["shareOfPeak"] as? Double }
    #expect(shares.count > 30 && shares.allSatisfy { $0 > 0 && $0 < 6 })
    #expect(report["peakGigaFlops"] as? Double ?? 0 > 0)
  }

  @Test func whatTuningFoundIsUsedOnlyOnDemand() throws {
    let folder = try TemporaryFolder()
    let bench = "bench inference --model front-small --rounds 1 --threads 1"
    let line = { (flag: String) in
      try Program.shell(
        "XDG_CACHE_HOME=$1 \"$0\" \(bench) \(flag)", [folder.path("")], timeout: 120)
    }
    let before = try line("--tuned")
    #expect(before.status == 2 && before.isOneErrorWithHint && before.err.contains("--tune"))
    let tuning = try line("--tune --quiet")
    #expect(tuning.status == 0, "\(tuning.err)")
    #expect(try line("--tuned").status == 0)
    let path = folder.path("lidarseg/kernels.json")
    try Data("{".utf8).write(to: URL(fileURLWithPath: path))
    let damaged = try line("--tuned")
    #expect(damaged.status == 3 && damaged.err.contains(path))
  }
}
