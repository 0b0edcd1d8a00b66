import Foundation
import TestSupport
import Testing

/// The verbs about realism and sensors on scans that are made up.
@Suite struct RealismCommandTests {
  private let files: CommandFiles

  init() throws {
    files = try CommandFiles()
  }

  /// A folder of scans of four beams that see a wall, beam after beam.
  private func folder(_ name: String, scans: Int, distance: Float) throws -> String {
    for number in 0..<scans {
      var bytes: [UInt8] = []
      for beam in 0..<64 {
        for firing in 0..<500 {
          let azimuth = (Float(firing) + 0.25) / 500 * 2 * .pi
          let rho = distance + Float((firing / 10 + beam + number) % 7)
          let elevation = (2 - Float(beam) * 0.4) * .pi / 180
          for value in [rho * cos(azimuth), rho * sin(azimuth), rho * tan(elevation), 0.5] {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
          }
        }
      }
      _ = try files.write(bytes, to: "\(name)/\(String(format: "%06d", number)).bin")
    }
    return files.path(name)
  }

  @Test func twoSetsAreComparedAndDrawn() throws {
    let (near, far) = try (
      folder("near", scans: 2, distance: 9), folder("far", scans: 4, distance: 20)
    )
    let page = files.path("page.html")
    let outcome = try Program.run("realism", near, far, "--html", page, "--json")
    #expect(outcome.status == 0, "\(outcome.err)")
    let sets = ["simulated", "real"].map { (outcome.json[$0] as? [String: Any])?["scans"] as? Int }
    #expect(sets == [2, 4])
    let halves = outcome.json["halves"] as? [[String: Any]]
    #expect(halves?.map { $0["scans"] as? Int } == [2, 2])
    let written = try String(contentsOfFile: page, encoding: .utf8)
    #expect(written.hasPrefix("<!DOCTYPE html>") && written.contains("</svg>"))
    let text = try Program.run("realism", near, far)
    #expect(text.out.contains("SIM: 2 scans, 0 labelled; REAL: 4 scans, 0 labelled"))
  }

  @Test func scansThatCannotBeReadAreNamedAndLeftOut() throws {
    let folder = try folder("set", scans: 3, distance: 9)
    _ = try files.write(Array("no scan at all".utf8), to: "set/000001.bin")
    let outcome = try Program.run("realism", folder, folder, "--json")
    #expect(outcome.status != 0)
    #expect((outcome.json["real"] as? [String: Any])?["scans"] as? Int == 2, "\(outcome.err)")
    #expect(outcome.err.components(separatedBy: "set/000001.bin").count == 3, "\(outcome.err)")
  }

  @Test func aSetWithoutAnyReadableScanIsAnErrorWithARemedy() throws {
    let good = try folder("set", scans: 1, distance: 9)
    _ = try files.write(Array("no scan at all".utf8), to: "bad/000000.bin")
    let outcome = try Program.run("realism", files.path("bad"), good)
    #expect(outcome.status == 5 && outcome.out.isEmpty)
    #expect(outcome.err.contains("no simulated scan could be counted"), "\(outcome.err)")
  }

  @Test func aSensorThatWasFittedCanBeUsed() throws {
    let (folder, file) = (try folder("set", scans: 2, distance: 9), files.path("My sensor.yaml"))
    let outcome = try Program.run("sensors", "fit", folder, "--out", file, "--json")
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(outcome.json["scans"] as? Int == 2 && outcome.json["skippedScans"] as? Int == 0)
    #expect((outcome.json["rings"] as? [Any])?.count == 64)
    let check = try Program.run("sensors", "check", file)
    #expect(check.out.hasPrefix("my-sensor: "), "\(check.err)")
    let scan = files.path("set/000000.bin")
    let project = try Program.run("project", scan, "--sensor", file, "--json")
    #expect(project.json["rowSource"] as? String == "table", "\(project.err)")
  }
}
