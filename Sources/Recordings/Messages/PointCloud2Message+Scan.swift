import PointCloudIO
public import PointClouds

extension PointCloud2Message {
  /// The points, with their labels where there is a field of that name.
  ///
  /// Fields are found by their names, aligned or not, as `ScanAssembly` does; a field of several
  /// values becomes as many, named `NAME_0` and so on.
  ///
  /// - Throws: `.damaged` where points or fields reach beyond the data; `.unsupported` where there
  ///   are no coordinates.
  public func scan() throws(RecordingsError) -> Scan {
    let points = try PointColumns(self)
    if points.count == 0, points.columns.isEmpty { return Scan(cloud: PointCloud()) }
    do throws(ScanAssembly.MissingCoordinate) {
      return try ScanAssembly(points.columns, count: points.count).scan
    } catch {
      throw RecordingsError(
        .unsupported, "the points have no field \"\(error.name)\"",
        remedy: "Choose a topic whose points have x, y and z.")
    }
  }
}
