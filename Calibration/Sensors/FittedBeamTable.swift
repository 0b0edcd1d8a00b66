/// A beam table that was recovered from scans, and how well it fits them; its JSON is the program's.
public struct FittedBeamTable: Equatable, Sendable, Encodable {
  /// How much a beam differs between scans: standard deviations.
  public struct Spread: Equatable, Sendable, Encodable {
    /// Degrees.
    public var elevation: Double
    /// Metres.
    public var offset: Double
  }

  /// How well a beam fits its ring.
  public struct Ring: Equatable, Sendable, Encodable {
    /// How many points the ring has.
    public var points: Int
    /// Median angle between a point and the beam, in degrees.
    public var residual: Double
    /// How much the beam differs between scans, where there are several with points to tell.
    public var spread: Spread?
    /// Mean intensity of its points, in the unit of the source.
    public var intensity: Double
  }

  /// The table.
  public var sensor: SensorTable
  /// How many scans it was fitted to.
  public var scans: Int
  /// How many scans have other rings than these, and were left out.
  public var otherScans: Int
  /// How many points the scans have.
  public var points: Int
  /// Median angle between a point and its beam, in degrees.
  public var residual: Double
  /// The same of the ring that fits worst.
  public var worstResidual: Double
  /// That ring, counted from 0 at the top.
  public var worstRing: Int
  /// How much beams differ between scans: the median over the rings.
  public var spread: Spread?
  /// The rings from the top.
  public var rings: [Ring]
}
