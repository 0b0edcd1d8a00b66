/// What a sensor of Ouster says of itself, without which its packets cannot be read.
///
/// Angles are in degrees, lengths in metres.
public struct OusterMetadata: Equatable, Sendable {
  /// Its product line, for example `OS-1-64`; empty where it is not said.
  public let productLine: String
  /// Its serial number, where it is said.
  public let serialNumber: Int64?
  /// How its packets are laid out.
  public let format: OusterPacketFormat
  /// Turns per second.
  public let frameRate: Double
  /// How far each row of an image is to be shifted for its columns to look one way.
  ///
  /// Points need no shift. Empty where it is not said.
  public let pixelShifts: [Int]
  /// Each beam's angle above the horizontal, in the order of a column's pixels.
  public let altitudes: [Double]
  /// Each beam's angle clockwise from where its column looks.
  public let azimuths: [Double]
  /// How far outside of the axis beams begin.
  public let beamOriginRadius: Double
  /// How far above the origin of the lidar's frame beams begin.
  public let beamOriginHeight: Double
  /// The sensor's frame from the lidar's: the rows of a 4 by 4 matrix, its lengths in metres.
  public let lidarToSensor: [Double]
  /// Whether reflectivities are 8 bits and calibrated; else they are 16 bits that only compare.
  ///
  /// So they are in the legacy profile of firmware before 2.1, and where that does not say its version.
  public let hasCalibratedReflectivity: Bool

  let frame: OusterFrame

  /// How many columns a turn has.
  public var columnsPerFrame: Int { frame.columnCount }

  /// The first and the last column that are sent; where the last is before the first, those between
  /// them are not.
  public var columnWindow: [Int] { frame.window }

  /// The ring of each pixel of a column: 0 is the highest beam.
  var rings: [Int] {
    let order = altitudes.indices.sorted { (-altitudes[$0], $0) < (-altitudes[$1], $1) }
    var rings = [Int](repeating: 0, count: altitudes.count)
    for (ring, row) in order.enumerated() { rings[row] = ring }
    return rings
  }

  /// What people call the sensor.
  public var name: String {
    productLine.isEmpty ? "Ouster of \(altitudes.count) beams" : "Ouster \(productLine)"
  }

  /// Takes what a document says, once it is checked.
  init(_ document: OusterDocument) throws(PacketsError) {
    let layout = try OusterLayout(document)
    (format, frame, frameRate) = (layout.format, layout.frame, layout.frameRate)
    let geometry = try OusterGeometry(document, pixels: layout.format.pixelsPerColumn)
    (altitudes, azimuths) = (geometry.altitudes, geometry.azimuths)
    (beamOriginRadius, beamOriginHeight) = (geometry.radius, geometry.height)
    lidarToSensor = geometry.lidarToSensor
    pixelShifts = document[\.pixelShiftByRow] ?? []
    guard pixelShifts.isEmpty || pixelShifts.count == format.pixelsPerColumn else {
      throw .metadata(
        "pixel_shift_by_row has \(pixelShifts.count) numbers for \(altitudes.count) rows")
    }
    productLine = document[\.prodLine] ?? ""
    serialNumber = document[\.prodSn].flatMap { Int64($0) }.flatMap { $0 > 0 ? $0 : nil }
    hasCalibratedReflectivity =
      layout.format.profile != .legacy || document.firmware.map { $0 >= (2, 1) } ?? false
  }
}

extension PacketsError {
  /// Metadata that can be those of no sensor.
  static func metadata(_ message: String) -> Self {
    Self(
      .uncalibrated, message,
      remedy: "Give the metadata as the sensor says them, at /api/v1/sensor/metadata.")
  }
}
