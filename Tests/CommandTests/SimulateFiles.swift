#if Simulator
import Foundation
import TestSupport

/// What `simulate` needs and what it writes: a sensor that is quickly simulated, and folders.
struct SimulateFiles {
  let folder: TemporaryFolder
  /// A sensor file.
  let sensor: String

  init() throws {
    folder = try TemporaryFolder()
    sensor = try folder.write(Self.table.utf8, to: "sparse.yaml")
  }

  /// The sensor file's text.
  static let table = """
    {name: sparse, title: Sparse, quality: nominal, source: made up, rotation_hz: 10,
     intensity_maximum: 1, azimuth_steps: [{step_deg: 1, share: 1}],
     range: {maximum_m: 100, quantum_m: 0.002},
     beams: [{elevation_deg: 2}, {elevation_deg: -3}, {elevation_deg: -10}]}

    """

  func path(_ name: String) -> String { folder.path(name) }

  /// The command line that simulates to a folder with the small sensor.
  func arguments(_ out: String, _ more: [String] = []) -> [String] {
    ["simulate", path(out), "--sensor", sensor, "--progress", "none"] + more
  }

  func simulate(_ out: String, _ more: String...) throws -> Program.Outcome {
    try Program.start(arguments(out, more)).outcome(timeout: 60)
  }

  /// The names of all files below a folder.
  func names(_ out: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: path(out))?.compactMap { $0 as? String }
    return (names ?? []).filter { name in
      let url = URL(fileURLWithPath: path("\(out)/\(name)"))
      return (try? url.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true
    }.sorted()
  }

  /// The bytes of all files below a folder; of `simulation.yaml` without its comments.
  func content(_ out: String) throws -> [String: Data] {
    var content: [String: Data] = [:]
    for name in names(out) {
      var data = try Data(contentsOf: folder.url.appending(path: "\(out)/\(name)"))
      if name == "simulation.yaml" {
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
        data = Data(lines.filter { !$0.hasPrefix("#") }.joined(separator: "\n").utf8)
      }
      content[name] = data
    }
    return content
  }

  /// When each file below a folder was last written, and which file it is.
  func writings(_ out: String) throws -> [String: [String]] {
    let manager = FileManager.default
    return try Dictionary(
      uniqueKeysWithValues: names(out).map { name in
        let attributes = try manager.attributesOfItem(atPath: path("\(out)/\(name)"))
        return (
          name,
          [FileAttributeKey.modificationDate, .systemFileNumber].map { "\(attributes[$0] ?? "")" }
        )
      })
  }
}
#endif
