public import PointClouds

/// Carries the classes of a range image's cells back to the points of its cloud.
public enum LabelCarrier {
  /// What a point without a cell gets instead of a class.
  public static let noLabel = UInt8.max

  /// The class of the cell each point falls into, seen there or not; `noLabel` for points without
  /// a cell.
  ///
  /// - Parameters:
  ///   - labels: one class per cell, row by row.
  ///   - projection: where the points went.
  /// - Returns: one class per point.
  public static func nearestCell(_ labels: [UInt8], through projection: Projection) -> [UInt8] {
    precondition(
      labels.count == projection.image.count,
      "\(labels.count) labels for \(projection.image.count) cells")
    return projection.cellOfPoint.map { $0 < 0 ? noLabel : labels[Int($0)] }
  }

  /// The class that each point's neighbours vote for, as in RangeNet++ (Milioto et al., IROS 2019,
  /// algorithm 1); `noLabel` for points without a cell.
  ///
  /// - Parameters:
  ///   - labels: one class per cell, row by row.
  ///   - projection: where the points of `cloud` went.
  ///   - cloud: the points.
  ///   - vote: who votes, and how near it has to be.
  ///   - threads: how many run at a time.
  /// - Returns: one class per point.
  public static func voted(
    _ labels: [UInt8], through projection: Projection, of cloud: PointCloud,
    by vote: NeighbourVote = NeighbourVote(), threads: Int = 2
  ) -> [UInt8] {
    let image = projection.image
    precondition(
      cloud.count == projection.cellOfPoint.count,
      "\(cloud.count) points, and a projection of \(projection.cellOfPoint.count)")
    let neighbourhood = Neighbourhood(
      labels: labels, ranges: ranges(of: image),
      rows: image.rows, columns: image.columns, vote: vote,
      wraps: vote.wraps && projection.geometry.isFullSweep)
    return neighbourhood.classes(
      cells: projection.cellOfPoint, ranges: ranges(of: cloud), threads: threads)
  }

  /// Distances of the cells' points, -1 in empty cells.
  private static func ranges(of image: RangeImage) -> [Float] {
    image.range.withUnsafeBufferPointer { range in
      image.pointIndex.withUnsafeBufferPointer { point in
        [Float](unsafeUninitializedCapacity: image.count) { ranges, count in
          for cell in 0..<image.count { ranges[cell] = point[cell] < 0 ? -1 : range[cell] }
          count = image.count
        }
      }
    }
  }

  /// Distances from the sensor, rounded as the projection rounds them.
  private static func ranges(of cloud: PointCloud) -> [Float] {
    cloud.x.withUnsafeBufferPointer { x in
      cloud.y.withUnsafeBufferPointer { y in
        cloud.z.withUnsafeBufferPointer { z in
          [Float](unsafeUninitializedCapacity: x.count) { ranges, count in
            for point in x.indices {
              let square = x[point] * x[point] + y[point] * y[point] + z[point] * z[point]
              ranges[point] = square.squareRoot()
            }
            count = x.count
          }
        }
      }
    }
  }
}
