/// A distance that a simulation has to keep to.
public struct RealismGate: Equatable, Sendable {
  /// The distance's name in `RealismDistances`, with a part of it after a dot.
  public var name: String
  /// The largest distance that is good enough.
  public var limit: Double
  /// Reads the distance.
  var distance: @Sendable (RealismDistances) -> Double?

  /// The gates of the simulator.
  public static let all = [
    Self(name: "rangeSteps", limit: 0.015) { $0.rangeSteps },
    Self(name: "intensities", limit: 0.04) { $0.intensities },
    Self(name: "holeRuns", limit: 0.02) { $0.holeRuns },
    Self(name: "zeroRuns", limit: 0.02) { $0.zeroRuns },
    Self(name: "validity.largest", limit: 0.04) { $0.validity?.largest },
    Self(name: "carHoles", limit: 0.03) { $0.carHoles },
    Self(name: "carHolesRightOfHoles", limit: 0.06) { $0.carHolesRightOfHoles },
  ]

  /// What became of the gate; nothing is known of it where the distance is not.
  public func outcome(_ distances: RealismDistances) -> Outcome {
    let distance = distance(distances)
    return Outcome(
      name: name, limit: limit, distance: distance, isMet: distance.map { $0 <= limit })
  }

  /// A gate, and whether it is met.
  public struct Outcome: Equatable, Sendable, Codable {
    /// The distance's name.
    public var name: String
    /// The largest distance that is good enough.
    public var limit: Double
    /// The distance; missing where it cannot be told.
    public var distance: Double?
    /// Whether it is good enough; missing where the distance is.
    public var isMet: Bool?

    private enum CodingKeys: String, CodingKey {
      case name
      case limit
      case distance
      case isMet = "met"
    }
  }

  /// The same gates have the same names and limits.
  public static func == (first: Self, second: Self) -> Bool {
    first.name == second.name && first.limit == second.limit
  }
}
