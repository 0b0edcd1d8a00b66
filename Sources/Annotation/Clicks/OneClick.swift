import Foundation
import PointClouds

/// Makes an object of one click: the points that hang together with it, and a box around them (after
/// LATTE: Wang, Wu et al., arXiv 1904.09085, section 3).
public struct OneClick: Sendable {
  /// How it works.
  public var configuration: Configuration

  /// A way to make objects of clicks.
  public init(_ configuration: Configuration = Configuration()) {
    self.configuration = configuration
  }

  /// The object at a point of a sweep.
  ///
  /// - Returns: nothing where nothing stands on the ground within 0.6 m of the point.
  public func proposal(
    atPoint index: Int, as objectClass: ObjectClass, in sweep: OpenedSweep
  ) -> Proposal? {
    proposal(at: sweep.position(index), as: objectClass, in: sweep)
  }

  /// The object at a place.
  ///
  /// - Parameters:
  ///   - place: where it was clicked, in metres; only x and y count.
  ///   - objectClass: what it is.
  ///   - sweep: the sweep.
  ///   - knowledge: what is known of it from elsewhere.
  /// - Returns: nothing where nothing stands on the ground within 0.6 m of the place.
  public func proposal(
    at place: SIMD3<Double>, as objectClass: ObjectClass, in sweep: OpenedSweep,
    knowing knowledge: Knowledge? = nil
  ) -> Proposal? {
    let size = ObjectSize.of(objectClass)
    let click = SIMD2(place.x, place.y)
    var limits = [size.large, size.largest]
    if let known = knowledge?.size { limits.insert(SIMD3(known * 1.1 + 0.3, size.large.z), at: 0) }
    guard let found = cluster(at: click, of: size, within: limits, in: sweep) else { return nil }
    guard let box = fit(size, knowledge, found.cluster, sweep) else { return nil }
    // What the box holds belongs to it, even where something in between hid how it hangs together.
    let inside = standing(on: box.box, of: size, in: sweep)
    // With a known size what reaches far beyond is none of it.
    let own =
      knowledge == nil
      ? found.cluster.points
      : found.cluster.points.filter { box.box.holds(sweep.position($0), margin: 0.4) }
    let points = Set(own).union(inside.points).sorted()
    var whole = box.box
    whole.size.z = max(whole.size.z, inside.height)
    let quality = Quality(
      pointCount: found.cluster.points.count, seen: box.seen,
      isLengthGuessed: box.isGuessed.0, isWidthGuessed: box.isGuessed.1, reach: found.reach,
      isCut: found.isCut)
    return Proposal(box: whole, points: points, quality: quality)
  }

  /// The points over a box's place, and the height of the highest.
  ///
  /// They go up to the first gap of 0.3 m above 1.2 m. Above what is large for the class they belong to
  /// a van, or to a tree that also stands beside the box: if more of them do, they are left out.
  private func standing(
    on box: OrientedBox, of size: ObjectSize, in sweep: OpenedSweep
  ) -> (points: [Int], height: Double) {
    var column = box
    column.size.z = max(size.largest.z, box.size.z)
    let around = sweep.points(in: column, margin: 1, withGround: false)
    let heights = around.map { Double(sweep.cloud.z[$0]) - box.bottom.z }
    let isInside = around.map { column.holds(sweep.position($0), margin: 0.05) }
    let high = around.indices.filter { heights[$0] > size.large.z }
    let inside = high.count { isInside[$0] }
    let limit = 2 * inside < high.count ? size.large.z : size.largest.z
    var top = 1.2
    for height in around.indices.filter({ isInside[$0] }).map({ heights[$0] }).sorted()
    where height > top && height <= limit {
      if height - top > 0.3 { break }
      top = height
    }
    let own = around.indices.filter { isInside[$0] && heights[$0] <= top }
    return (own.map { around[$0] }, own.map { heights[$0] }.max() ?? 0)
  }

  /// The object that some points were chosen for, by hand or by where it should be.
  ///
  /// - Parameters:
  ///   - points: its points, in rising order.
  ///   - objectClass: what it is.
  ///   - sweep: the sweep.
  ///   - knowledge: what is known of it from elsewhere.
  /// - Returns: nothing where there are no points.
  public func proposal(
    of points: [Int], as objectClass: ObjectClass, in sweep: OpenedSweep,
    knowing knowledge: Knowledge? = nil
  ) -> Proposal? {
    let middles = points.map { index in
      let place = sweep.position(index)
      return SIMD2(place.x, place.y)
    }
    let cluster = ClusterGrowth.Cluster(points: points, middles: middles)
    guard let fitted = fit(ObjectSize.of(objectClass), knowledge, cluster, sweep) else {
      return nil
    }
    let quality = Quality(
      pointCount: points.count, seen: fitted.seen, isLengthGuessed: fitted.isGuessed.0,
      isWidthGuessed: fitted.isGuessed.1, reach: 0, isCut: false)
    return Proposal(box: fitted.box, points: points, quality: quality)
  }

  private func fit(
    _ size: ObjectSize, _ knowledge: Knowledge?, _ cluster: ClusterGrowth.Cluster,
    _ sweep: OpenedSweep
  ) -> BoxFit.Fitted? {
    BoxFit(
      criterion: configuration.criterion, leastDistance: configuration.leastDistance, size: size,
      knowledge: knowledge, sight: Sight(sweep: sweep, points: cluster.points)
    ).box(around: cluster.middles)
  }

  private typealias Found = (cluster: ClusterGrowth.Cluster, reach: Double, isCut: Bool)

  /// What hangs together with a click and is no larger than an object of the class.
  private func cluster(
    at click: SIMD2<Double>, of size: ObjectSize, within limits: [SIMD3<Double>],
    in sweep: OpenedSweep
  ) -> Found? {
    let growth = ClusterGrowth(
      sweep, around: click, radius: size.largest.x + 1, height: size.large.z)
    let range = (click * click).sum().squareRoot()
    let least = configuration.reachPerRange * range
    var reaches = configuration.reaches.filter { $0 >= least }
    if reaches.isEmpty { reaches = [least] }
    let clusters = reaches.compactMap { growth.cluster(at: click, reach: $0) }
    guard let smallest = clusters.last else { return nil }
    for limit in limits {
      for (reach, cluster) in zip(reaches, clusters) where fits(cluster, limit) {
        return (cluster, reach, false)
      }
    }
    let cut = cut(smallest, around: click, to: size, in: sweep)
    return cut.points.isEmpty ? nil : (cut, reaches[reaches.count - 1], true)
  }

  /// Whether a cluster is no larger than an object.
  private func fits(_ cluster: ClusterGrowth.Cluster, _ limit: SIMD3<Double>) -> Bool {
    guard let rectangle = RectangleFit(cluster.middles, by: .area, steps: 30) else { return true }
    let (a, b) = (rectangle.first.length, rectangle.second.length)
    return max(a, b) <= limit.x && min(a, b) <= limit.y
  }

  /// The part of a cluster that is as near to the click as an object's middle to its ends.
  private func cut(
    _ cluster: ClusterGrowth.Cluster, around click: SIMD2<Double>, to size: ObjectSize,
    in sweep: OpenedSweep
  ) -> ClusterGrowth.Cluster {
    let limit = size.usual.x / 2
    func isNear(_ place: SIMD2<Double>) -> Bool {
      let offset = place - click
      return (offset * offset).sum() <= limit * limit
    }
    return ClusterGrowth.Cluster(
      points: cluster.points.filter {
        let position = sweep.position($0)
        return isNear(SIMD2(position.x, position.y))
      }, middles: cluster.middles.filter(isNear))
  }
}
