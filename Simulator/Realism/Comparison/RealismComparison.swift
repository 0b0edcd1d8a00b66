/// A simulated set beside a real one, and the real one beside itself; its JSON is the program's.
public struct RealismComparison: Equatable, Sendable, Encodable {
  /// What the simulation gives.
  public var simulated: SetSummary
  /// What is real.
  public var real: SetSummary
  /// How far the simulation is from the real set.
  public var distances: RealismDistances
  /// How far two halves of the real set are from each other, if it has more than one scan.
  ///
  /// Nothing simulated can be asked to be nearer.
  public var halfDistances: RealismDistances?
  /// The halves themselves.
  public var halves: [SetSummary]
  /// What the simulation has to keep to, and whether it does.
  public var gates: [RealismGate.Outcome]

  /// Compares the statistics of a simulated set with those of the two halves of a real one.
  ///
  /// - Throws: `empty` where nothing was counted on a side.
  public init(
    simulated: RangeImageStatistics, realHalves: (RangeImageStatistics, RangeImageStatistics),
    gates: [RealismGate] = RealismGate.all
  ) throws(RealismError) {
    let sum = realHalves.0 + realHalves.1
    for (name, statistics) in [("simulated", simulated), ("real", sum)]
    where statistics.windows == 0 {
      throw RealismError(
        .empty, "no \(name) scan could be counted",
        remedy: "name a folder of scans that are readable and whose rings are known")
    }
    self.simulated = SetSummary(simulated)
    real = SetSummary(sum)
    let distances = RealismDistances(simulated, sum)
    self.distances = distances
    let areHalves = realHalves.0.windows > 0 && realHalves.1.windows > 0
    halfDistances = areHalves ? RealismDistances(realHalves.0, realHalves.1) : nil
    halves = areHalves ? [SetSummary(realHalves.0), SetSummary(realHalves.1)] : []
    self.gates = gates.map { $0.outcome(distances) }
  }
}
