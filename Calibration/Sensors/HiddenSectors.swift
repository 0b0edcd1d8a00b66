/// Finds the azimuths at which the vehicle hides everything from a beam: hardly anything ever
/// returns.
enum HiddenSectors {
  /// Fewer scans or drives do not tell the vehicle from what it passed.
  static let fewestScans = 20
  static let fewestDrives = 5
  /// Beams above this, in degrees, see nothing along streets and in the sky either.
  static let highestElevation = -8.0
  /// With fewer pulses to a bin, some bins have none.
  private static let fewestPulses = 2.0
  /// Hidden is where a smaller share of pulses returns: in the mean over drives, so that a long one
  /// does not rule, and in each of them.
  private static let mean = 0.4
  private static let inEachDrive = 0.6

  /// Whether there are scans enough, and pulses close enough, to tell sectors.
  static func areTold(by drives: [ReturnHistogram], step: Double) -> Bool {
    drives.count >= fewestDrives && drives.reduce(0) { $0 + $1.scans } >= fewestScans && step > 0
      && step * Double(ReturnHistogram.binsPerDegree) * fewestPulses <= 1
  }

  /// The hidden sectors of one beam.
  ///
  /// - Parameters:
  ///   - drives: where returns came from.
  ///   - ring: the beam's ring in them.
  ///   - beam: its number in the table.
  ///   - step: the mean step between its pulses, in degrees.
  /// - Returns: the sectors, in order of where they begin.
  static func find(
    in drives: [ReturnHistogram], ring: Int, beam: Int, step: Double
  ) -> [SensorTable.Sector] {
    let pulses = 1 / (step * Double(ReturnHistogram.binsPerDegree))
    let shares = drives.map { $0.mean(ofRing: ring).map { $0 / pulses } }
    let isHidden = (0..<ReturnHistogram.bins).map { bin in
      let bins = shares.map { $0[bin] }
      return bins.reduce(0, +) < mean * Double(bins.count) && bins.allSatisfy { $0 < inEachDrive }
    }
    return runs(withoutSingles(isHidden)).map { run in
      SensorTable.Sector(
        beam: beam,
        azimuth: [run.lowerBound, run.upperBound].map {
          Double($0) / Double(ReturnHistogram.binsPerDegree)
        })
    }
  }

  /// Closes gaps of one bin, and then leaves out runs of one.
  private static func withoutSingles(_ bins: [Bool]) -> [Bool] {
    func neighbours(_ bin: Int, in bins: [Bool]) -> [Bool] {
      [bins[(bin + bins.count - 1) % bins.count], bins[(bin + 1) % bins.count]]
    }
    let closed = bins.indices.map { bins[$0] || neighbours($0, in: bins) == [true, true] }
    return closed.indices.map { closed[$0] && neighbours($0, in: closed) != [false, false] }
  }

  /// The runs of a circle of bins, each from a bin of the circle to at most a turn more.
  private static func runs(_ bins: [Bool]) -> [Range<Int>] {
    guard bins.contains(false) else { return [0..<bins.count] }
    return bins.indices.compactMap { start in
      guard bins[start], !bins[(start + bins.count - 1) % bins.count] else { return nil }
      var end = start
      while bins[end % bins.count] { end += 1 }
      return start..<end
    }
  }
}
