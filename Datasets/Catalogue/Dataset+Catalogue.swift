import Foundation
import PointClouds

extension Dataset {
  /// Opens a YAML that names scans, labels, label map and sensor.
  static func open(catalogue url: URL) throws(DatasetsError) -> Dataset {
    let file = try TextFile(path: url.path)
    let fields = try YAMLFields(file, allowed: ["sensor", "label-map", "drives"])
    let home = url.standardizedFileURL.deletingLastPathComponent()
    var dataset = Dataset(layout: .catalogue, path: url.path, scans: [])
    dataset.sensor = try fields.optionalString("sensor")
    if let name = try fields.optionalString("label-map") {
      let isFile = name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
      dataset.labelMap =
        try isFile ? .read(path: resolved(name, at: home).path) : .bundled(name)
    }
    var names: Set<String> = []
    for drive in try fields.list("drives", allowed: ["name", "scans", "labels"]) {
      let scans = try scans(of: drive, at: home)
      let name = scans.first?.drive ?? ""
      guard names.insert(name).inserted else {
        throw drive.malformed("two drives are called '\(name)'", remedy: "Give each its own name.")
      }
      dataset.scans += scans
    }
    guard !names.isEmpty else {
      throw fields.malformed("'drives' is empty", remedy: "List a drive with 'scans:'.")
    }
    return dataset
  }

  private static func scans(
    of drive: YAMLFields, at home: URL
  ) throws(DatasetsError) -> [DatasetScan] {
    let points = try folder("scans", of: drive, at: home)
    let name = try drive.optionalString("name") ?? points.name
    var scans = try scans(in: points, drive: name)
    guard !scans.isEmpty else {
      throw drive.malformed(
        "'\(points.url.path)' has no scans", remedy: "Name a folder of .bin, .pcd, .ply or .npy.")
    }
    guard drive.has("labels") else { return scans }
    let labels = try DriveFolder.files(
      in: folder("labels", of: drive, at: home), extensions: ["label"])
    for index in scans.indices {
      scans[index].truth = labels[scans[index].frame].map { .labels(path: $0) } ?? .none
    }
    guard scans.contains(where: { $0.truth != .none }) else {
      throw drive.malformed(
        "no label file has the name of a scan", remedy: "Name the labels as the scans: FRAME.label."
      )
    }
    return scans
  }

  private static func folder(
    _ key: String, of drive: YAMLFields, at home: URL
  ) throws(DatasetsError) -> Folder {
    let path = try drive.string(key)
    guard let folder = Folder(resolved(path, at: home)) else {
      throw drive.malformed(
        "'\(key)' names '\(path)', which is no folder", remedy: "Check the path.")
    }
    return folder
  }

  private static func resolved(_ path: String, at home: URL) -> URL {
    path.hasPrefix("/") ? URL(fileURLWithPath: path) : home.appending(path: path)
  }
}
