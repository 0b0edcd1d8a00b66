import Foundation

extension BeamTableFit {
  /// The table of the rings' lines, with what else the scans tell; the rest is as in `like`.
  func table(
    of rings: [PooledRing], _ samples: [RingSample], name: String, title: String, source: String
  ) throws(SensorsError) -> SensorTable {
    let largest = samples.map(\.largestIntensity).max() ?? 0
    let offsets = RingIntensities.offsets(of: rings.map(\.parts), largest: Double(largest))
    let beams = zip(rings, offsets).enumerated().map { index, ring in
      SensorTable.Beam(
        elevation: Self.rounded(ring.0.line.elevation, 1e-4),
        azimuthOffset: like?.beams[index].azimuthOffset ?? 0,
        verticalOffset: Self.rounded(ring.0.line.offset, 1e-4),
        horizontalOffset: like?.beams[index].horizontalOffset ?? 0,
        intensityOffset: Self.rounded(ring.1, largest > 1 ? 0.1 : 0.001),
        sensitivity: like?.beams[index].sensitivity ?? 1)
    }
    var firings = FiringSteps(ringCount: 0)
    for sample in samples { firings += sample.firings }
    let steps = firings.steps
    let table = SensorTable(
      name: name, title: title, quality: .recovered, source: source,
      rotationRate: like?.rotationRate,
      intensityMaximum: like?.intensityMaximum ?? (largest > 1 ? 255 : 1),
      intensityResponse: like?.intensityResponse ?? [],
      azimuthSteps: steps.isEmpty ? like?.azimuthSteps ?? [] : steps,
      range: rangeLimits(of: rings, samples), energy: like?.energy, egoMask: like?.egoMask ?? [],
      egoSectors: like?.egoSectors ?? [],
      beams: beams)
    try table.validate()
    return table
  }

  private func rangeLimits(
    of rings: [PooledRing], _ samples: [RingSample]
  ) -> SensorTable.RangeLimits {
    let distances = rings.map { ring in
      ring.parts.flatMap { part in
        zip(part.rho, part.z).map { hypot(Double($0), Double($1) - ring.line.offset) }
      }
    }
    let farthest = Double(samples.map(\.farthest).max() ?? 0).rounded(.up)
    let quantum = RangeQuantum.find(distances)
    return SensorTable.RangeLimits(
      minimum: like?.range?.minimum ?? 0, maximum: max(farthest, like?.range?.maximum ?? 1),
      quantum: quantum > 0 ? quantum : like?.range?.quantum ?? 0)
  }

  /// A number of few digits.
  private static func rounded(_ value: Double, _ step: Double) -> Double {
    let perUnit = (1 / step).rounded()
    return (value * perUnit).rounded() / perUnit
  }
}
