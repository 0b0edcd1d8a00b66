public import PointClouds

/// One scan of a simulated street, with all that is known of it.
public struct SimulatedFrame: Sendable {
  /// Points beam by beam, by azimuth from 0 to 360 degrees, in metres in the sensor's frame, with
  /// ring numbers and with times in seconds from the start of the sweep.
  public internal(set) var cloud = PointCloud(ring: [], time: [])
  /// What each point belongs to: SemanticKITTI's raw ids, and instances that keep their numbers
  /// through a scene.
  public internal(set) var labels: [PointLabel] = []
  /// The actors around.
  public internal(set) var boxes: [ActorBox] = []
  /// Where the sensor was in the middle of the sweep.
  public internal(set) var pose = SensorPose()
  /// Seconds from the start of the scene to the start of the sweep.
  public internal(set) var time = 0.0

  mutating func reserveCapacity(_ count: Int) {
    cloud.x.reserveCapacity(count)
    cloud.y.reserveCapacity(count)
    cloud.z.reserveCapacity(count)
    cloud.intensity.reserveCapacity(count)
    cloud.ring?.reserveCapacity(count)
    cloud.time?.reserveCapacity(count)
    labels.reserveCapacity(count)
  }
}

/// A sensor's place in the world: the columns of a rotation, and a translation in metres.
public struct SensorPose: Equatable, Sendable {
  /// The sensor's x axis in the world.
  public var forward = SIMD3<Float>(1, 0, 0)
  /// The sensor's y axis in the world.
  public var left = SIMD3<Float>(0, 1, 0)
  /// The sensor's z axis in the world.
  public var up = SIMD3<Float>(0, 0, 1)
  /// Where the sensor is.
  public var origin = SIMD3<Float>(0, 0, 0)
}

/// An actor's box in the frame of the sensor, at the moment when the sensor faced it.
public struct ActorBox: Equatable, Sendable {
  /// KITTI's name of what it is: Car, Van, Truck, Pedestrian, Person_sitting, Cyclist, Tram, Misc.
  public var name: String
  /// SemanticKITTI's raw id.
  public var semantic: UInt16
  /// Its number among the scene's actors, from 1.
  public var instance: UInt16
  /// The middle of its bottom, in metres.
  public var bottom: SIMD3<Float>
  /// Length, width, height, in metres.
  public var size: SIMD3<Float>
  /// Its direction, in radians to the left of the sensor's x axis.
  public var heading: Float
  /// Points of the scan that returned from it.
  public var pointCount = 0
}
