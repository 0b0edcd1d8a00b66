/// A point cloud with what is known of its points.
public struct Scan: Equatable, Sendable {
  /// The points.
  public var cloud: PointCloud
  /// One label per point in the same order, or nothing where the source has none.
  public var labels: [PointLabel]?

  /// A scan; labels, if any, are as many as points.
  public init(cloud: PointCloud, labels: [PointLabel]? = nil) {
    precondition(
      labels == nil || labels?.count == cloud.count,
      "\(labels?.count ?? 0) labels for \(cloud.count) points")
    self.cloud = cloud
    self.labels = labels
  }
}
