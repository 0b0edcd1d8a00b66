public import PointClouds
public import Sensors

/// A sweep as it comes to be labelled.
public struct StreamSweep: Sendable {
  /// Its points.
  public var cloud: PointCloud
  /// One label per point, where the source has them.
  public var labels: [PointLabel]?
  /// The sensor that measured it, where it is known.
  public var sensor: SensorTable?
  /// Which of several sensors on one line it comes from: an address, a topic, a folder.
  public var source: String
  /// Its number among those of its source, from 0.
  public var number: Int
  /// Nanoseconds since 1970 when it began, where the source says so.
  public var time: Int64?
  /// The share of its packets that came, from 0 to 1, where it is made of packets.
  public var completeness: Double?
  /// When its last byte had come.
  public var arrival: ContinuousClock.Instant
  /// Milliseconds that decoding it took.
  public var decoding: Double

  /// A sweep; see the properties.
  public init(
    cloud: PointCloud, sensor: SensorTable?, source: String, number: Int, time: Int64? = nil,
    completeness: Double? = nil, labels: [PointLabel]? = nil,
    arrival: ContinuousClock.Instant = .now, decoding: Double = 0
  ) {
    self.labels = labels
    (self.cloud, self.sensor, self.source, self.number) = (cloud, sensor, source, number)
    (self.time, self.completeness, self.arrival, self.decoding) =
      (time, completeness, arrival, decoding)
  }
}
