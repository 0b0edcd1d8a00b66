import Foundation
import PointClouds
import Sensors

/// Makes scans of a street of walls, as a sensor with the given table would, beam after beam.
struct WallScanner {
  var table: SensorTable
  /// Steps between firings in degrees, one after the other, over and over.
  var steps = [0.36]
  /// Distances are multiples of this, in metres; 0 for any distance.
  var quantum = 0.0
  /// Coordinates are multiples of this, in metres; 0 for any coordinate.
  var rounding = 0.0
  /// Beams waver by up to this many degrees.
  var jitter = 0.0
  /// Fraction of points that are anywhere.
  var strays = 0.0
  /// Distances from the sensor, in metres.
  var distances = 4.0...60
  /// Metres that the sensor drives during the sweep, where its motion is taken out of the points.
  var motion = 0.0
  /// Intensity of a beam's returns.
  var intensity: @Sendable (_ beam: Int) -> Float = { _ in 0.5 }

  func scan(seed: UInt64) -> PointCloud {
    var dice = Dice(state: seed)
    var cloud = PointCloud(ring: [])
    for beam in table.beams.indices {
      var azimuth = 0.05 + Double.random(in: 0...0.1, using: &dice)
      var (firing, distance) = (0, 0.0)
      while azimuth < 359.8 {
        if firing % 23 == 0 { distance = Double.random(in: distances, using: &dice) }
        add(beam, azimuth: azimuth, distance: distance, to: &cloud, &dice)
        azimuth += steps[firing % steps.count]
        // The wall is seen at a slant.
        distance = min(distance + 0.023, distances.upperBound)
        firing += 1
      }
    }
    return cloud
  }

  private func add(
    _ beam: Int, azimuth: Double, distance: Double, to cloud: inout PointCloud, _ dice: inout Dice
  ) {
    let wavering = Double.random(in: -1...1, using: &dice) * jitter
    let phi = (table.beams[beam].elevation + wavering) * .pi / 180
    let theta = azimuth * .pi / 180
    let range = quantum > 0 ? (distance / quantum).rounded() * quantum : distance
    var point = [
      range * cos(phi) * cos(theta), range * cos(phi) * sin(theta),
      range * sin(phi) + table.beams[beam].verticalOffset,
    ]
    if Double.random(in: 0...1, using: &dice) < strays {
      point[2] = Double.random(in: -2...3, using: &dice)
    }
    point[0] += motion * azimuth / 360
    if rounding > 0 { point = point.map { ($0 / rounding).rounded() * rounding } }
    cloud.x.append(Float(point[0]))
    cloud.y.append(Float(point[1]))
    cloud.z.append(Float(point[2]))
    cloud.intensity.append(intensity(beam))
    cloud.ring?.append(UInt16(beam))
  }
}

extension PointCloud {
  /// The points for whose beam `isKept` holds.
  func keeping(where isKept: (Int) -> Bool) -> PointCloud {
    let points = x.indices.filter { isKept(Int(ring?[$0] ?? 0)) }
    return reordered(points)
  }

  /// The points of these places, in their order.
  func reordered(_ points: [Int]) -> PointCloud {
    PointCloud(
      x: points.map { x[$0] }, y: points.map { y[$0] }, z: points.map { z[$0] },
      intensity: points.map { intensity[$0] },
      ring: ring.map { ring in points.map { ring[$0] } })
  }

  /// The same points, of which no field says the beam.
  var withoutRings: PointCloud {
    var cloud = self
    cloud.ring = nil
    return cloud
  }
}
