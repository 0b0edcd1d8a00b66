import Foundation
import PointCloudIO
import TestSupport
import Testing

/// Conversions that are split, stopped, or meet damaged scans.
@Suite struct ConvertJobTests {
  private let files: CommandFiles

  init() throws { files = try CommandFiles() }

  private func arguments(_ source: String, _ out: String, _ more: String...) -> [String] {
    [
      "convert", source, files.path(out), "--to", "ply", "--from", "kitti-bin", "--json",
      "--progress", "none",
    ] + more
  }

  private func content(_ out: String) throws -> [String: Data] {
    let names = files.files(out).filter { $0.contains(".") }
    return try Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, try Data(contentsOf: files.folder.url.appending(path: "\(out)/\($0)")))
      })
  }

  @Test func processesOfMPISplitTheScans() throws {
    let source = try files.scans("many", count: 5, points: 50)
    #expect(try Program.start(arguments(source, "whole")).outcome(timeout: 60).status == 0)
    var written: [Int] = []
    for rank in 0..<2 {
      let line =
        "OMPI_COMM_WORLD_RANK=\(rank) OMPI_COMM_WORLD_SIZE=2 exec \"$0\" \"$@\""
      let outcome = try Program.shell(line, arguments(source, "split"))
      #expect(outcome.status == 0, "\(outcome.err)")
      written.append(outcome.json["scans"] as? Int ?? 0)
      #expect(files.files("split").count { $0.hasSuffix(".ply") } == [3, 5][rank])
    }
    #expect(written == [3, 2])
    #expect(try content("split") == content("whole"))
  }

  @Test func resumingWritesOnlyWhatIsMissing() throws {
    let source = try files.scans("many", count: 3, points: 50)
    #expect(try Program.start(arguments(source, "o")).outcome(timeout: 60).status == 0)
    let whole = try content("o")
    #expect(whole.count == 3)
    try FileManager.default.removeItem(atPath: files.path("o/many/000001.ply"))
    _ = try files.write([1], to: "o/many/000002.ply")
    let outcome = try Program.start(arguments(source, "o", "--resume")).outcome(timeout: 60)
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(outcome.json["scans"] as? Int == 1 && outcome.json["keptScans"] as? Int == 2)
    #expect(try content("o")["many/000001.ply"] == whole["many/000001.ply"])
    #expect(files.count("o/many/000002.ply") == 1)
    #expect(try Program.start(arguments(source, "o")).outcome(timeout: 60).status == 0)
    #expect(try content("o") == whole)
  }

  @Test func aDamagedScanIsNamedAndCountedAndTheOthersAreConverted() throws {
    for frame in 0..<4 {
      _ = try files.scan("drive/velodyne/\(frame).bin", points: 20)
      _ = try files.write(Array(repeating: 0, count: 80), to: "drive/labels/\(frame).label")
    }
    let cut = try Data(contentsOf: files.folder.url.appending(path: "drive/velodyne/1.bin"))
    _ = try files.write(Array(cut.dropLast(5)), to: "drive/velodyne/1.bin")
    _ = try files.write(Array(repeating: 0, count: 79), to: "drive/labels/2.label")
    let outcome = try Program.start(
      [
        "convert", files.path("drive"), files.path("o"), "--to", "semantickitti", "--from",
        "kitti-bin", "--json",
      ]
    ).outcome(timeout: 60)
    #expect(outcome.status == 4, "\(outcome.err)")
    #expect(outcome.err.contains("1.label:76: ") && outcome.err.contains("2.label:76: "))
    #expect(outcome.json["scans"] as? Int == 2 && outcome.json["skippedScans"] as? Int == 2)
    #expect(
      Set(try content("o").keys) == [
        "drive/velodyne/0.bin", "drive/labels/0.label", "drive/velodyne/3.bin",
        "drive/labels/3.label",
      ])
  }

  @Test func ofACutShardTheWholeImagesAreConverted() throws {
    let values = (0..<24).flatMap { cell -> [Float] in [Float(cell + 2), 1, 1, 0.5, 4, 40] }
    let bytes = NumpyArray.bytes(shape: [3, 2, 4, 6], values: values)
    let path = try files.write(Array(bytes.dropLast(9)), to: "cut.npy")
    let outcome = try Program.start(
      ["convert", path, files.path("o"), "--to", "pcd", "--json"]
    ).outcome(timeout: 60)
    #expect(outcome.status == 4, "\(outcome.err)")
    #expect(outcome.err.contains("cut.npy:\(bytes.count - 9): "), "\(outcome.err)")
    #expect(outcome.json["scans"] as? Int == 2 && outcome.json["skippedScans"] as? Int == 1)
    #expect(try content("o").count == 2)
  }

  @Test func ringsThatCannotBeToldAreSaidOfTheScan() throws {
    let source = try files.scans("many", count: 2)
    let outcome = try Program.start(
      ["convert", source, files.path("o"), "--to", "npy", "--from", "kitti-bin", "--json"]
    ).outcome(timeout: 60)
    #expect(outcome.status == 5 && outcome.json["skippedScans"] as? Int == 2, "\(outcome.err)")
    #expect(outcome.err.contains("many/000001.bin: the points carry no ring numbers"))
  }

  @Test func scansThatWouldBeOneFileAreRefused() throws {
    // In names of images "_" parts drive and frame, so that a frame has "-" instead.
    _ = try files.scan("set/a/velodyne/b_c.bin")
    _ = try files.scan("set/a/velodyne/b-c.bin")
    let outcome = try Program.start(
      ["convert", files.path("set"), files.path("o"), "--to", "npy", "--from", "kitti-bin"]
    ).outcome(timeout: 60)
    #expect(outcome.status == 5 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("occurs twice") && files.files("o").isEmpty)
  }
}

#if Simulator
/// Simulated streets as images.
@Suite struct ConvertSimulationTests {
  @Test func sequencesAndShardsOfAStreetGiveTheSameImages() throws {
    let files = try SimulateFiles()
    #expect(try files.simulate("sequences", "--scenes", "2", "--set", "frames=1").status == 0)
    let shards = try files.simulate(
      "shards", "--scenes", "2", "--set", "frames=1", "--format", "shards", "--columns", "360")
    #expect(shards.status == 0, "\(shards.err)")
    for set in ["sequences", "shards"] {
      let outcome = try Program.run(
        "convert", files.path(set), files.path("\(set)-images"), "--to", "npy", "--sensor",
        files.sensor, "--rows", "3", "--columns", "90")
      #expect(outcome.status == 0, "\(outcome.err)")
    }
    for (first, second) in [("00_000000", "000000_000000"), ("01_000000", "000000_000001")] {
      let images = try [("sequences", first), ("shards", second)].map { set, name in
        let path = files.path("\(set)-images/lidar_2d/\(name).npy")
        let array = try NumpyFloats(path: path)
        #expect(array.shape == [3, 90, 6])
        var values: [Float] = []
        try array.read(0..<3 * 90 * 6, into: &values)
        return values
      }
      #expect(images[0] == images[1])
      #expect(images[0].contains { $0 != 0 })
    }
  }
}
#endif
