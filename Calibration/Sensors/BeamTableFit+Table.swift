import Foundation

extension BeamTableFit {
  /// The table of the rings' lines, with what else the scans tell; the rest is as in `like`.
  func table(
    of rings: [PooledRing], _ samples: [RingSample], _ turning: Turning, name: String,
    title: String, source: String
  ) throws(SensorsError) -> SensorTable {
    let largest = samples.map(\.largestIntensity).max() ?? 0
    let table = SensorTable(
      name: name, title: title, quality: .recovered, source: source,
      rotationRate: like?.rotationRate,
      intensityMaximum: like?.intensityMaximum ?? (largest > 1 ? 255 : 1),
      intensityResponse: like?.intensityResponse ?? [], azimuthSteps: turning.steps,
      range: rangeLimits(of: rings, samples), energy: like?.energy, egoMask: like?.egoMask ?? [],
      egoSectors: turning.sectors ?? like?.egoSectors ?? [],
      beams: beams(of: rings, turning.encoder, largestIntensity: largest))
    try table.validate()
    return table
  }

  private func beams(
    of rings: [PooledRing], _ encoder: EncoderFit?, largestIntensity: Float
  ) -> [SensorTable.Beam] {
    let lacking = RingIntensities.offsets(
      of: rings.map(\.parts), largest: Double(largestIntensity))
    return rings.indices.map { index in
      let (line, told, alike) = (rings[index].line, encoder?.beams[index], like?.beams[index])
      return SensorTable.Beam(
        elevation: Self.rounded(line.elevation, 1e-4),
        azimuthOffset: told?.azimuthOffset.map { Self.rounded($0, 1e-4) }
          ?? alike?.azimuthOffset ?? 0,
        verticalOffset: Self.rounded(line.offset, 1e-4),
        horizontalOffset: told.map { Self.rounded($0.phase.horizontalOffset, 1e-4) }
          ?? alike?.horizontalOffset ?? 0,
        intensityOffset: Self.rounded(lacking[index], largestIntensity > 1 ? 0.1 : 0.001),
        sensitivity: alike?.sensitivity ?? 1)
    }
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
