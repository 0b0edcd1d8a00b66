/// Where the sensor was at the scans of a data set, read drive by drive as they are asked for.
public struct DatasetPoses: Sendable {
  private let scans: [DatasetScan]
  private var known: (drive: String, poses: DrivePoses)?

  /// The poses of a data set, of which nothing is read yet.
  public init(of dataset: Dataset) { scans = dataset.scans }

  /// The pose at a scan, where its drive's files say so; the last drive that was asked for is kept.
  ///
  /// - Throws: `unreadable` or `malformed` for files that are there.
  public mutating func pose(of scan: DatasetScan) throws(DatasetsError) -> SensorPose? {
    if let known, known.drive == scan.drive { return known.poses.pose(ofFrame: scan.frame) }
    let poses = try DrivePoses(of: scans.filter { $0.drive == scan.drive })
    known = (scan.drive, poses)
    return poses.pose(ofFrame: scan.frame)
  }
}
