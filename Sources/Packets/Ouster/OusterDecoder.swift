import Foundation

/// Turns the columns of data packets into points of the sensor's frame.
///
/// That frame is the one of Ouster's manuals: x forward, away from the plug, y left, z up, its origin at
/// the bottom of the sensor. Ouster's SDK gives the same coordinates as long as it is told no extrinsics.
public struct OusterDecoder: Sendable {
  /// What the sensor says of itself.
  public let metadata: OusterMetadata

  private let rows: [OusterRow]
  private let columns: [OusterColumn]
  private let returns: [OusterProfile.Return]
  /// From where beams begin to where their distances count from, in metres.
  private let radius: Float

  /// A decoder for one sensor.
  public init(_ metadata: OusterMetadata) {
    self.metadata = metadata
    let rings = metadata.rings
    rows = metadata.altitudes.indices.map { OusterRow(metadata, row: $0, ring: rings[$0]) }
    columns = (0..<metadata.columnsPerFrame).map { OusterColumn(metadata, number: $0) }
    returns = metadata.format.profile.returns
    radius = Float(hypot(metadata.beamOriginRadius, metadata.beamOriginHeight))
  }

  /// The points of a packet: column by column, return by return, pixel by pixel.
  ///
  /// - Precondition: the packet was read by this metadata.
  public func points(of packet: OusterPacket) -> [SweepPoint] {
    var points: [SweepPoint] = []
    for index in 0..<packet.format.columnsPerPacket where packet.isValid(column: index) {
      decode(column: index, of: packet, into: &points)
    }
    return points
  }

  /// Appends the points of a column that is valid.
  func decode(column index: Int, of packet: OusterPacket, into points: inout [SweepPoint]) {
    let column = columns[packet.measurement(ofColumn: index)]
    let time = packet.time(ofColumn: index)
    for (number, kind) in returns.enumerated() {
      decode(
        kind, of: packet, at: column, index, time, returnIndex: UInt8(number), into: &points)
    }
  }

  private func decode(
    _ kind: OusterProfile.Return, of packet: OusterPacket, at column: OusterColumn, _ index: Int,
    _ time: Int64, returnIndex: UInt8, into points: inout [SweepPoint]
  ) {
    let (bytes, format) = (packet.bytes, packet.format)
    let length = format.profile.pixelLength
    var pixel = format.place(ofColumn: index) + format.columnHeaderLength
    for row in rows {
      defer { pixel += length }
      let place = pixel + kind.distance
      let word = Int(bytes[place]) | Int(bytes[place + 1]) << 8 | Int(bytes[place + 2]) << 16
      let distance = (word & kind.mask) << kind.shift
      if distance == 0 { continue }
      var point = column.point(row, distance: Float(distance) * 0.001 - radius)
      point.time = time
      point.intensity = intensity(bytes, at: pixel + kind.reflectivity)
      point.returnIndex = returnIndex
      points.append(point)
    }
  }

  /// A reflectivity; the square root of 16 bits, which spreads dark surfaces over the 8 bits best.
  @inline(__always)
  private func intensity(_ bytes: [UInt8], at place: Int) -> UInt8 {
    if metadata.hasCalibratedReflectivity { return bytes[place] }
    return UInt8(Float(Int(bytes[place]) | Int(bytes[place + 1]) << 8).squareRoot())
  }
}
