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

  /// The annotated objects of the scan, or nothing where boxes are not known.
  ///
  /// - Throws: `unreadable` or `malformed` for boxes or a calibration that cannot be read.
  public func boxes() throws(DatasetsError) -> [ObjectBox]? {
    switch truth {
    case .boxes(let frame): try frame.boxes()
    case .none, .withinScan, .labels: try objects?.boxes()
    }
  }
}
