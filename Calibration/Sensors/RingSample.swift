import PointClouds

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
  /// All directions of each ring; empty where other scans say enough.
  var directions: [RingDirections] = []
  private(set) var firings: FiringSteps
  /// The largest range, in metres.
  private(set) var farthest: Float = 0
  private(set) var largestIntensity: Float = 0

  init(_ cloud: PointCloud, ringOfPoint: [UInt16]) {
    let ringCount = Int(ringOfPoint.max() ?? 0) + 1
    firings = FiringSteps(ringCount: ringCount)
    rings = [Ring](repeating: Ring(), count: cloud.count > 0 ? ringCount : 0)
    directions = [RingDirections](repeating: RingDirections(), count: rings.count)
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
      directions[ring].add(x: x, y: y, rho: rho)
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

extension RingSample {
  /// Whether there are points of a ring.
  func holds(_ ring: Int) -> Bool { ring < rings.count && rings[ring].count > 0 }
}
