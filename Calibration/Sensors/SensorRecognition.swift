public import PointClouds

/// Which sensor's beams a cloud's points lie on.
public struct SensorRecognition: Sendable {
  /// What told the beams of the points.
  public enum Evidence: String, Codable, Sendable {
    /// Every point is counted to the beam it is nearest to.
    case elevation
    /// Points are counted to beams by their order in the file.
    case order
  }

  /// How well one sensor fits.
  public struct Candidate: Codable, Equatable, Sendable {
    /// The sensor's name.
    public let name: String
    /// What told the beams of the points.
    public let evidence: Evidence
    /// Median angle between a point and its beam, in degrees.
    public let residual: Double
    /// How many of the sensor's beams have points.
    public let rings: Int
    /// Whether the points can be taken for this sensor's.
    public let fits: Bool
  }

  /// The sensor that fits best.
  public let sensor: SensorTable
  /// How well it fits.
  public let best: Candidate
  /// All sensors, the best first.
  public let candidates: [Candidate]

  /// The sensor whose beams the points of a cloud lie on, or nothing where no sensor fits.
  ///
  /// A sensor fits by elevation when the median point is nearer to a beam than 0.08 of the distance
  /// between beams (points that have nothing to do with it have 0.25) and half of its beams are
  /// hit. It fits by order when the file holds exactly as many sweeps as there are beams and the
  /// median point of each is within 0.6 of that distance from the beam that the order tells: that
  /// is how motion-compensated scans are recognised.
  public static func recognise(
    _ cloud: PointCloud, among catalogue: SensorCatalogue = .bundled
  ) -> Self? {
    let recognition = Self.candidates(of: cloud, among: catalogue)
    guard let best = recognition.first, best.fits,
      let sensor = catalogue.tables.first(where: { $0.name == best.name })
    else { return nil }
    return Self(sensor: sensor, best: best, candidates: recognition)
  }

  /// How well each sensor fits a cloud, the best first; empty where too few points are measured.
  public static func candidates(
    of cloud: PointCloud, among catalogue: SensorCatalogue = .bundled
  ) -> [Candidate] {
    let sample = cloud.distancesAndHeights(count: 2000)
    guard sample.count >= 100 else { return [] }
    let order = PointOrder(cloud)
    let found = catalogue.tables.map { table in
      let fan = BeamFan(table)
      let byElevation = candidate(table, .elevation, limit: 0.08, sample, fan) {
        fan.nearest(toDistance: $0.rho, height: $0.z)
      }
      guard !byElevation.fits, order.count == table.beams.count else { return byElevation }
      let byOrder = candidate(table, .order, limit: 0.6, sample, fan) {
        Int(order.sweeps[$0.index])
      }
      return byOrder.fits ? byOrder : byElevation
    }
    return found.sorted { a, b in
      let (first, second) = (rank(a), rank(b))
      return first == second ? a.residual < b.residual : first < second
    }
  }

  private typealias Sample = (rho: Double, z: Double, index: Int)

  private static func candidate(
    _ table: SensorTable, _ evidence: Evidence, limit: Double, _ sample: [Sample], _ fan: BeamFan,
    beam: (Sample) -> Int
  ) -> Candidate {
    var isHit = [Bool](repeating: false, count: table.beams.count)
    var residuals: [Double] = []
    for point in sample {
      let beam = beam(point)
      isHit[beam] = true
      residuals.append(fan.residual(ofDistance: point.rho, height: point.z, from: beam))
    }
    residuals.sort()
    let median = residuals[residuals.count / 2]
    let rings = isHit.count { $0 }
    // A sweep that was cut short has fewer rings, but those lie on the beams as nothing else does.
    let isSweep = median < limit * table.beamGap && 2 * rings >= table.beams.count
    let isPart = median < 0.01 * table.beamGap && rings >= 4
    return Candidate(
      name: table.name, evidence: evidence, residual: median, rings: rings,
      fits: isSweep || isPart)
  }

  private static func rank(_ candidate: Candidate) -> Int {
    !candidate.fits ? 2 : candidate.evidence == .elevation ? 0 : 1
  }
}
