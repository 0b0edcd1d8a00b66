import Foundation

extension BeamTableFit {
  /// A ring of all scans together.
  struct PooledRing {
    /// Its number in the scans.
    var index: Int
    /// The ring's part of each scan that has points of it.
    var parts: [RingSample.Ring]
    var line: BeamLine
    /// Angles between points and the line, in degrees, the smallest first.
    var residuals: [Double]

    var residual: Double { residuals[residuals.count / 2] }
    var points: Int { parts.reduce(0) { $0 + $1.count } }
  }

  /// A ring needs this many points that were kept.
  static let fewestPoints = 200
  /// A scan needs this many points of a ring to tell its beam by itself.
  private static let fewestPointsOfScan = 100
  /// Points that are farther from their beams in the median, in degrees, do not obey them: 20 times as far
  /// as those of raw scans.
  static let largestResidual = 0.02
  /// The same for a single ring.
  static let largestRingResidual = 0.05

  /// The table that the scans tell.
  ///
  /// - Parameters:
  ///   - name: what commands call the sensor: lower-case letters, digits and hyphens.
  ///   - title: what people call it.
  /// - Returns: the table, and how well it fits.
  /// - Throws: `unfitting` where there are too few points or where they do not lie on beams;
  ///   `malformed` for a name that cannot be used.
  public func result(named name: String, title: String) throws(SensorsError) -> FittedBeamTable {
    let group = largestGroup
    let pooled = try pooledRings(group.samples).sorted { $0.line.slope > $1.line.slope }
    let residuals = pooled.flatMap(\.residuals).sorted()
    let residual = residuals[residuals.count / 2]
    try check(pooled, residual: residual)
    let turning = Turning(of: pooled, group, like: like)
    let table = try table(
      of: pooled, group.samples, turning, name: name, title: title,
      source: "Elevations and vertical offsets: a line z = rho * tan(elevation) + offset fitted to "
        + "each ring of \(group.samples.count) scans, median residual "
        + "\(String(format: "%.4f", residual)) degrees.\(turning.source)")
    let worst = pooled.indices.max { pooled[$0].residual < pooled[$1].residual } ?? 0
    let rings = pooled.indices.map { report(pooled[$0], turning.encoder?.beams[$0]) }
    return FittedBeamTable(
      sensor: table, scans: group.samples.count, otherScans: scanCount - group.samples.count,
      points: rings.reduce(0) { $0 + $1.points }, residual: residual,
      worstResidual: pooled[worst].residual, worstRing: worst,
      spread: typicalSpread(rings.compactMap(\.spread)), encoder: turning.encoderReport,
      hidden: turning.hiddenReport, rings: rings)
  }

  private func report(_ ring: PooledRing, _ beam: EncoderFit.Beam?) -> FittedBeamTable.Ring {
    FittedBeamTable.Ring(
      points: ring.points, residual: ring.residual, spread: spread(of: ring),
      intensity: ring.parts.reduce(0) { $0 + $1.intensity } / Double(max(ring.points, 1)),
      coherence: beam?.phase.coherence)
  }

  private func pooledRings(_ samples: [RingSample]) throws(SensorsError) -> [PooledRing] {
    let count = samples.map(\.rings.count).max() ?? 0
    // Some drivers count rings from 1.
    let first = (0..<count).first { ring in samples.contains { $0.holds(ring) } } ?? 0
    guard count - first >= 2 else {
      throw Self.unfitting(
        "the points tell \(count - first) rings",
        remedy: "give scans with rings, or files that "
          + "store one beam after the other, or name a sensor that is alike")
    }
    if let like, count - first != like.beams.count {
      throw Self.unfitting(
        "the points tell \(count - first) rings, and \(like.name) has \(like.beams.count) beams",
        remedy: "name another sensor, or none")
    }
    var pooled: [PooledRing] = []
    for ring in first..<count {
      let parts = samples.filter { $0.holds(ring) }.map { $0.rings[ring] }
      pooled.append(try pool(parts, ring: ring))
    }
    return pooled
  }

  private func pool(_ parts: [RingSample.Ring], ring: Int) throws(SensorsError) -> PooledRing {
    let (rho, z) = (parts.flatMap(\.rho), parts.flatMap(\.z))
    guard rho.count >= Self.fewestPoints else {
      throw Self.unfitting(
        "ring \(ring) has \(rho.count) points at a metre or more, fewer than \(Self.fewestPoints)",
        remedy: "give more scans")
    }
    guard let line = BeamLineFit(rho: rho, z: z).line else {
      throw Self.unfitting(
        "all points of ring \(ring) are at one distance", remedy: "give scans of other places")
    }
    let residuals = zip(rho, z).map { line.residual(rho: Double($0), z: Double($1)) }
    return PooledRing(index: ring, parts: parts, line: line, residuals: residuals.sorted())
  }

  private func check(_ rings: [PooledRing], residual: Double) throws(SensorsError) {
    let worst = rings.map(\.residual).max() ?? 0
    guard residual <= Self.largestResidual, worst <= Self.largestRingResidual else {
      throw Self.unfitting(
        String(
          format: "the points miss their beams by %.3f degrees in the median, by %.3f in one ring: "
            + "they are motion-compensated, or not in the sensor's own frame", residual, worst),
        remedy: "give raw scans, as the sensor's driver writes them")
    }
  }

  private func spread(of ring: PooledRing) -> FittedBeamTable.Spread? {
    let lines = ring.parts.filter { $0.rho.count >= Self.fewestPointsOfScan }
      .compactMap { BeamLineFit(rho: $0.rho, z: $0.z).line }
    guard lines.count >= 2 else { return nil }
    return FittedBeamTable.Spread(
      elevation: deviation(lines.map(\.elevation)), offset: deviation(lines.map(\.offset)))
  }

  private func deviation(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return
      (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
  }

  private func typicalSpread(_ spreads: [FittedBeamTable.Spread]) -> FittedBeamTable.Spread? {
    guard !spreads.isEmpty else { return nil }
    let middle = spreads.count / 2
    return FittedBeamTable.Spread(
      elevation: spreads.map(\.elevation).sorted()[middle],
      offset: spreads.map(\.offset).sorted()[middle])
  }

  static func unfitting(_ message: String, remedy: String) -> SensorsError {
    SensorsError(.unfitting, message, remedy: remedy)
  }
}
