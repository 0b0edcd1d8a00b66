import Foundation
import PointClouds
import TestSupport
import Testing

/// Files that are missing, damaged, or do not belong together.
@Suite struct BadInputTests {
  private let files: CommandFiles

  init() throws {
    files = try CommandFiles()
  }

  @Test(arguments: ["segment", "convert", "project", "info", "evaluate", "render"])
  func aMissingFileIsUnreadable(_ verb: String) throws {
    let more = ["convert": ["out", "--to", "pcd"], "render": ["--out", "p.png"]][verb] ?? []
    let model = ["segment", "evaluate", "render"].contains(verb) ? ["--model", files.model] : []
    let outcome = try Program.start([verb, files.path("none.bin")] + more + model)
      .outcome(timeout: 60)
    #expect(outcome.status == 3, "\(outcome.err)")
    #expect(outcome.isOneErrorWithHint && outcome.err.contains("none.bin"))
    #expect(outcome.out.isEmpty)
  }

  @Test(arguments: ["segment", "info", "convert"])
  func aFolderWithoutScansIsToldFromOneWithThem(_ verb: String) throws {
    _ = try files.write([1, 2], to: "empty/readme.txt")
    let more = verb == "convert" ? [files.path("o"), "--to", "pcd"] : []
    let outcome = try Program.start([verb, files.path("empty")] + more).outcome(timeout: 60)
    #expect(outcome.status == 5 && outcome.isOneErrorWithHint, "\(outcome.err)")
  }

  @Test(arguments: [1, 15]) func ofACutScanTheWholePointsAreLabelled(extra: Int) throws {
    let scan = try files.scan(points: 200)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: scan))
    let cut = try files.write(Array(bytes.prefix(100 * 16 + extra)), to: "cut.bin")
    let outcome = try Program.run(
      "segment", cut, "--model", files.model, "--out", files.path("o"), "--from", "kitti-bin",
      "--json")
    #expect(outcome.status == 4, "\(outcome.err)")
    #expect(outcome.err.contains("lidarseg: error: \(cut):1600: "), "\(outcome.err)")
    #expect(outcome.err.contains("hint: "))
    #expect(files.count("o/cut.label") == 400)
    #expect(outcome.json["points"] as? Int == 100 && outcome.json["damagedScans"] as? Int == 1)
  }

  @Test(arguments: ["info", "project", "render"])
  func aCutScanIsShownAndSaidToBeDamaged(_ verb: String) throws {
    let scan = try files.scan(points: 200)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: scan))
    let cut = try files.write(Array(bytes.dropLast(3)), to: "cut.bin")
    let more = [
      "project": ["--projection", "spherical"],
      "render": ["--out", files.path("p.png"), "--model", files.model],
    ]
    let outcome = try Program.start([verb, cut, "--from", "kitti-bin"] + (more[verb] ?? []))
      .outcome(timeout: 60)
    #expect(outcome.status == 4 && outcome.err.contains("cut.bin:3184"), "\(outcome.err)")
    #expect(verb == "render" ? files.count("p.png") ?? 0 > 100 : !outcome.out.isEmpty)
  }

  @Test(arguments: [[], Array(repeating: UInt8(0xff), count: 7)] as [[UInt8]])
  func anEmptyOrTinyFileHoldsNoScan(_ bytes: [UInt8]) throws {
    let scan = try files.write(bytes, to: "tiny.bin")
    let outcome = try Program.run(
      "segment", scan, "--model", files.model, "--out", files.path("o"))
    #expect([4, 5].contains(outcome.status) && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(files.files("o").isEmpty)
  }

  @Test func aDamagedScanDoesNotStopTheOthers() throws {
    let folder = try files.scans("many", count: 3)
    _ = try files.write([], to: "many/000001.bin")
    let outcome = try Program.run(
      "segment", folder, "--model", files.model, "--out", files.path("o"), "--from", "kitti-bin",
      "--json")
    #expect(outcome.status == 4 && outcome.err.contains("000001.bin"), "\(outcome.err)")
    #expect(outcome.json["scans"] as? Int == 2 && outcome.json["skippedScans"] as? Int == 1)
    #expect(files.files("o").count { $0.hasSuffix(".label") } == 2)
    let converted = try Program.run(
      "convert", folder, files.path("c"), "--to", "ply", "--from", "kitti-bin", "--json")
    #expect(converted.status == 4, "\(converted.err)")
    #expect(converted.json["scans"] as? Int == 2 && converted.json["skippedScans"] as? Int == 1)
  }

  @Test func labelsOfAnotherLengthAreRefused() throws {
    _ = try files.scan("drive/velodyne/000000.bin", points: 100)
    _ = try files.write(Array(repeating: 0, count: 4 * 99), to: "drive/labels/000000.label")
    for arguments in [
      ["info", files.path("drive")],
      ["evaluate", files.path("drive"), "--predictions", files.path("drive/labels")],
    ] {
      let outcome = try Program.start(arguments).outcome(timeout: 60)
      #expect(outcome.status == 4 && outcome.isOneErrorWithHint, "\(outcome.err)")
      #expect(outcome.err.contains("000000.label:396: 99 labels for a scan of 100 points"))
    }
  }

  @Test func ringsThatCannotBeToldNameAnotherProjection() throws {
    let outcome = try Program.run(
      "segment", try files.scan(), "--model", files.model, "--projection", "ring", "--out",
      files.path("o"))
    #expect(outcome.status == 5 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("--projection spherical"))
  }

  @Test func pointsWithoutAPositionAreCountedAndLabelledZero() throws {
    var cloud = RandomScan.cloud(count: 50)
    for index in 0..<50 { cloud.x[index] = .nan }
    let scan = try files.write(RandomScan.kittiBytes(cloud), to: "nan.bin")
    let outcome = try Program.run(
      "segment", scan, "--model", files.model, "--from", "kitti-bin", "--out", files.path("o"),
      "--json")
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(outcome.json["unlabelled"] as? Int == 50 && outcome.json["points"] as? Int == 50)
    let labels = try Data(contentsOf: files.folder.url.appending(path: "o/nan.label"))
    #expect(labels == Data(count: 200))
  }

  @Test func aDamagedModelIsSaidWithItsPlace() throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: files.model))
    let cut = try files.write(Array(bytes.dropLast(5)), to: "cut.safetensors")
    let outcome = try Program.run("segment", try files.scan(), "--model", cut, "--out", "o")
    #expect(outcome.status == 4 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("cut.safetensors:"))
    let device = try Program.run("segment", try files.scan(), "--model", "/dev/zero.safetensors")
    #expect(device.status == 3)
    #expect(try Program.run("segment", try files.scan(), "--model", "/dev/zero").status == 3)
  }
}
