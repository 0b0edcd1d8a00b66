public import PointClouds

/// What labels say may be an object, before anybody looked: points of one class that hang together.
public struct ObjectCandidate: Equatable, Sendable {
  /// What it may be.
  public var objectClass: ObjectClass
  /// The point nearest to the middle of its points: a click there makes the object.
  public var point: Int
  /// How many points it has that stand on the ground.
  public var pointCount: Int
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
    for (index, label) in labels.enumerated() where label.instance == 0 && !isGround(index) {
      let known = classes[label.semantic] ?? ObjectClass(semantic: label.semantic)
      classes[label.semantic] = .some(known)
      if let known { points[known, default: []].append(index) }
    }
    let found = ObjectClass.allCases.flatMap { objectClass in
      groups(of: points[objectClass] ?? [])
        .filter { $0.count >= leastPoints }
        .map { candidate(of: $0, as: objectClass, confidence) }
    }
    return found.sorted { ($0.confidence, $0.point) < ($1.confidence, $1.point) }
  }

  /// Points that hang together over at most 0.6 m, as seen from above.
  private func groups(of points: [Int]) -> [[Int]] {
    let places = points.map { SIMD2(Double(cloud.x[$0]), Double(cloud.y[$0])) }
    let linked = LinkedPoints.groups(places, reach: 0.6)
    var groups = [[Int]](repeating: [], count: linked.count)
    for (point, group) in zip(points, linked.groups) { groups[group].append(point) }
    return groups
  }

  private func candidate(
    of points: [Int], as objectClass: ObjectClass, _ confidence: [Float]
  ) -> ObjectCandidate {
    let middle = points.reduce(.zero) { $0 + position($1) } / Double(points.count)
    func distance(_ point: Int) -> Double {
      let offset = position(point) - middle
      return (offset * offset).sum()
    }
    return ObjectCandidate(
      objectClass: objectClass, point: points.min { distance($0) < distance($1) } ?? points[0],
      pointCount: points.count,
      confidence: points.reduce(0) { $0 + confidence[$1] } / Float(points.count))
  }
}
