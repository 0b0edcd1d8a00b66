import Foundation

extension Dataset {
  /// The file with the prediction for a scan among those in `folder`: `FRAME.label` in
  /// `sequences/DRIVE/predictions`, `DRIVE/predictions`, `DRIVE/labels` or `DRIVE`, and, where the
  /// data set has a single drive, in `predictions`, `labels` or `folder` itself.
  ///
  /// - Throws: `mismatch` where there is none.
  public func predictionPath(
    of scan: DatasetScan, in folder: String
  ) throws(DatasetsError) -> String {
    let drive = scan.drive
    var places = [
      "sequences/\(drive)/predictions/", "\(drive)/predictions/", "\(drive)/labels/", "\(drive)/",
    ]
    if scans.allSatisfy({ $0.drive == drive }) { places += ["predictions/", "labels/", ""] }
    for place in places {
      let path = URL(fileURLWithPath: folder).appending(path: "\(place)\(scan.frame).label").path
      if FileManager.default.fileExists(atPath: path) { return path }
    }
    throw DatasetsError(
      .mismatch, "there is no prediction for frame \(scan.frame) of drive \(drive)",
      remedy: "Write it to '\(drive)/\(scan.frame).label' in this folder.", path: folder)
  }
}
