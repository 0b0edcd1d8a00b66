public import PointClouds

/// Recovers the beam table of a sensor from its own scans.
///
/// Scans are added one by one, then `result` fits a line to each ring. A ring is told by the
/// cloud's ring numbers; where it has none, by the order of the points in the file; where that does
/// not tell them, by the nearest beam of a sensor that is known to be alike.
public struct BeamTableFit: Sendable {
  /// What told the rings of a scan.
  enum RingSource: Hashable {
    case field
    case order(sweeps: Int)
    case nearestBeam
  }

  /// A sensor that is known to be alike, if there is one.
  public let like: SensorTable?
  /// The scans by what told their rings.
  private(set) var groups: [RingSource: ScanGroup] = [:]

  /// Nothing added yet.
  ///
  /// - Parameter like: a sensor that is known to be alike. It gives what points do not tell.
  public init(like: SensorTable? = nil) {
    self.like = like
  }

  /// How many scans were added.
  public var scanCount: Int { groups.values.reduce(0) { $0 + $1.samples.count } }

  /// Adds a scan that is not motion-compensated, in the sensor's own frame.
  ///
  /// - Parameters:
  ///   - cloud: the scan.
  ///   - drive: the recording that it is of. What is hidden in all of several drives is hidden by
  ///     the vehicle.
  public mutating func add(_ cloud: PointCloud, ofDrive drive: String = "") {
    let (source, rings) = rings(of: cloud)
    groups[source, default: ScanGroup()].add(cloud, ringOfPoint: rings, drive: drive)
  }

  private func rings(of cloud: PointCloud) -> (RingSource, [UInt16]) {
    if let ring = cloud.ring { return (.field, ring) }
    let order = PointOrder(cloud)
    guard let like, order.count != like.beams.count else {
      return (.order(sweeps: order.count), order.sweeps)
    }
    let fan = BeamFan(like)
    let rings = cloud.x.indices.map { point in
      let rho = Double(cloud.x[point] * cloud.x[point] + cloud.y[point] * cloud.y[point])
      guard cloud.isMeasured(point) else { return UInt16(0) }
      return UInt16(fan.nearest(toDistance: rho.squareRoot(), height: Double(cloud.z[point])))
    }
    return (.nearestBeam, rings)
  }

  /// The scans whose rings were told in the way that most were: those of one sensor.
  var largestGroup: ScanGroup {
    groups.values.max { $0.samples.count < $1.samples.count } ?? ScanGroup()
  }
}

/// What a fit keeps of scans whose rings were told in one way.
struct ScanGroup: Sendable {
  /// Of how many scans all directions are kept, spread over all scans: more say no more.
  private static let mostWithDirections = 20

  private(set) var samples: [RingSample] = []
  /// Where each drive's returns came from.
  private(set) var drives: [String: ReturnHistogram] = [:]

  mutating func add(_ cloud: PointCloud, ringOfPoint: [UInt16], drive: String) {
    samples.append(RingSample(cloud, ringOfPoint: ringOfPoint))
    drives[drive, default: ReturnHistogram()].add(cloud, ringOfPoint: ringOfPoint)
    var step = 1
    while samples.count > step * Self.mostWithDirections { step *= 2 }
    for index in samples.indices where index % step != 0 { samples[index].directions = [] }
  }
}
