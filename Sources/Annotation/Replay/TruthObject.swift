public import PointClouds

/// An object as the truth knows it.
public struct TruthObject: Equatable, Sendable {
  /// What it is.
  public var objectClass: ObjectClass
  /// Its points, in rising order, those on the ground in its box included.
  public var points: [Int]
  /// Its box, where the truth has boxes.
  public var box: OrientedBox?
  /// Its number over several sweeps, where the truth has one.
  public var id: Int?
}

/// The truth about a sweep.
public struct SweepTruth: Equatable, Sendable {
  /// Where objects come from.
  public enum Origin: String, CaseIterable, Codable, Sendable {
    /// Boxes in the sensor's frame.
    case boxFiles = "box files"
    /// KITTI's boxes.
    case kittiBoxes = "KITTI boxes"
    /// Instances of the labels.
    case instances
    /// Points of one class that hang together: labels without instances.
    case derived = "derived from classes"
  }

  /// The objects.
  public var objects: [TruthObject]
  /// Whether each point's class is known.
  public var isKnown: [Bool]
  /// Where the objects come from.
  public var origin: Origin
  /// Derived objects that are larger than their class allows: several in one, left out.
  public var mergedCount = 0

  /// How far apart points of one class may lie to be of one object, in metres, where labels have no
  /// instances.
  static let reach = 0.6

  /// Objects of boxes: each point is of the last box that holds it.
  public init(
    boxes: [(objectClass: ObjectClass, box: OrientedBox, id: Int?)], of cloud: PointCloud,
    isKnown: [Bool]? = nil, origin: Origin = .boxFiles
  ) {
    self.origin = origin
    self.isKnown = isKnown ?? [Bool](repeating: true, count: cloud.count)
    objects = boxes.map {
      TruthObject(objectClass: $0.objectClass, points: [], box: $0.box, id: $0.id)
    }
    var owners = [Int](repeating: -1, count: cloud.count)
    for (number, item) in boxes.enumerated() {
      for index in item.box.indices(in: cloud) { owners[index] = number }
    }
    for (index, owner) in owners.enumerated() where owner >= 0 && cloud.isMeasured(index) {
      objects[owner].points.append(index)
    }
  }

  /// Objects of labels: their instances, or where they have none what hangs together.
  public init(labels: [PointLabel], of cloud: PointCloud) {
    isKnown = labels.map { $0.semantic != 0 && $0.semantic != 1 }
    objects = []
    var points: [PointLabel: [Int]] = [:]
    for (index, label) in labels.enumerated()
    where cloud.isMeasured(index) && ObjectClass(semantic: label.semantic) != nil {
      points[label, default: []].append(index)
    }
    let hasInstances = points.keys.contains { $0.instance > 0 }
    origin = hasInstances ? .instances : .derived
    for (label, own) in points.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      guard let objectClass = ObjectClass(semantic: label.semantic) else { continue }
      if hasInstances {
        guard label.instance > 0 else { continue }
        objects.append(
          TruthObject(objectClass: objectClass, points: own, id: Int(label.rawValue)))
      } else {
        derive(objectClass, own, cloud)
      }
    }
  }

  private mutating func derive(
    _ objectClass: ObjectClass, _ points: [Int], _ cloud: PointCloud
  ) {
    let places = points.map { SIMD2(Double(cloud.x[$0]), Double(cloud.y[$0])) }
    let (groups, count) = LinkedPoints.groups(places, reach: Self.reach)
    var members = [[Int]](repeating: [], count: count)
    for (position, group) in groups.enumerated() { members[group].append(position) }
    let limit = ObjectSize.of(objectClass).largest
    for group in members {
      let fit = RectangleFit(group.map { places[$0] }, by: .area, steps: 30)
      if fit?.exceeds(SIMD2(limit.x, limit.y)) ?? false {
        mergedCount += 1
        for position in group { isKnown[points[position]] = false }
        continue
      }
      objects.append(TruthObject(objectClass: objectClass, points: group.map { points[$0] }))
    }
  }
}
