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
    /// How well its azimuths lie on the encoder's counts, from 0 to 1, where they do.
    public var coherence: Double?
  }

  /// What the encoder that tells the sensor's turn told of the beams.
  public struct Encoder: Equatable, Sendable, Encodable {
    /// How many counts it has to a turn.
    public var countsPerTurn: Int
    /// How well azimuths lie on its counts, from 0 to 1: the median over the rings that do.
    public var coherence: Double
    /// Of how many beams it told the horizontal offset.
    public var horizontalOffsets: Int
    /// Of how many beams it told the azimuth offset, up to a turn that all beams have in common.
    public var azimuthOffsets: Int
  }

  /// What told the sectors that the vehicle hides.
  public struct Hidden: Equatable, Sendable, Encodable {
    /// How many drives the scans are of.
    public var drives: Int
    /// How many beams have hidden sectors.
    public var beams: Int
    /// The part of all directions, of all beams, that is hidden: 0 to 1.
    public var share: Double
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
  /// What the encoder told, where it told anything; the rest is as in the sensor that is alike.
  public var encoder: Encoder?
  /// What told the hidden sectors, where they could be told.
  public var hidden: Hidden?
  /// The rings from the top.
  public var rings: [Ring]
}
