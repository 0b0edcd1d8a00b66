extension BeamTableFit {
  /// What the scans tell of how the sensor turns, and of where it sees nothing.
  struct Turning {
    /// Steps between firings: those found, or those of the sensor that is alike.
    let steps: [SensorTable.AzimuthStep]
    /// Nothing where there is no encoder, or none that tells anything.
    let encoder: EncoderFit?
    /// Nothing where they cannot be told.
    let sectors: [SensorTable.Sector]?
    /// How many drives the scans are of, and beams the sensor has.
    private let drives, beams: Int

    init(of rings: [PooledRing], _ group: ScanGroup, like: SensorTable?) {
      var firings = FiringSteps(ringCount: 0)
      for sample in group.samples { firings += sample.firings }
      let found = firings.steps
      steps = found.isEmpty ? like?.azimuthSteps ?? [] : found
      encoder = found.count > 1 ? Self.encoder(of: rings, group.samples, step: found[0].step) : nil
      drives = group.drives.count
      beams = rings.count
      sectors = Self.sectors(
        of: rings, group, step: steps.reduce(0) { $0 + $1.step * $1.share })
    }

    private static func encoder(
      of rings: [PooledRing], _ samples: [RingSample], step: Double
    ) -> EncoderFit? {
      let scans = samples.map(\.directions).filter { !$0.isEmpty }
      let directions = rings.map { ring in
        scans.map { ring.index < $0.count ? $0[ring.index] : RingDirections() }
      }
      return EncoderFit(directions, step: step)
    }

    private static func sectors(
      of rings: [PooledRing], _ group: ScanGroup, step: Double
    ) -> [SensorTable.Sector]? {
      // In order of their names: sums of fractions depend on the order.
      let drives = group.drives.sorted { $0.key < $1.key }.map(\.value)
      guard HiddenSectors.areTold(by: drives, step: step) else { return nil }
      return rings.enumerated().flatMap { beam, ring in
        ring.line.elevation < HiddenSectors.highestElevation
          ? HiddenSectors.find(in: drives, ring: ring.index, beam: beam, step: step) : []
      }
    }

    /// What a table's source says of it.
    var source: String {
      var text = ""
      if encoder != nil {
        text +=
          " Horizontal and azimuth offsets: they make each ring's azimuths whole multiples of the "
          + "encoder's count, and bring the long and short steps of all rings into line; a common "
          + "turn of all beams is not known."
      }
      if sectors != nil {
        text += " Sectors: where hardly anything returned in \(drives) drives."
      }
      return text
    }

    var encoderReport: FittedBeamTable.Encoder? {
      guard let encoder else { return nil }
      let told = encoder.beams.compactMap { $0 }
      let coherences = told.map(\.phase.coherence).sorted()
      return FittedBeamTable.Encoder(
        countsPerTurn: encoder.countsPerTurn, coherence: coherences[coherences.count / 2],
        horizontalOffsets: told.count, azimuthOffsets: told.count { $0.azimuthOffset != nil })
    }

    var hiddenReport: FittedBeamTable.Hidden? {
      guard let sectors else { return nil }
      let degrees = sectors.reduce(0) { $0 + $1.azimuth[1] - $1.azimuth[0] }
      return FittedBeamTable.Hidden(
        drives: drives, beams: Set(sectors.map(\.beam)).count,
        share: degrees / (360 * Double(beams)))
    }
  }
}
