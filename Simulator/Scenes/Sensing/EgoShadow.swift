import Foundation
import Sensors

/// Which pulses the vehicle that carries the sensor stops.
struct EgoShadow: Sendable {
  private static let binsPerDegree = 4
  private let isBlind: [Bool]

  init(_ sensor: SensorTable) {
    let bins = 360 * Self.binsPerDegree
    var isBlind = sensor.beams.indices.flatMap { beam in
      (0..<bins).map { bin in
        let azimuth = (Double(bin) + 0.5) / Double(Self.binsPerDegree)
        return Self.isBlind(sensor, beam: beam, azimuth: azimuth)
      }
    }
    for sector in sensor.egoSectors {
      let edges = sector.azimuth.map { Int(($0 * Double(Self.binsPerDegree)).rounded()) }
      for bin in edges[0]..<edges[1] { isBlind[sector.beam * bins + bin % bins] = true }
    }
    self.isBlind = isBlind
  }

  /// Whether a beam sees nothing at an azimuth in degrees from 0 to below 360.
  @inline(__always)
  func hides(beam: Int, azimuth: Double) -> Bool {
    isBlind[beam * 360 * Self.binsPerDegree + Int(azimuth * Double(Self.binsPerDegree))]
  }

  private static func isBlind(_ sensor: SensorTable, beam: Int, azimuth: Double) -> Bool {
    let (phi, alpha) = (sensor.beams[beam].elevation * .pi / 180, azimuth * .pi / 180)
    let direction = [cos(phi) * cos(alpha), cos(phi) * sin(alpha), sin(phi)]
    let origin = [0, 0, sensor.beams[beam].verticalOffset]
    return sensor.egoMask.contains { box in
      meets([box.x, box.y, box.z], origin: origin, direction: direction)
    }
  }

  /// Whether a ray meets a box, given as intervals along x, y and z.
  private static func meets(_ box: [[Double]], origin: [Double], direction: [Double]) -> Bool {
    var (enter, leave) = (0.0, Double.infinity)
    for axis in 0..<3 {
      let (low, high) = (box[axis][0] - origin[axis], box[axis][1] - origin[axis])
      if direction[axis] == 0 {
        if low > 0 || high < 0 { return false }
        continue
      }
      let (a, b) = (low / direction[axis], high / direction[axis])
      enter = max(enter, min(a, b))
      leave = min(leave, max(a, b))
    }
    return enter <= leave
  }
}
