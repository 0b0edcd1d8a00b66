import Foundation

/// The directions and distances in which one ring of one scan returned.
struct RingDirections: Sendable {
  /// Nearer points, in metres, are rounded too coarsely.
  private static let nearest: Float = 3

  /// Azimuths, in radians to the left.
  private(set) var azimuths: [Float] = []
  /// Distances from the axis, in metres.
  private(set) var distances: [Float] = []

  /// Adds the next point, unless it is too near.
  mutating func add(x: Float, y: Float, rho: Float) {
    guard rho > Self.nearest else { return }
    azimuths.append(Float(atan2(Double(y), Double(x))))
    distances.append(rho)
  }

  /// Up to `count` points spread evenly over those of several scans.
  static func thinned(_ scans: [RingDirections], to count: Int) -> RingDirections {
    let step = max(1, (scans.reduce(0) { $0 + $1.azimuths.count } + count - 1) / count)
    var kept = RingDirections()
    var position = 0
    for scan in scans {
      for point in scan.azimuths.indices {
        if position % step == 0 {
          kept.azimuths.append(scan.azimuths[point])
          kept.distances.append(scan.distances[point])
        }
        position += 1
      }
    }
    return kept
  }

  /// A point's azimuth without what a beam that starts `offset` metres left of the axis adds to it,
  /// in radians.
  @inline(__always)
  func azimuth(of point: Int, without offset: Double) -> Double {
    Double(azimuths[point]) - asin(offset / Double(distances[point]))
  }
}
