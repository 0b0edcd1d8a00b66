public import PointClouds

/// Recovers the beam table of a sensor from its own scans.
///
/// Scans are added one by one, then `result` fits a line to each ring. A ring is told by the cloud's ring
/// numbers; where it has none, by the order of the points in the file; where that does not tell them,
/// by the nearest beam of a sensor that is known to be alike.
public struct BeamTableFit: Sendable {
  /// What told the rings of a scan.
  enum RingSource: Hashable {
    case field
    case order(sweeps: Int)
    case nearestBeam
  }

  /// A sensor that is known to be alike, if there is one.
  public let like: SensorTable?
  /// The scans by what told their rings.
  private(set) var groups: [RingSource: [RingSample]] = [:]

  /// Nothing added yet.
  ///
  /// - Parameter like: a sensor that is known to be alike. It gives what points do not tell.
  public init(like: SensorTable? = nil) {
    self.like = like
  }

  /// How many scans were added.
  public var scanCount: Int { groups.values.reduce(0) { $0 + $1.count } }

  /// Adds a scan that is not motion-compensated, in the sensor's own frame.
  public mutating func add(_ cloud: PointCloud) {
    let (source, rings) = rings(of: cloud)
    groups[source, default: []].append(RingSample(cloud, ringOfPoint: rings))
  }

  private func rings(of cloud: PointCloud) -> (RingSource, [UInt16]) {
    if let ring = cloud.ring { return (.field, ring) }
    let order = PointOrder(cloud)
    guard let like, order.count != like.beams.count else {
      return (.order(sweeps: order.count), order.sweeps)
    }
    let fan = BeamFan(like)
    let rings = cloud.x.indices.map { point in
      let rho = Double(cloud.x[point] * cloud.x[point] + cloud.y[point] * cloud.y[point])
      guard cloud.isMeasured(point) else { return UInt16(0) }
      return UInt16(fan.nearest(toDistance: rho.squareRoot(), height: Double(cloud.z[point])))
    }
    return (.nearestBeam, rings)
  }

  /// The scans whose rings were told in the way that most were: those of one sensor.
  var largestGroup: [RingSample] {
    groups.values.max { $0.count < $1.count } ?? []
  }
}

/// What a fit keeps of a scan: some points of each ring, and counts.
struct RingSample: Sendable {
  /// The points of one ring.
  struct Ring: Sendable {
    /// Distances from the axis, in metres.
    var rho: [Float] = []
    /// Heights, in metres.
    var z: [Float] = []
    /// How many points the ring has.
    var count = 0
    /// The sum of all intensities.
    var intensity = 0.0
    /// The number and the sum of intensities of returns that can be compared between rings.
    var comparable = (count: 0, intensity: 0.0)
  }

  /// How many points of a ring are kept.
  static let pointsPerRing = 256
  /// Nearer points, in metres, lie on no line: rounding of their coordinates is too coarse.
  static let nearestDistance: Float = 1
  /// Returns of some strength from these ranges, in metres, are compared between rings.
  static let comparableRanges: ClosedRange<Float> = 5...25

  private(set) var rings: [Ring] = []
  private(set) var firings: FiringSteps
  /// The largest range, in metres.
  private(set) var farthest: Float = 0
  private(set) var largestIntensity: Float = 0

  init(_ cloud: PointCloud, ringOfPoint: [UInt16]) {
    let ringCount = Int(ringOfPoint.max() ?? 0) + 1
    firings = FiringSteps(ringCount: ringCount)
    rings = [Ring](repeating: Ring(), count: cloud.count > 0 ? ringCount : 0)
    var pointsOfRing = [Int](repeating: 0, count: ringCount)
    for ring in ringOfPoint { pointsOfRing[Int(ring)] += 1 }
    let steps = pointsOfRing.map { max(1, $0 / Self.pointsPerRing) }
    for point in cloud.x.indices where cloud.isMeasured(point) {
      let ring = Int(ringOfPoint[point])
      let (x, y, z) = (cloud.x[point], cloud.y[point], cloud.z[point])
      let rho = (x * x + y * y).squareRoot()
      let isKept = rings[ring].count % steps[ring] == 0 && rho >= Self.nearestDistance
      count(cloud.intensity[point], range: (rho * rho + z * z).squareRoot(), ring: ring)
      firings.add(x: x, y: y, rho: rho, ring: ring)
      if isKept {
        rings[ring].rho.append(rho)
        rings[ring].z.append(z)
      }
    }
  }

  private mutating func count(_ intensity: Float, range: Float, ring: Int) {
    rings[ring].count += 1
    rings[ring].intensity += Double(intensity)
    if intensity > 0, Self.comparableRanges.contains(range) {
      rings[ring].comparable.count += 1
      rings[ring].comparable.intensity += Double(intensity)
    }
    farthest = max(farthest, range)
    largestIntensity = max(largestIntensity, intensity)
  }
}
