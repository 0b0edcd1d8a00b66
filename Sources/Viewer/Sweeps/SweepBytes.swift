#if Viewer
import Foundation
package import Hummingbird
package import Pictures
package import PointClouds
import RangeImages
package import Segmentation
package import Sensors

/// A labelled sweep as the page takes it: a header of 64 bytes, then one array per property, all
/// little-endian and aligned, so that a browser's typed arrays are views of them (docs/viewing.md).
package struct SweepBytes: Sendable {
  /// The version of the layout.
  package static let version: UInt32 = 1
  /// The first eight bytes.
  package static let mark = "LSGSWEEP"
  /// Where the arrays begin.
  package static let headerByteCount = 64
  /// Bytes of one point in all arrays together.
  package static let bytesPerPoint = 20
  /// The row and column of a point without a cell.
  package static let noCell = UInt16.max

  /// The number by which the page asks for it.
  package let number: Int
  /// What it is called.
  package let name: String
  /// Milliseconds since 1970 when its last byte had come.
  package let arrival: Double
  /// All of its bytes.
  package let buffer: ByteBuffer
  /// What of it is damaged, where it could be read in part.
  package var damage: String?

  /// What of a sweep is shown.
  package struct Content {
    /// The points.
    package var cloud: PointCloud
    /// What the model says of them.
    package var result: SegmentedScan
    /// What is known of them, where it is.
    package var truth: [PointLabel]?
    /// The sensor that measured them, which says how their intensities are scaled.
    package var sensor: SensorTable?
    /// Nanoseconds since 1970 when they were measured, where that is known.
    package var time: Int64?

    /// A content; see the properties.
    package init(
      cloud: PointCloud, result: SegmentedScan, truth: [PointLabel]? = nil,
      sensor: SensorTable? = nil, time: Int64? = nil
    ) {
      (self.cloud, self.result, self.truth) = (cloud, result, truth)
      (self.sensor, self.time) = (sensor, time)
    }
  }

  /// All of its bytes, copied.
  package var bytes: [UInt8] { [UInt8](buffer: buffer) }

  /// Lays a sweep out; labels become positions in the palette.
  package init(
    _ content: Content, number: Int, name: String, palette: ClassPalette,
    arrival: ContinuousClock.Instant = .now, damage: String? = nil
  ) {
    (self.number, self.name, self.damage) = (number, name, damage)
    let age = (ContinuousClock.now - arrival) / .milliseconds(1)
    self.arrival = Date().timeIntervalSince1970 * 1000 - age
    let count = content.cloud.count
    var buffer = ByteBufferAllocator().buffer(
      capacity: Self.headerByteCount + count * Self.bytesPerPoint)
    Self.writeHeader(of: content, number, self.arrival, to: &buffer)
    Self.writePlaces(of: content, to: &buffer)
    buffer.writeBytes(Self.strengths(of: content))
    buffer.writeBytes(content.result.labels.map(palette.position))
    buffer.writeBytes(content.result.confidence.map { Self.byte($0) })
    buffer.writeBytes(
      content.truth?.map(palette.position) ?? [UInt8](repeating: 0, count: count))
    self.buffer = buffer
  }

  private static func writeHeader(
    of content: Content, _ number: Int, _ arrival: Double, to buffer: inout ByteBuffer
  ) {
    let image = content.result.projection.image
    buffer.writeString(mark)
    let words = [
      version, UInt32(headerByteCount), UInt32(content.cloud.count),
      content.truth == nil ? 0 : 1, UInt32(image.rows), UInt32(image.columns),
      UInt32(truncatingIfNeeded: number), 0,
    ]
    for word in words { buffer.writeInteger(word, endianness: .little) }
    let measured = content.time.map { Double($0) / 1e6 } ?? .nan
    for value in [arrival, measured, 0] {
      buffer.writeInteger(value.bitPattern, endianness: .little)
    }
  }

  private static func writePlaces(of content: Content, to buffer: inout ByteBuffer) {
    let cloud = content.cloud
    for point in 0..<cloud.count {
      // A browser draws nothing at a place that is no number.
      let isMeasured = cloud.isMeasured(point)
      buffer.writeMultipleIntegers(
        (isMeasured ? cloud.x[point] : .nan).bitPattern,
        (isMeasured ? cloud.y[point] : .nan).bitPattern,
        (isMeasured ? cloud.z[point] : .nan).bitPattern, endianness: .little)
    }
    let projection = content.result.projection
    let columns = Int32(projection.image.columns)
    for cell in projection.cellOfPoint {
      buffer.writeInteger(cell < 0 ? noCell : UInt16(cell / columns), endianness: .little)
    }
    for cell in projection.cellOfPoint {
      buffer.writeInteger(cell < 0 ? noCell : UInt16(cell % columns), endianness: .little)
    }
  }

  private static func strengths(of content: Content) -> [UInt8] {
    let scale = content.cloud.intensityScale(for: content.sensor)
    return content.cloud.intensity.map { byte($0 * scale) }
  }

  /// 0 to 1 as a byte; what lies outside counts as the nearer end, what is no number as 0.
  private static func byte(_ share: Float) -> UInt8 {
    share > 0 ? UInt8((min(share, 1) * 255).rounded()) : 0
  }
}
#endif
