/// What is known of a spinning sensor: its beams, and how it turns, ranges and sees.
///
/// Angles are in degrees, lengths in metres. The frame is x forward, y left, z up; azimuths grow to
/// the left.
public struct SensorTable: Equatable, Sendable {
  /// How far the numbers can be trusted.
  public enum Quality: String, CaseIterable, Codable, Sendable {
    /// Fitted to scans of this very sensor.
    case recovered
    /// From the calibration of one sensor of the type.
    case calibrated
    /// The type's design values.
    case nominal
  }

  /// One step between firings, and how often it occurs.
  public struct AzimuthStep: Equatable, Codable, Sendable {
    /// Degrees between two firings of a beam.
    public var step: Double
    /// Fraction of all steps, above 0 and at most 1.
    public var share: Double
  }

  /// The distances a sensor reports, in metres.
  public struct RangeLimits: Equatable, Codable, Sendable {
    /// Nearer returns are not reported; 0 where unknown.
    public var minimum = 0.0
    /// Farther returns are not reported.
    public var maximum: Double
    /// The step of a reported distance; 0 where unknown.
    public var quantum = 0.0
  }

  /// Returned energy (reflectivity over squared metres) below which a sensor reports less.
  public struct EnergyThresholds: Equatable, Codable, Sendable {
    /// Below this there is no return.
    public var noReturn: Double
    /// Below this the intensity is 0.
    public var zeroIntensity: Double
  }

  /// A part of the vehicle, from inside which nothing returns; metres in the sensor's frame.
  public struct Box: Equatable, Codable, Sendable {
    /// From and to, forward.
    public var x: [Double]
    /// From and to, leftward.
    public var y: [Double]
    /// From and to, upward.
    public var z: [Double]
  }

  /// Azimuths at which the vehicle hides everything from one beam.
  public struct Sector: Equatable, Codable, Sendable {
    /// The beam, counted from 0 at the top.
    public var beam: Int
    /// From and to, in degrees to the left: from 0 to below 360, and up to 360 more than that.
    public var azimuth: [Double]
  }

  /// One laser.
  public struct Beam: Equatable, Codable, Sendable {
    /// Angle above the horizontal, in degrees.
    public var elevation: Double
    /// Angle by which the beam points left of the sensor's azimuth, in degrees.
    public var azimuthOffset = 0.0
    /// Height at which the beam's line crosses the axis of rotation, in metres.
    public var verticalOffset = 0.0
    /// Distance of the beam's line from the axis, positive to its left, in metres.
    public var horizontalOffset = 0.0
    /// What the beam's intensities lack, in the unit of `intensityMaximum`.
    public var intensityOffset = 0.0
    /// Factor on returned energy.
    public var sensitivity = 1.0

    /// A beam; see the properties.
    public init(
      elevation: Double, azimuthOffset: Double = 0, verticalOffset: Double = 0,
      horizontalOffset: Double = 0, intensityOffset: Double = 0, sensitivity: Double = 1
    ) {
      self.elevation = elevation
      self.azimuthOffset = azimuthOffset
      self.verticalOffset = verticalOffset
      self.horizontalOffset = horizontalOffset
      self.intensityOffset = intensityOffset
      self.sensitivity = sensitivity
    }
  }

  /// What commands call it, for example `hdl64e-kitti`.
  public let name: String
  /// What people call it.
  public let title: String
  /// How far the numbers can be trusted.
  public let quality: Quality
  /// Where the numbers are from.
  public let source: String
  /// Turns per second, where known.
  public let rotationRate: Double?
  /// The intensity of a full return, which is 1 or 255 as the source stores it.
  public let intensityMaximum: Double
  /// How intensity that is reported depends on intensity that is measured, as fractions of the
  /// greatest: straight lines between pairs of both, from [0, 0] to [1, 1]; empty where they are the
  /// same.
  public let intensityResponse: [[Double]]
  /// Steps between firings; empty where unknown.
  public let azimuthSteps: [AzimuthStep]
  /// Distances it reports, where known.
  public let range: RangeLimits?
  /// When it sees nothing, where known.
  public let energy: EnergyThresholds?
  /// Parts of the vehicle it is mounted on.
  public let egoMask: [Box]
  /// What beams do not see of the world because the vehicle is in the way, where it is known beam
  /// by beam.
  public let egoSectors: [Sector]
  /// The lasers from top to bottom: beam 0 is the highest and is row 0 of an image.
  public let beams: [Beam]

  /// Median distance between neighbouring beams, in degrees.
  public var beamGap: Double {
    let gaps = zip(beams, beams.dropFirst()).map { $0.elevation - $1.elevation }.sorted()
    return gaps[gaps.count / 2]
  }
}

extension SensorTable: Codable {}
