import Foundation
public import Sensors

extension SensorTable {
  /// The table of a sensor of Ouster, whose beams begin beside its axis.
  ///
  /// - Throws: `malformed` where the sensor has one beam, or two beams of one elevation.
  public init(_ metadata: OusterMetadata) throws(SensorsError) {
    let letters = metadata.productLine.lowercased().unicodeScalars.map { letter in
      ("a"..."z").contains(letter) || ("0"..."9").contains(letter) ? Character(letter) : "-"
    }
    let height = metadata.lidarToSensor[11] + metadata.beamOriginHeight
    let beams = zip(metadata.altitudes, metadata.azimuths).map { altitude, azimuth in
      Beam(
        elevation: altitude, azimuthOffset: -azimuth,
        verticalOffset: height - metadata.beamOriginRadius * tan(altitude * .pi / 180),
        horizontalOffset: metadata.beamOriginRadius * sin(azimuth * .pi / 180))
    }
    try self.init(
      name: letters.isEmpty ? "ouster" : String(letters),
      beams: beams.sorted { $0.elevation > $1.elevation })
  }
}
