public import PointClouds

/// What labels say may be an object, before anybody looked: points of one class that hang together.
public struct ObjectCandidate: Equatable, Sendable {
  /// What it may be.
  public var objectClass: ObjectClass
  /// The point nearest to the middle of its points: a click there makes the object.
  public var point: Int
  /// How many points it has that stand on the ground.
  public var pointCount: Int
  /// Its points, with those of its label that are the ground's beside them.
  public var points: PointRuns
  /// The mean confidence of its labels, 0...1.
  public var confidence: Float
}

extension OpenedSweep {
  /// What labels say may be objects, the least confident first.
  ///
  /// - Parameters:
  ///   - labels: one per point; those with an instance are of an object already.
  ///   - confidence: how sure each label is, 0...1.
  ///   - leastPoints: what has fewer points is left out.
  /// - Returns: those that have enough points.
  public func candidates(
    of labels: [PointLabel], confidence: [Float], leastPoints: Int = 20
  ) -> [ObjectCandidate] {
    precondition(
      labels.count == cloud.count && confidence.count == cloud.count,
      "\(labels.count) labels and \(confidence.count) confidences of \(cloud.count) points")
    var classes: [UInt16: ObjectClass?] = [:]
    var points: [ObjectClass: [Int]] = [:]
    for (index, label) in labels.enumerated() where label.instance == 0 && cloud.isMeasured(index) {
      let known = classes[label.semantic] ?? ObjectClass(semantic: label.semantic)
      classes[label.semantic] = .some(known)
      if let known { points[known, default: []].append(index) }
    }
    let found = ObjectClass.allCases.flatMap { objectClass in
      candidates(of: points[objectClass] ?? [], as: objectClass, confidence, leastPoints)
    }
    return found.sorted { ($0.confidence, $0.point) < ($1.confidence, $1.point) }
  }

  private func candidates(
    of points: [Int], as objectClass: ObjectClass, _ confidence: [Float], _ leastPoints: Int
  ) -> [ObjectCandidate] {
    let (standing, feet) = (points.filter { !isGround($0) }, points.filter(isGround))
    let places = standing.map(placeFromAbove)
    let linked = LinkedPoints.groups(places, reach: Self.reach)
    let owners = LinkedPoints.nearestGroups(
      to: feet.map(placeFromAbove), among: places, of: linked.groups, reach: Self.reach)
    var groups = [(standing: [Int], feet: [Int])](repeating: ([], []), count: linked.count)
    for (point, group) in zip(standing, linked.groups) { groups[group].standing.append(point) }
    for (point, group) in zip(feet, owners) where group >= 0 { groups[group].feet.append(point) }
    return groups.filter { $0.standing.count >= leastPoints }.map {
      candidate(of: $0.standing, with: $0.feet, as: objectClass, confidence)
    }
  }

  /// How far apart neighbours are at most, in metres, as seen from above.
  private static let reach = 0.6

  private func placeFromAbove(_ point: Int) -> SIMD2<Double> {
    SIMD2(Double(cloud.x[point]), Double(cloud.y[point]))
  }

  private func candidate(
    of points: [Int], with feet: [Int], as objectClass: ObjectClass, _ confidence: [Float]
  ) -> ObjectCandidate {
    let middle = points.reduce(.zero) { $0 + position($1) } / Double(points.count)
    func distance(_ point: Int) -> Double {
      let offset = position(point) - middle
      return (offset * offset).sum()
    }
    return ObjectCandidate(
      objectClass: objectClass, point: points.min { distance($0) < distance($1) } ?? points[0],
      pointCount: points.count, points: PointRuns(points + feet),
      confidence: points.reduce(0) { $0 + confidence[$1] } / Float(points.count))
  }
}
