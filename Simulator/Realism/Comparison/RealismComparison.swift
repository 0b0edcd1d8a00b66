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
  /// The same simulation with other intensities or fewer returns, where it was rendered.
  public var rendered: Rendered?
  /// What the simulation has to keep to, and whether it does.
  public var gates: [RealismGate.Outcome]

  /// A simulated set that was rendered, and how far it is from the real one.
  public struct Rendered: Equatable, Sendable, Encodable {
    /// What it came to.
    public var summary: SetSummary
    /// How far it is from the real set.
    public var distances: RealismDistances
  }

  /// Compares the statistics of a simulated set with those of the two halves of a real one.
  ///
  /// - Parameters:
  ///   - simulated: of the simulated set.
  ///   - realHalves: of the real one's drives in turn.
  ///   - rendered: of the simulated set after a network changed it.
  ///   - gates: the distances to keep to.
  /// - Throws: `empty` where nothing was counted on a side.
  public init(
    simulated: RangeImageStatistics, realHalves: (RangeImageStatistics, RangeImageStatistics),
    rendered: RangeImageStatistics? = nil, gates: [RealismGate] = RealismGate.all
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
    self.rendered = rendered.map {
      Rendered(summary: SetSummary($0), distances: RealismDistances($0, sum))
    }
    self.gates = gates.map { $0.outcome(distances) }
  }
}
