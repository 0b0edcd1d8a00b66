import Foundation
import TestSupport
import Testing

/// Simulated scans beside recorded ones.
@Suite struct RealismAcceptanceTests {
  private func compare(seed: Int, labels: String) throws -> [[String: Any]] {
    let folder = try TemporaryFolder()
    let out = folder.path("simulated")
    let simulated = try Program.run(
      "simulate", out, "--scenes", "200", "--seed", "\(seed)", "--labels", labels, timeout: 600)
    #expect(simulated.status == 0, "\(simulated.err)")
    let outcome = try Program.run(
      "realism", out, SharedFolder.scans("labelled"), "--json", timeout: 600)
    #expect(outcome.status == 0, "\(outcome.err)")
    return try #require(outcome.json["gates"] as? [[String: Any]])
  }

  @Test(arguments: [(7, "surface"), (8, "box")])
  func everyGateIsMet(seed: Int, labels: String) throws {
    let gates = try compare(seed: seed, labels: labels)
    #expect(gates.count == 7)
    for gate in gates {
      #expect(gate["met"] as? Bool == true, "\(gate)")
    }
  }

  @Test func anIdealSensorMissesMostGates() throws {
    let folder = try TemporaryFolder()
    let recipe = folder.path("ideal.yaml")
    let switches = [
      "azimuthQuantisation", "glass", "incidence", "energyDrop", "coherentDrop", "intensityNoise",
      "intensityFloor", "ringOffsets", "retroreflection", "mixedPixels", "egoMask",
    ]
    let lines = ["physics:"] + switches.map { "  \($0): false" }
    try lines.joined(separator: "\n").write(toFile: recipe, atomically: true, encoding: .utf8)
    let out = folder.path("ideal")
    let simulated = try Program.run(
      "simulate", out, "--scenes", "40", "--recipe", recipe, timeout: 300)
    #expect(simulated.status == 0, "\(simulated.err)")
    let outcome = try Program.run(
      "realism", out, SharedFolder.scans("labelled"), "--json", timeout: 600)
    let gates = try #require(outcome.json["gates"] as? [[String: Any]])
    #expect(gates.count { $0["met"] as? Bool == false } >= 4, "\(gates)")
  }
}
