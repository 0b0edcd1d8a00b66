import PointCloudIO
public import PointClouds

extension DatasetScan {
  /// The truth about a scan that was read from `path`: one label per point, or nothing where none is
  /// known.
  ///
  /// - Throws: `PointCloudIOError` for a label file that cannot be read or is not this scan's;
  ///   `DatasetsError` for boxes or a calibration that cannot be read.
  public func labels(of scan: Scan) throws -> [PointLabel]? {
    switch truth {
    case .none: nil
    case .withinScan: scan.labels
    case .labels(let path): try LabelFile.read(path, expecting: scan.cloud.count)
    case .boxes(let frame): try frame.labels(of: scan.cloud)
    }
  }
}
