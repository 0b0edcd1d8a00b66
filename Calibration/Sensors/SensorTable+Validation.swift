extension SensorTable {
  /// A table of beams whose other properties are unknown.
  ///
  /// - Throws: `malformed` when the beams are fewer than 2 or more than 1024, or not finite, or not
  ///   in order from the highest to the lowest.
  public init(name: String, beams: [Beam], intensityMaximum: Double = 255) throws(SensorsError) {
    self.init(
      name: name, title: name, quality: .nominal, source: "", rotationRate: nil,
      intensityMaximum: intensityMaximum, intensityResponse: [], azimuthSteps: [], range: nil,
      energy: nil, egoMask: [],
      egoSectors: [],
      beams: beams)
    try validate()
  }

  func validate() throws(SensorsError) {
    let finding = nameFinding ?? beamsFinding ?? scalarsFinding ?? responseFinding ?? listsFinding
    if let finding {
      throw SensorsError(.malformed, finding.message, remedy: finding.remedy)
    }
  }

  private typealias Finding = (message: String, remedy: String)

  private var nameFinding: Finding? {
    let allowed = name.utf8.allSatisfy {
      (48...57).contains($0) || (97...122).contains($0) || $0 == 45
    }
    return name.isEmpty || !allowed
      ? ("the name \"\(name)\" is not usable", "use lower-case letters, digits and hyphens") : nil
  }

  private var beamsFinding: Finding? {
    guard (2...1024).contains(beams.count) else {
      return ("there are \(beams.count) beams", "list 2 to 1024 beams")
    }
    for (ring, beam) in beams.enumerated() {
      if let finding = finding(of: beam, at: ring) { return finding }
    }
    for ring in 1..<beams.count where beams[ring].elevation >= beams[ring - 1].elevation {
      return (
        "beam \(ring) at \(beams[ring].elevation) degrees is not below beam \(ring - 1) at "
          + "\(beams[ring - 1].elevation)", "list the beams from the highest to the lowest"
      )
    }
    return nil
  }

  private func finding(of beam: Beam, at ring: Int) -> Finding? {
    let limits = [
      ("elevation_deg", beam.elevation, -90.0...90.0),
      ("azimuth_offset_deg", beam.azimuthOffset, -180...180),
      ("vertical_offset_m", beam.verticalOffset, -10...10),
      ("horizontal_offset_m", beam.horizontalOffset, -10...10),
      ("intensity_offset", beam.intensityOffset, -65_535...65_535),
      ("sensitivity", beam.sensitivity, 0...1000),
    ]
    for (name, value, limit) in limits where !limit.contains(value) {
      return (
        "beam \(ring) has \(name) \(value)",
        "give a number from \(limit.lowerBound) to "
          + "\(limit.upperBound)"
      )
    }
    return abs(beam.elevation) == 90
      ? ("beam \(ring) is vertical", "give an elevation above -90 and below 90 degrees") : nil
  }

  private var scalarsFinding: Finding? {
    let positive = [
      ("rotation_hz", rotationRate ?? 1), ("intensity_maximum", intensityMaximum),
      ("range.maximum_m", range?.maximum ?? 1), ("energy.no_return_below", energy?.noReturn ?? 1),
      ("energy.zero_intensity_below", energy?.zeroIntensity ?? 1),
    ]
    for (name, value) in positive where !(value > 0 && value.isFinite) {
      return ("\(name) is \(value)", "give a finite number above 0")
    }
    if let range, !(range.minimum >= 0 && range.minimum < range.maximum && range.quantum >= 0) {
      return (
        "the range limits \(range.minimum) to \(range.maximum) by \(range.quantum) are not usable",
        "give 0 <= minimum_m < maximum_m and quantum_m >= 0"
      )
    }
    return nil
  }

  private var responseFinding: Finding? {
    let knots = intensityResponse
    guard !knots.isEmpty else { return nil }
    let isRising = zip(knots, knots.dropFirst()).allSatisfy { low, high in
      low.count == 2 && high.count == 2 && low[0] < high[0] && low[1] <= high[1]
    }
    return isRising && knots.first == [0, 0] && knots.last == [1, 1]
      ? nil
      : (
        "the intensity response \(knots) does not rise from [0, 0] to [1, 1]",
        "give pairs of measured and reported fractions in rising order"
      )
  }

  private var listsFinding: Finding? {
    for step in azimuthSteps where !(step.step > 0 && step.step <= 360 && step.share > 0) {
      return (
        "the azimuth step \(step.step) with share \(step.share) is not usable",
        "give step_deg above 0 and up to 360, and a share above 0"
      )
    }
    let shares = azimuthSteps.reduce(0) { $0 + $1.share }
    if !azimuthSteps.isEmpty, !(abs(shares - 1) < 1e-6) {
      return ("the shares of the azimuth steps add up to \(shares)", "make them add up to 1")
    }
    for box in egoMask {
      for interval in [box.x, box.y, box.z]
      where !(interval.count == 2 && interval[0] < interval[1] && interval.allSatisfy(\.isFinite)) {
        return ("\(interval) is not an interval", "give two numbers, the smaller first")
      }
    }
    return egoSectors.lazy.compactMap(finding(of:)).first
  }

  private func finding(of sector: Sector) -> Finding? {
    guard beams.indices.contains(sector.beam) else {
      return ("a sector is of beam \(sector.beam)", "number the beams from 0 to \(beams.count - 1)")
    }
    let azimuth = sector.azimuth
    guard azimuth.count == 2, (0..<360).contains(azimuth[0]), azimuth[0] < azimuth[1],
      azimuth[1] <= azimuth[0] + 360
    else {
      return (
        "\(azimuth) is not a sector",
        "give two azimuths: from 0 to below 360, and up to 360 more than that"
      )
    }
    return nil
  }
}
