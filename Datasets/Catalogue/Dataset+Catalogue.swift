import Foundation
import PointCloudIO
import PointClouds

extension Dataset {
  private static let keys = ["sensor", "label-map", "format", "intensity-scale", "drives"]

  /// Opens a YAML that names scans, labels, and what is to be known of them.
  static func open(catalogue url: URL) throws(DatasetsError) -> Dataset {
    let file = try TextFile(path: url.path)
    let fields = try YAMLFields(file, allowed: keys)
    let home = url.standardizedFileURL.deletingLastPathComponent()
    var dataset = Dataset(layout: .catalogue, path: url.path, scans: [])
    dataset.sensor = try fields.optionalString("sensor").map {
      LabelMap.isFile($0) ? resolved($0, at: home).path : $0
    }
    if let name = try fields.optionalString("label-map") {
      dataset.labelMap =
        try .named(LabelMap.isFile(name) ? resolved(name, at: home).path : name)
    }
    dataset.scans = try scans(of: fields, at: home)
    let format = try format(of: fields)
    let scale = try intensityScale(of: fields)
    for index in dataset.scans.indices {
      dataset.scans[index].format = format
      dataset.scans[index].intensityScale = scale
    }
    return dataset
  }

  /// The scans of all drives.
  private static func scans(
    of fields: YAMLFields, at home: URL
  ) throws(DatasetsError) -> [DatasetScan] {
    var all: [DatasetScan] = []
    var names: Set<String> = []
    for drive in try fields.list("drives", allowed: ["name", "scans", "labels"]) {
      let scans = try scans(ofDrive: drive, at: home)
      let name = scans.first?.drive ?? ""
      guard names.insert(name).inserted else {
        throw drive.malformed("two drives are called '\(name)'", remedy: "Give each its own name.")
      }
      all += scans
    }
    guard !names.isEmpty else {
      throw fields.malformed("'drives' is empty", remedy: "List a drive with 'scans:'.")
    }
    return all
  }

  private static func format(of fields: YAMLFields) throws(DatasetsError) -> ScanFormat? {
    guard let name = try fields.optionalString("format") else { return nil }
    if let format = ScanFormat(rawValue: name) { return format }
    let known = ScanFormat.allCases.map(\.rawValue)
    let meant = nearestName(to: name, among: known).map { "Did you mean '\($0)'?" }
    throw fields.malformed(
      "'format' names the unknown kind '\(name)'",
      remedy: meant ?? "The kinds are \(known.joined(separator: ", ")).")
  }

  private static func intensityScale(of fields: YAMLFields) throws(DatasetsError) -> Float {
    guard let text = try fields.optionalString("intensity-scale") else { return 1 }
    guard let scale = Float(text), scale.isFinite, scale > 0 else {
      throw fields.malformed(
        "'intensity-scale' is '\(text)'", remedy: "Use a number above 0, such as 0.00392.")
    }
    return scale
  }

  private static func scans(
    ofDrive drive: YAMLFields, at home: URL
  ) throws(DatasetsError) -> [DatasetScan] {
    let points = try folder("scans", of: drive, at: home)
    let name = try drive.optionalString("name") ?? points.name
    var scans = try scans(in: points, drive: name)
    guard !scans.isEmpty else {
      throw drive.malformed(
        "'\(points.url.path)' has no scans",
        remedy: "Name a folder of .bin, .pcd, .ply, .las or .npy.")
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
